"""The only reads of the money domain for pages, exports and the command line."""
