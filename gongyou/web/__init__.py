"""The only public door: the worker's page, the desk's pages, and the asking of the bot."""
