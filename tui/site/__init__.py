"""The site of a library, in HTML without a server or JavaScript."""
