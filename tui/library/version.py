"""The version of the program that is installed."""


def version() -> str:
    """Return the installed version."""
    # It reads the metadata of what is installed, which takes as long as a tenth of a start.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("briefing-browser")
    except PackageNotFoundError:
        return "of a source tree that is not installed"
