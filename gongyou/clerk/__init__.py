"""The clerk: a process of its own that does what nobody clicks. It sends the outbox's notices."""
