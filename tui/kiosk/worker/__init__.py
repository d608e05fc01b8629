"""A worker process: it serves the visitors whom the parent hands over."""
