"""The talk: conversations and what was said in them."""
