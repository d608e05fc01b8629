"""One reader without a screen: locations, history, unread entries, find, keys and configuration."""
