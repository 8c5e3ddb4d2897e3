"""Conversations to look at: the live console, what was seen, who was told an old answer."""
