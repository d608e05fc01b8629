"""Many briefings: the catalogue, the compiled editions, the held texts and the reader's own state."""
