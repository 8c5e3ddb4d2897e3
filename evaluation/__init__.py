"""How well the bot understands questions that people really asked. Nothing imports this."""
