"""The pages for reading: the argumentaire, its objections and its bibliography, without JavaScript and for paper."""
