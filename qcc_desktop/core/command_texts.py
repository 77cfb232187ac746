"""What the command line says, for translation (context ``Command``).

The help of ``--help`` is English only.
"""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

USAGE = (
    QT_TRANSLATE_NOOP("Command", "Only launch takes arguments after --."),
    QT_TRANSLATE_NOOP("Command", "See '{command} --help'."),
    QT_TRANSLATE_NOOP("Command", "Write a blank instead of =, as in '{example}'."),
    QT_TRANSLATE_NOOP("Command", "What Claude Code should get follows --, as in '{example}'."),
    QT_TRANSLATE_NOOP("Command", "'{command}' knows no {name} {value}, only {choices}."),
    QT_TRANSLATE_NOOP("Command", "{name} needs a value."),
    QT_TRANSLATE_NOOP("Command", "{name} and {other} exclude each other."),
    QT_TRANSLATE_NOOP("Command", "{name} takes no value."),
    QT_TRANSLATE_NOOP("Command", "{first} or {other} is needed."),
    QT_TRANSLATE_NOOP("Command", "'{command}' needs {value}."),
    QT_TRANSLATE_NOOP("Command", "'{command}' does not know {value}."),
    QT_TRANSLATE_NOOP("Command", "--json goes with --list only."),
    QT_TRANSLATE_NOOP("Command", "--lines must not be negative."),
    QT_TRANSLATE_NOOP("Command", "{file} cannot be used for logs: {error}."),
    QT_TRANSLATE_NOOP("Command", "{name} is no loopback address."),
    QT_TRANSLATE_NOOP("Command", "The proxy serves this computer only; take 127.0.0.1 or ::1."),
    QT_TRANSLATE_NOOP("Command", "The port must lie between 0 and 65535; 0 takes a free one."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop is running already."),
    QT_TRANSLATE_NOOP("Command", "a whole number"),
    QT_TRANSLATE_NOOP("Command", "a number"),
    QT_TRANSLATE_NOOP("Command", "a value of another kind"),
    QT_TRANSLATE_NOOP("Command", "--json goes without a file only."),
    QT_TRANSLATE_NOOP("Command", "Add --yes to agree to the change above."),
    QT_TRANSLATE_NOOP("Command", "Nothing was deleted."),
    QT_TRANSLATE_NOOP("Command", "Add --yes to delete {folder} and all keys."),
    QT_TRANSLATE_NOOP("Command", "{name} must look like {form}."),
    QT_TRANSLATE_NOOP("Command", "Give it with --api-key-stdin."),
    QT_TRANSLATE_NOOP("Command", "Give its key with --api-key-stdin or --api-key."),
    QT_TRANSLATE_NOOP(
        "Command", "Give the endpoint a name with --name, or take a vendor with --preset."
    ),
    QT_TRANSLATE_NOOP(
        "Command", "Give its address with --base-url, or take a vendor with --preset."
    ),
)
"""Of a wrong command line."""

PROGRAM = (
    QT_TRANSLATE_NOOP("Command", "QCC Desktop is not running."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop runs, but its proxy is off."),
    QT_TRANSLATE_NOOP("Command", "Switch it on in the tray's menu."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop was not running and could not be started."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop was started in the background; {how} ends it."),
    QT_TRANSLATE_NOOP("Command", "its tray icon"),
    QT_TRANSLATE_NOOP("Command", "'kill {pid}'"),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop is running already; its window is shown."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop serves at {url} (process {pid})."),
    QT_TRANSLATE_NOOP("Command", "Ctrl-C ends it."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop has ended (process {pid})."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop (process {pid}) has not ended within {seconds} s."),
    QT_TRANSLATE_NOOP("Command", "Its log says what it waits for; end the process if it hangs."),
    QT_TRANSLATE_NOOP("Command", "The running program does not answer."),
    QT_TRANSLATE_NOOP("Command", "End it and start it again."),
    QT_TRANSLATE_NOOP("Command", "The running program refused."),
    QT_TRANSLATE_NOOP(
        "Command", "The running program has no window, for it was started with 'serve'."
    ),
    QT_TRANSLATE_NOOP("Command", "End it and start 'qcc-desktop'."),
    QT_TRANSLATE_NOOP("Command", "This is no request of QCC Desktop."),
    QT_TRANSLATE_NOOP("Command", "The control token is wrong."),
    QT_TRANSLATE_NOOP("Command", "The running program does not know {verb}, only {known}."),
    QT_TRANSLATE_NOOP("Command", "{verb} failed. The log says why."),
    QT_TRANSLATE_NOOP(
        "Command", "An unexpected error, {name}. Please report it with the log: {file}."
    ),
    QT_TRANSLATE_NOOP("Command", "The output cannot be written: {error}."),
    QT_TRANSLATE_NOOP("Command", "Free some space, or write it somewhere else."),
    QT_TRANSLATE_NOOP("Command", "There is no log yet; it will be {file}."),
    QT_TRANSLATE_NOOP("Command", "No screen here, so the demo runs in this terminal."),
    QT_TRANSLATE_NOOP(
        "Command",
        "The demo plays: look at the tray icon and the window. Quit there, or Ctrl-C, ends it.",
    ),
)
"""Of the running program."""

STATUS = (
    QT_TRANSLATE_NOOP("Command", "No endpoint can answer."),
    QT_TRANSLATE_NOOP("Command", "The proxy cannot start."),
    QT_TRANSLATE_NOOP("Command", "No endpoint is blamed for it."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop {version}, process {pid}, port {port}"),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop {version}, process {pid}, off"),
    QT_TRANSLATE_NOOP(
        "Command", "{requests} requests, {others} answered by another endpoint, {failures} failed."
    ),
    QT_TRANSLATE_NOOP("Command", "healthy"),
    QT_TRANSLATE_NOOP("Command", "degraded"),
    QT_TRANSLATE_NOOP("Command", "cooling down"),
    QT_TRANSLATE_NOOP("Command", "circuit open"),
    QT_TRANSLATE_NOOP("Command", "needs you"),
    QT_TRANSLATE_NOOP("Command", "off"),
    QT_TRANSLATE_NOOP("Command", "closed"),
    QT_TRANSLATE_NOOP("Command", "open"),
    QT_TRANSLATE_NOOP("Command", "half_open"),
    QT_TRANSLATE_NOOP("Command", "{failures} failed in a row"),
    QT_TRANSLATE_NOOP("Command", "checked again {when}"),
    QT_TRANSLATE_NOOP("Command", "tried again {when}"),
    QT_TRANSLATE_NOOP("Command", "now"),
    QT_TRANSLATE_NOOP("Command", "in {number} s"),
    QT_TRANSLATE_NOOP("Command", "in {number} min"),
    QT_TRANSLATE_NOOP("Command", "in {number} h"),
    QT_TRANSLATE_NOOP("Command", "{number} s ago"),
    QT_TRANSLATE_NOOP("Command", "{number} min ago"),
    QT_TRANSLATE_NOOP("Command", "{number} h ago"),
    QT_TRANSLATE_NOOP("Command", "Endpoint"),
    QT_TRANSLATE_NOOP("Command", "Health"),
    QT_TRANSLATE_NOOP("Command", "Breaker"),
    QT_TRANSLATE_NOOP("Command", "Requests"),
    QT_TRANSLATE_NOOP("Command", "Failed"),
    QT_TRANSLATE_NOOP("Command", "Sessions"),
    QT_TRANSLATE_NOOP("Command", "Session"),
    QT_TRANSLATE_NOOP("Command", "Model"),
    QT_TRANSLATE_NOOP("Command", "Turns"),
    QT_TRANSLATE_NOOP("Command", "Last seen"),
)
"""Of ``status``: the light's cause in parts, words of the table."""

DOCTOR = (
    QT_TRANSLATE_NOOP("Command", ", "),
    QT_TRANSLATE_NOOP("Command", "."),
    QT_TRANSLATE_NOOP("Command", "Looked at"),
    QT_TRANSLATE_NOOP("Command", "Found"),
    QT_TRANSLATE_NOOP("Command", "All is well."),
    QT_TRANSLATE_NOOP("Command", "{count} problem"),
    QT_TRANSLATE_NOOP("Command", "{count} problems"),
    QT_TRANSLATE_NOOP("Command", "{count} note"),
    QT_TRANSLATE_NOOP("Command", "{count} notes"),
    QT_TRANSLATE_NOOP("Command", "Some of it can be mended for you: qcc-desktop doctor --fix"),
)
"""Of ``doctor``."""

TAKEOVER = (
    QT_TRANSLATE_NOOP("Command", "This changes Claude Code's own settings:"),
    QT_TRANSLATE_NOOP("Command", "Change it? [y/N] "),
    QT_TRANSLATE_NOOP(
        "Command", "Settings of your organisation set {names}; they win, and are left alone."
    ),
    QT_TRANSLATE_NOOP(
        "Command",
        "Wanted, but the program is not running: Claude Code goes its own way until it starts.",
    ),
    QT_TRANSLATE_NOOP("Command", "The takeover is on."),
    QT_TRANSLATE_NOOP("Command", "The takeover is off."),
)
"""Of ``takeover``."""

LAUNCH = (
    QT_TRANSLATE_NOOP("Command", "{name} names several endpoints."),
    QT_TRANSLATE_NOOP("Command", "There are: {names}."),
    QT_TRANSLATE_NOOP("Command", "There are: none yet."),
    QT_TRANSLATE_NOOP("Command", "Claude Code opens in {terminal}, in {folder}."),
    QT_TRANSLATE_NOOP(
        "Command",
        "If {program} was open already, it goes past the proxy: quit it and launch again.",
    ),
    QT_TRANSLATE_NOOP(
        "Command", "Claude Code ended at once with code {code}; its own words are above."
    ),
    QT_TRANSLATE_NOOP("Command", "Left out for this launch, so that the proxy is used: {names}."),
    QT_TRANSLATE_NOOP(
        "Command", "Claude Code's own settings are overridden for this launch: {names}."
    ),
    QT_TRANSLATE_NOOP("Command", "Press Enter to close this window."),
)
"""Of ``launch``."""

ENDPOINT = (
    QT_TRANSLATE_NOOP(
        "Command", "No endpoint yet. Add one: qcc-desktop endpoint add --preset ID --api-key-stdin"
    ),
    QT_TRANSLATE_NOOP("Command", "Which IDs there are: qcc-desktop endpoint add --help"),
    QT_TRANSLATE_NOOP("Command", "Added {name} ({url})."),
    QT_TRANSLATE_NOOP("Command", "Changed {name} ({url})."),
    QT_TRANSLATE_NOOP("Command", "Removed {name} ({url})."),
    QT_TRANSLATE_NOOP("Command", "Switched on {name} ({url})."),
    QT_TRANSLATE_NOOP("Command", "Switched off {name} ({url})."),
    QT_TRANSLATE_NOOP(
        "Command", "The key will travel unencrypted; use https:// if the endpoint offers it."
    ),
    QT_TRANSLATE_NOOP(
        "Command", "The key of {name} will travel unencrypted; use https:// if you can."
    ),
    QT_TRANSLATE_NOOP("Command", "{name} would be asked for Claude's models."),
    QT_TRANSLATE_NOOP("Command", "Name its own: {command}"),
    QT_TRANSLATE_NOOP("Command", "Name"),
    QT_TRANSLATE_NOOP("Command", "Address"),
    QT_TRANSLATE_NOOP("Command", "Auth"),
    QT_TRANSLATE_NOOP("Command", "Priority"),
    QT_TRANSLATE_NOOP("Command", "Weight"),
    QT_TRANSLATE_NOOP("Command", "Enabled"),
    QT_TRANSLATE_NOOP("Command", "Key"),
    QT_TRANSLATE_NOOP("Command", "Group"),
    QT_TRANSLATE_NOOP("Command", "Result"),
    QT_TRANSLATE_NOOP("Command", "yes"),
    QT_TRANSLATE_NOOP("Command", "unreadable"),
    QT_TRANSLATE_NOOP("Command", "not tried"),
    QT_TRANSLATE_NOOP("Command", "not offered"),
    QT_TRANSLATE_NOOP("Command", "no"),
    QT_TRANSLATE_NOOP("Command", "Nothing to import was found."),
    QT_TRANSLATE_NOOP("Command", "{count} endpoint would be added; nothing was changed."),
    QT_TRANSLATE_NOOP("Command", "{count} endpoints would be added; nothing was changed."),
    QT_TRANSLATE_NOOP("Command", "{count} endpoint added."),
    QT_TRANSLATE_NOOP("Command", "{count} endpoints added."),
    QT_TRANSLATE_NOOP("Command", "left out: {said}"),
    QT_TRANSLATE_NOOP("Command", "here already, as {name}"),
    QT_TRANSLATE_NOOP("Command", "failed: {said}"),
    QT_TRANSLATE_NOOP("Command", "would be added"),
    QT_TRANSLATE_NOOP("Command", "would be added, switched off"),
    QT_TRANSLATE_NOOP("Command", "added"),
    QT_TRANSLATE_NOOP("Command", "added, switched off"),
    QT_TRANSLATE_NOOP("Command", "Version"),
    QT_TRANSLATE_NOOP("Command", "From"),
    QT_TRANSLATE_NOOP("Command", "Place"),
    QT_TRANSLATE_NOOP("Command", "On PATH"),
    QT_TRANSLATE_NOOP("Command", "Problem"),
)
"""Of ``endpoint`` and ``import``."""

KEPT = (
    QT_TRANSLATE_NOOP("Command", "Option"),
    QT_TRANSLATE_NOOP("Command", "Value"),
    QT_TRANSLATE_NOOP("Command", "Meaning"),
    QT_TRANSLATE_NOOP("Command", "Takes {allowed}; default {default}."),
    QT_TRANSLATE_NOOP("Command", "Takes {allowed}; default empty."),
    QT_TRANSLATE_NOOP("Command", "{setting} (from the next start on)"),
    QT_TRANSLATE_NOOP("Command", "{count} endpoint"),
    QT_TRANSLATE_NOOP("Command", "{count} endpoints"),
    QT_TRANSLATE_NOOP("Command", "{count} key"),
    QT_TRANSLATE_NOOP("Command", "{count} keys"),
    QT_TRANSLATE_NOOP("Command", "{what} and all options, without keys: {file}"),
    QT_TRANSLATE_NOOP("Command", "{what} and all options, without secrets: {file}"),
    QT_TRANSLATE_NOOP("Command", "{what} and all options, and {how}: {file}"),
    QT_TRANSLATE_NOOP("Command", "{what}, {how} and all options are as in {file}."),
    QT_TRANSLATE_NOOP("Command", "What was there before, without keys, is kept in {file}."),
    QT_TRANSLATE_NOOP(
        "Command",
        "The keys stand in this file as they are. Only you can read it here; keep it where nobody else can.",
    ),
    QT_TRANSLATE_NOOP(
        "Command", "Endpoints whose key is not known here need it again: qcc-desktop endpoint edit."
    ),
    QT_TRANSLATE_NOOP("Command", "Endpoints, keys, options, history and logs are deleted."),
    QT_TRANSLATE_NOOP("Command", "{file} cannot be deleted: {error}."),
    QT_TRANSLATE_NOOP("Command", "Close what uses it, then try again."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop starts at login."),
    QT_TRANSLATE_NOOP("Command", "QCC Desktop does not start at login."),
    QT_TRANSLATE_NOOP(
        "Command", "Another copy of QCC Desktop starts at login; 'autostart on' takes this."
    ),
    QT_TRANSLATE_NOOP("Command", "The system's settings keep QCC Desktop from starting at login."),
    QT_TRANSLATE_NOOP(
        "Command", "The entry starts a program that is gone; 'qcc-desktop autostart on' mends it."
    ),
)
"""Of ``config``, ``backup``, ``restore``, ``erase`` and ``autostart``."""

COMMAND_TEXTS = (*USAGE, *PROGRAM, *STATUS, *DOCTOR, *TAKEOVER, *LAUNCH, *ENDPOINT, *KEPT)
