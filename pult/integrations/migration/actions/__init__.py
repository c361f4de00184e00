"""The only writes of moving in from another system."""
