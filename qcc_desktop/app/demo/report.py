"""Tells the story in plain lines, and sums it up in a table."""

from collections.abc import Callable, Sequence

from qcc_desktop.app.commands.output import say, say_table
from qcc_desktop.app.demo.script import Beat
from qcc_desktop.app.demo.tally import Act, sum_of
from qcc_desktop.core.health import Light

LIGHTS = {Light.GREEN: "●", Light.AMBER: "▲", Light.RED: "✖", Light.GREY: "○"}
"""The light by its shape, for terminals without colour."""
_HEADINGS = ("What happened", "How it failed", "Answered by", "Delay", "Sent", "Lost")


class PlainNarrator:
    """Writes one line when a part begins and one when it is over; no control codes.

    ``tell`` hears the title of each part as well (the window shows it).
    """

    def __init__(
        self,
        parts: int,
        write: Callable[[str], None] = say,
        *,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._parts = parts
        self._write = write
        self._tell = tell

    def began(self, number: int, beat: Beat) -> None:
        """Say what goes wrong now."""
        self._tell(beat.title)
        self._write(f"{number}/{self._parts}  {beat.title}")

    def mending(self, beat: Beat) -> None:
        """Tell it where only the newest title is shown."""
        self._tell(beat.title_when_over)

    def ended(self, number: int, act: Act) -> None:
        """Say how it went."""
        del number
        self._write(f"     {LIGHTS[act.light]} {'; '.join(_sentences(act))}")


def _sentences(act: Act) -> list[str]:
    said = [f"answered by {_answered(act) or 'nobody'}"]
    if act.failed:
        said.append(f"failed: {_failed(act)}")
    if act.cut:
        said.append(f"{act.cut} cut and sent again")
    if act.mended and not act.missed:
        said.append(f"verified and back: {', '.join(act.mended)}")
    if act.errors:
        said.append(f"{len(act.errors)} requests failed, the last with {act.errors[-1]}")
    return [*said, act.missed] if act.missed else said


def print_summary(acts: Sequence[Act]) -> None:
    """Write the table of parts and what all of them come to."""
    say_table("", _HEADINGS, [_row(act) for act in acts])
    for line in verdict(acts):
        say(line)


def verdict(acts: Sequence[Act]) -> tuple[str, ...]:
    """Return short sentences on all parts."""
    total = sum_of(acts)
    moved, cut = total.elsewhere, total.cut
    said = [f"{act.title}: {act.missed}" for act in acts if act.missed]
    if total.failures:
        return (*said, f"{total.failures} of {total.requests} requests failed.")
    return (
        *said,
        f"All {total.requests} requests were answered.",
        f"{moved} moved on to another endpoint unseen, {cut} were sent again after a cut.",
        f"The longest wait for a first word was {total.added_s:.2f} s more than usual.",
    )


def _row(act: Act) -> tuple[str, ...]:
    return (
        f"{LIGHTS[act.light]} {act.title}",
        _failed(act) or "-",
        _answered(act) or "nobody",
        f"{act.added_s:.2f} s" if act.failed else "-",
        str(act.requests),
        str(len(act.errors)),
    )


def _failed(act: Act) -> str:
    """Return who failed how often; the name is left out where the title says it."""
    parts = []
    for name, why, count in act.failed:
        who = "" if act.title.startswith(name) else f"{name} "
        parts.append(f"{who}{why} ×{count}")
    return ", ".join(parts)


def _answered(act: Act) -> str:
    return ", ".join(f"{name} {count}" for name, count in act.answered)
