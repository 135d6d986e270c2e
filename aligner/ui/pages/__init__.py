"""The pages: each asks the session for its view and draws it; none holds logic."""
