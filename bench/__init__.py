"""How fast it is. Nothing imports this; each file says how to run it."""
