"""Pages in place of a briefing that was withdrawn or renamed."""

from tui.site import frame
from tui.site.addresses import INDEX
from tui.site.elements import Element, element


def withdrawn_page(name: str) -> Element:
    """Set the notice of a withdrawal, which has nothing of the briefing."""
    said = f"The briefing “{name}” was withdrawn by its author."
    return frame.page(
        "Withdrawn", element("h1", {}, "Withdrawn"), element("p", {}, said), root="../", kind="notice", is_listed=False
    )


def moved_page(name: str, title: str, lang: str) -> Element:
    """Set a page that leads from a former id onward."""
    address = f"../{name}/{INDEX}"
    link = element("a", {"href": address, **({"lang": lang} if lang != "en" else {})}, title)
    return frame.page(
        "Moved",
        element("h1", {}, "Moved"),
        element("p", {"dir": "auto"}, "This briefing has another address now: ", link),
        root="../",
        kind="notice",
        head=(element("meta", {"http-equiv": "refresh", "content": f"0; url={address}"}),),
        is_listed=False,
    )
