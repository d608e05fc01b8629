"""The errors of the author's tools."""


class AuthoringError(Exception):
    """An author's request failed. Each line of the message states one reason and its remedy."""


class ChangedOutsideError(AuthoringError):
    """The file was changed since it was read. Nothing was written over it."""
