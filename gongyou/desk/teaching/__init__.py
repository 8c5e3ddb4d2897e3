"""What officers teach the bot: corrected sentences, a second pair of eyes, the training runs."""
