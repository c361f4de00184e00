"""The only writes of the money domain. Each is one transaction and leaves its facts."""
