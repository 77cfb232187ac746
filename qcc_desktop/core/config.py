"""What the user configured, as one frozen value (without secrets)."""

from dataclasses import dataclass, field, replace

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.settings import Settings, Strategy


@dataclass(frozen=True, slots=True)
class FolderChoice:
    """How Claude Code is launched in one folder, where that differs from everywhere else."""

    folder: str
    endpoint_id: str | None = None
    """Preferred for what is launched there, while it can answer."""
    strategy: Strategy | None = None
    """Balances what is launched there, instead of the option."""
    arguments: tuple[str, ...] = ()
    """Given to Claude Code after those of the option."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.endpoint_id or self.strategy or self.arguments)


@dataclass(frozen=True, slots=True)
class Config:
    """Endpoints in the user's order, the options, and the pinned endpoint if any."""

    endpoints: tuple[Endpoint, ...] = ()
    settings: Settings = field(default_factory=Settings)
    pinned_id: str | None = None
    """This endpoint is preferred for everything while it can answer."""
    enabled: bool = True
    """The on/off switch of the proxy, remembered over restarts."""
    recent_folders: tuple[str, ...] = ()
    """Where Claude Code was launched, newest first."""
    folders: tuple[FolderChoice, ...] = ()
    """Choices for single folders; those without any are not listed."""

    def choice_for(self, folder: str) -> FolderChoice:
        """Return what was chosen for ``folder``; an endpoint that is gone counts as none."""
        choice = next((each for each in self.folders if each.folder == folder), None)
        if choice is None:
            return FolderChoice(folder)
        if choice.endpoint_id in {endpoint.id for endpoint in self.endpoints}:
            return choice
        return replace(choice, endpoint_id=None)


def in_order(endpoints: tuple[Endpoint, ...]) -> tuple[Endpoint, ...]:
    """Return the endpoints by priority; equal ones keep their order."""
    return tuple(sorted(endpoints, key=lambda endpoint: endpoint.priority))
