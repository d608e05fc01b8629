"""Many briefings: the catalogue, the compiled editions and the source texts."""
