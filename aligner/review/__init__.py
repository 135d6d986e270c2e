"""Reviewers' decisions as values, and which of them hold."""
