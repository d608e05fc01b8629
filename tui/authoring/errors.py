"""The errors of the author's tools."""


class AuthoringError(Exception):
    """What an author asked for cannot be done. Each line of the message states one reason and its remedy."""


class ChangedOutsideError(AuthoringError):
    """The file was changed since it was read. Nothing was written over it."""
