"""Looks at the whole rulebook: what is wrong with it, what changed, what it covers."""
