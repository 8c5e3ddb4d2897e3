"""Decides: which rules hold for a case, which one counts, what it comes to."""
