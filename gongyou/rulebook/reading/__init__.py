"""Reads the YAML of a rulebook, and says of every mistake where it is and how to cure it."""
