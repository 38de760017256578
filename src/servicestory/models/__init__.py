"""The records of the method, one model per kind of file: strict, with a schema number."""
