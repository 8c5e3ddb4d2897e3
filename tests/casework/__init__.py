"""What a case needs from the law, as specifications."""
