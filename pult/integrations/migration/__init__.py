"""Moving in from another system: read, looked at, brought in, followed until the cut-over."""
