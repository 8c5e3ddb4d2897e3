"""Cases at the desk: the queue, a case's pages, and every step of it."""
