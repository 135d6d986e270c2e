"""The parts of the page Letters: what is brought, what is there, and where it lies."""
