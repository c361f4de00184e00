"""A whole generated agency for measuring: people, clients and a year of facts, from one seed."""
