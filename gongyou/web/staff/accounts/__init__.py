"""Accounts: signing in, one's own, and everybody's for an administrator."""
