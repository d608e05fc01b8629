"""The measurement of one visit: times, keys and opened briefings."""

from tui.kiosk.ssh.login_tries import OnEvent
from tui.kiosk.visits.services import VisitServices
from tui.kiosk.visits.visit_app import VisitApp


class VisitMeter:
    """Measures a visit for the metrics."""

    def __init__(self, services: VisitServices, on_event: OnEvent) -> None:
        """Start without a measurement.

        Args:
            services: have the metrics.
            on_event: is called with each opened briefing.
        """
        self._services = services
        self._on_event = on_event
        self._briefing = ""
        """The open briefing."""
        self._began = 0.0
        """The time of the shell's request; 0 once the first frame was sent."""
        self._pressed = 0.0
        """The time of the first key for which nothing was painted yet; 0 for none."""

    def begin(self) -> float:
        """Record the time of the shell's request, and return the time."""
        self._began = self._services.clock()
        return self._began

    def key_pressed(self) -> None:
        """Count a key."""
        self._services.metrics.count("briefing_kiosk_keys_total")
        self._pressed = self._pressed or self._services.clock()

    def sent(self, app: VisitApp | None, *, has_frame: bool) -> None:
        """Measure the output, and count another briefing than before."""
        if self._began and has_frame:
            self._began = self._observe("start", self._began)
        before, self._briefing = self._briefing, app.reader.location.briefing if app else ""
        if self._briefing not in {"", before}:
            self._services.opened(self._briefing)
            self._on_event("opened", self._briefing)
        if self._pressed:
            self._pressed = self._observe("repaint", self._pressed)

    def _observe(self, what: str, since: float) -> float:
        """Observe the time since a moment, and return 0."""
        self._services.metrics.observe(f"briefing_kiosk_{what}_seconds", self._services.clock() - since)
        return 0.0
