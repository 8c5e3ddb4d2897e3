"""What officers keep beside a case for themselves: flags, tags, notes, cases for later; ready
answers; and the search over all that they may read."""
