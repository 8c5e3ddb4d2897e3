"""Teaching the bot: a sentence from a chat, what waits for a second person, the training runs."""
