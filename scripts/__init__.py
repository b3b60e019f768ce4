"""The commands a person runs; each is a thin main() over the packages."""
