"""A reader's session without a screen: locations, history, find, keys, configuration."""
