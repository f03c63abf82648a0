"""Whether the service should get requests."""

from typing import Literal


class Lifecycle:
    """Starting, then ready, then draining, and never back."""

    def __init__(self) -> None:
        self.state: Literal["starting", "ready", "draining"] = "starting"

    def mark_ready(self) -> None:
        """A service that drains already does not become ready any more."""
        if self.state == "starting":
            self.state = "ready"

    def mark_draining(self) -> None:
        """Readiness goes off."""
        self.state = "draining"
