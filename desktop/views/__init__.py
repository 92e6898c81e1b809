"""Asks and shows: Qt windows, one folder per screen."""
