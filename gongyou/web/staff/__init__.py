"""What lawyers and officers do: sign in, read their tickets, take, reply, close."""
