"""Knows that the command line asks, prints and ends as docs/cli.md says."""
