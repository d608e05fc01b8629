"""Settings, log, metrics, processes, and texts for operators."""
