"""Pult: the operating system of an agency's client-service department."""

__version__ = "0.1.0"
