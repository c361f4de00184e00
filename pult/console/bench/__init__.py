"""The figures of Pult, each measured on its own: in a process of its own, on a copy."""
