"""The answering core, the HTTP layer and the web pages: who answers."""
