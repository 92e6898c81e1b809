"""Touches the machine: clocks, identifiers, locks, folders, hardening, keep-awake, resources."""
