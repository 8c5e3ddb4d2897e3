"""Who gets a case and by when: working time, promises, the best match, offers."""
