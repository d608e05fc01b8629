"""SSH: connections, authentication, keys and sessions."""
