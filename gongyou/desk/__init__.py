"""The people's side: conversations, messages, tickets, people, and the trail of who read what."""
