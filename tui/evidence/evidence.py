"""Everything that is weighed in one volume, worked out when it is first asked for and kept with the volume."""

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.evidence.coverage import Coverage
    from tui.evidence.matrix import Matrix
    from tui.evidence.origins import Origins
    from tui.evidence.spread import Spread
    from tui.evidence.timeline import Timeline
    from tui.evidence.traceability import Trace
    from tui.library.volume import Volume


class Evidence:
    """The evidence of a volume; each part imports what it needs only when it is wanted."""

    def __init__(self, volume: "Volume") -> None:
        """Look at a volume."""
        self._volume = volume

    @classmethod
    def of(cls, volume: "Volume") -> "Evidence":
        """Return the evidence of a volume, computed once for it."""
        return volume.derived(cls)

    @cached_property
    def origins(self) -> "Origins":
        """On what the sources rest."""
        from tui.evidence.origins import Origins

        return Origins(self._volume.edition)

    @cached_property
    def matrix(self) -> "Matrix":
        """Claims against sources."""
        from tui.evidence.matrix import Matrix

        return Matrix(self._volume, self.origins)

    @cached_property
    def timeline(self) -> "Timeline":
        """Everything that has a date."""
        from tui.evidence.timeline import Timeline

        return Timeline(self._volume)

    @cached_property
    def spread(self) -> "Spread":
        """Who holds what."""
        from tui.evidence.spread import spread

        return spread(self._volume)

    @cached_property
    def traces(self) -> "tuple[Trace, ...]":
        """The recommendations with what they rest on."""
        from tui.evidence.traceability import traces

        return traces(self._volume)

    @cached_property
    def coverage(self) -> "Coverage":
        """How well the entries are covered."""
        from tui.evidence.coverage import coverage

        return coverage(self._volume)
