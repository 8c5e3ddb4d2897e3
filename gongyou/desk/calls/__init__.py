"""Calls to the union's hotline 12351: a clerk types for the caller."""
