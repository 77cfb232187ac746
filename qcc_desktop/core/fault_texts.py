"""What the inner rooms say to people, for translation (context ``Fault``).

The rooms write these sentences in place, with their values in them; `core.sentences` finds the
template again. `tests/arch/test_sentences.py` names every sentence of theirs that no list has.
"""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

FILES = (
    QT_TRANSLATE_NOOP("Fault", "{file} cannot be read: {error}."),
    QT_TRANSLATE_NOOP("Fault", "{file} cannot be written: {error}."),
    QT_TRANSLATE_NOOP("Fault", "{file} cannot be locked: {error}."),
    QT_TRANSLATE_NOOP("Fault", "{file} is broken."),
    QT_TRANSLATE_NOOP("Fault", "{file} is broken ({fault})."),
    QT_TRANSLATE_NOOP("Fault", "{file} is broken ({fault}) and cannot be put aside."),
    QT_TRANSLATE_NOOP("Fault", "{file} is broken ({fault}) and stays as it is."),
    QT_TRANSLATE_NOOP("Fault", "{file} is broken, so stored keys cannot be read."),
    QT_TRANSLATE_NOOP("Fault", "{file} is read-only."),
    QT_TRANSLATE_NOOP("Fault", "{file} is from a newer version."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file} is being changed by another program again and again; it stays as it is.",
    ),
    QT_TRANSLATE_NOOP("Fault", "{file} is there already. Name another file."),
    QT_TRANSLATE_NOOP("Fault", "{file} is no backup of QCC Desktop."),
    QT_TRANSLATE_NOOP("Fault", "{file} is no {kind}: its configuration is missing."),
    QT_TRANSLATE_NOOP("Fault", "backup"),
    QT_TRANSLATE_NOOP("Fault", "export"),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file} was written by a newer QCC Desktop (format {version}, this one knows {current}).",
    ),
    QT_TRANSLATE_NOOP("Fault", "Another QCC Desktop process has held {file} for {seconds} s."),
    QT_TRANSLATE_NOOP("Fault", "There is no folder {folder}. Choose another one."),
    QT_TRANSLATE_NOOP("Fault", "There is no folder {folder}. Name another one."),
    QT_TRANSLATE_NOOP("Fault", "There is no program {program}. Choose another one."),
    QT_TRANSLATE_NOOP("Fault", "{program} does not start."),
    QT_TRANSLATE_NOOP("Fault", "{file} cannot be written."),
    QT_TRANSLATE_NOOP("Fault", "The history could not be deleted."),
    QT_TRANSLATE_NOOP("Fault", "Make the file readable for you."),
    QT_TRANSLATE_NOOP("Fault", "Make it readable for you."),
    QT_TRANSLATE_NOOP("Fault", "Make it writable, then try again."),
    QT_TRANSLATE_NOOP("Fault", "Make the directory writable."),
    QT_TRANSLATE_NOOP("Fault", "Free some space or make the directory writable."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "Free some space, or make the file and its folder writable for you.",
    ),
    QT_TRANSLATE_NOOP("Fault", "Repair it, or move it away to start afresh."),
    QT_TRANSLATE_NOOP("Fault", "Update this program, or move the file away to start afresh."),
    QT_TRANSLATE_NOOP("Fault", "Rename the file by hand."),
    QT_TRANSLATE_NOOP("Fault", "Repair it in an editor, then try again."),
    QT_TRANSLATE_NOOP("Fault", "Close the other program, then try again."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "Make it readable, or repair Claude Code's settings by hand and delete it.",
    ),
    QT_TRANSLATE_NOOP("Fault", "Name another file."),
    QT_TRANSLATE_NOOP("Fault", "Name another place."),
    QT_TRANSLATE_NOOP("Fault", "Update QCC Desktop."),
    QT_TRANSLATE_NOOP("Fault", "Try again, or end that process."),
    QT_TRANSLATE_NOOP("Fault", "Nothing was changed."),
    QT_TRANSLATE_NOOP("Fault", "it holds no object"),
    QT_TRANSLATE_NOOP("Fault", "it is nested too deeply"),
    QT_TRANSLATE_NOOP("Fault", "it breaks at line {line}, column {column}"),
    QT_TRANSLATE_NOOP("Fault", "it is no UTF-8 text"),
    QT_TRANSLATE_NOOP("Fault", "it is no ordinary file"),
    QT_TRANSLATE_NOOP("Fault", "its {name} is no object"),
    QT_TRANSLATE_NOOP("Fault", "{name} is no JSON"),
)
"""Of files that are read and written."""

SYSTEM = (
    QT_TRANSLATE_NOOP("Fault", "Permission denied"),
    QT_TRANSLATE_NOOP("Fault", "Operation not permitted"),
    QT_TRANSLATE_NOOP("Fault", "No such file or directory"),
    QT_TRANSLATE_NOOP("Fault", "No space left on device"),
    QT_TRANSLATE_NOOP("Fault", "Read-only file system"),
    QT_TRANSLATE_NOOP("Fault", "Is a directory"),
    QT_TRANSLATE_NOOP("Fault", "Not a directory"),
    QT_TRANSLATE_NOOP("Fault", "File exists"),
    QT_TRANSLATE_NOOP("Fault", "File name too long"),
    QT_TRANSLATE_NOOP("Fault", "Input/output error"),
    QT_TRANSLATE_NOOP("Fault", "Too many open files"),
    QT_TRANSLATE_NOOP("Fault", "Exec format error"),
    QT_TRANSLATE_NOOP("Fault", "Address already in use"),
    QT_TRANSLATE_NOOP("Fault", "Connection refused"),
    QT_TRANSLATE_NOOP("Fault", "Disk quota exceeded"),
    QT_TRANSLATE_NOOP("Fault", "Device or resource busy"),
)
"""Of the operating system: ``os.strerror`` speaks English on Linux and macOS."""

CONFIGURATION = (
    QT_TRANSLATE_NOOP(
        "Fault",
        "The configuration was broken ({fault}); it was kept as {aside} and begun anew. To "
        "have it back, repair it, end the program and rename it to {file}.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The endpoints are no list; none was read."),
    QT_TRANSLATE_NOOP("Fault", "{name} has the id of {other}; it was left out."),
    QT_TRANSLATE_NOOP("Fault", "The settings are no object; the defaults are used."),
    QT_TRANSLATE_NOOP("Fault", "The stored {value} was replaced by the default, {default}."),
    QT_TRANSLATE_NOOP("Fault", "An entry of the endpoints is no object."),
    QT_TRANSLATE_NOOP("Fault", "An endpoint without a name has no id."),
    QT_TRANSLATE_NOOP("Fault", "{name} was called {host}."),
    QT_TRANSLATE_NOOP("Fault", "An endpoint without a name was called {host}."),
    QT_TRANSLATE_NOOP("Fault", "{name} has no id."),
    QT_TRANSLATE_NOOP("Fault", "The value has the wrong form."),
    QT_TRANSLATE_NOOP("Fault", "{name}, {field}: {fault} The default is used instead."),
    QT_TRANSLATE_NOOP("Fault", "The choices for folders are no object; none was read."),
    QT_TRANSLATE_NOOP("Fault", "The choice for {folder} is no object; it was left out."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The strategy for {folder}, {strategy}, is not known; it was left out.",
    ),
    QT_TRANSLATE_NOOP("Fault", "{option} must be {allowed}."),
    QT_TRANSLATE_NOOP("Fault", "one of {values}"),
    QT_TRANSLATE_NOOP("Fault", "on or off"),
    QT_TRANSLATE_NOOP("Fault", "a time of day such as 22:00, or empty"),
    QT_TRANSLATE_NOOP("Fault", "a text"),
    QT_TRANSLATE_NOOP("Fault", "a whole number from {least} to {most}"),
    QT_TRANSLATE_NOOP("Fault", "a number from {least} to {most}"),
    QT_TRANSLATE_NOOP("Fault", "There is no option {key}."),
    QT_TRANSLATE_NOOP("Fault", "Did you mean {names}?"),
    QT_TRANSLATE_NOOP("Fault", "See: qcc-desktop config list."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "There is no file {file}. Give the path of a PEM file, or '' for none.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file} holds no certificate that can be read. Give a PEM file with certificates.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The terminal's quotes do not match. Close every quote."),
    QT_TRANSLATE_NOOP("Fault", "The arguments' quotes do not match. Close every quote."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "There is no program {program}. Name an installed terminal, or '' for the system's.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "There is no program {program}. Name Claude Code's file, or '' for the first found.",
    ),
    QT_TRANSLATE_NOOP("Fault", "{name} is no usable token."),
    QT_TRANSLATE_NOOP("Fault", "{directory} names no folder. Give its whole path."),
    QT_TRANSLATE_NOOP("Fault", "Take 1 to 512 letters, digits and . _ ~ + / = - only."),
)
"""Of the configuration, when it is read, and of the options."""

KEYS = (
    QT_TRANSLATE_NOOP("Fault", "The system keychain did not keep the key."),
    QT_TRANSLATE_NOOP("Fault", "The system keychain is locked."),
    QT_TRANSLATE_NOOP("Fault", "The system keychain is not set up."),
    QT_TRANSLATE_NOOP("Fault", "QCC Desktop cannot {act} the system keychain ({name})."),
    QT_TRANSLATE_NOOP("Fault", "read"),
    QT_TRANSLATE_NOOP("Fault", "write to"),
    QT_TRANSLATE_NOOP("Fault", "Unlock it and try again."),
    QT_TRANSLATE_NOOP("Fault", "Create one in your desktop's password program."),
    QT_TRANSLATE_NOOP("Fault", "Check that it runs and is unlocked."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "To keep keys in a private file instead, set "
        "PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The key is longer than the {count} characters that the Windows Credential Manager "
        "can keep.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "A key lies in the system keychain, which cannot be reached from here.",
    ),
    QT_TRANSLATE_NOOP("Fault", "Start the program in your desktop session, or give the key again."),
    QT_TRANSLATE_NOOP("Fault", "The key is empty."),
    QT_TRANSLATE_NOOP("Fault", "Move the file away and give the keys again."),
)
"""Of keys and the keychain."""

ENDPOINTS = (
    QT_TRANSLATE_NOOP("Fault", "There is no endpoint {name}."),
    QT_TRANSLATE_NOOP("Fault", "None is configured yet."),
    QT_TRANSLATE_NOOP("Fault", "Known: {names}."),
    QT_TRANSLATE_NOOP("Fault", "See: qcc-desktop endpoint list."),
    QT_TRANSLATE_NOOP("Fault", "There is an endpoint {name} already. Take another name."),
    QT_TRANSLATE_NOOP("Fault", "{name} is not a header name."),
    QT_TRANSLATE_NOOP("Fault", "The value of header {name} holds a line break."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{name} carries a credential, which is kept in the keychain only. Give it as the key.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The time-out must lie above 0 and be at most 7200 s."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{url} is this program's own proxy, which would ask itself. Give the address of the "
        "vendor or relay.",
    ),
    QT_TRANSLATE_NOOP("Fault", "There is no preset {name}. Known: {names}."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "Give the endpoint's address as in https://api.example.com/anthropic.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The endpoint answered, but did not use the tool it was given."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "Claude Code asks for Claude's models, which this endpoint does not list. Name one of"
        " its models under Models.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The endpoint refused the request."),
    QT_TRANSLATE_NOOP("Fault", "It was removed."),
    QT_TRANSLATE_NOOP("Fault", "Switched off."),
    QT_TRANSLATE_NOOP("Fault", "No endpoint can be asked. Add or enable one."),
    QT_TRANSLATE_NOOP("Fault", "No endpoint can answer at the moment."),
    QT_TRANSLATE_NOOP("Fault", "The attempt was called off."),
    QT_TRANSLATE_NOOP("Fault", "Port {port} is in use by another program."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "This system does not allow listening on port {port} (it may be reserved).",
    ),
    QT_TRANSLATE_NOOP("Fault", "The proxy cannot listen on port {port}: {error}."),
    QT_TRANSLATE_NOOP("Fault", "Choose another port with: qcc-desktop config set server.port 0"),
    QT_TRANSLATE_NOOP("Fault", "Choose another one with --port; 0 takes a free one."),
    QT_TRANSLATE_NOOP("Fault", "Port {wanted} is taken by another program; port {port} is used."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The proxy listens on this computer only; use 127.0.0.1 instead of {host}.",
    ),
    QT_TRANSLATE_NOOP("Fault", "Start it, for Claude Code would find nobody there."),
)
"""Of endpoints, sessions and the proxy."""

CLAUDE_CODE = (
    QT_TRANSLATE_NOOP("Fault", "Claude Code was not found on this computer."),
    QT_TRANSLATE_NOOP("Fault", "Install it in a terminal: {command}"),
    QT_TRANSLATE_NOOP("Fault", "Claude Code does not start from {path}."),
    QT_TRANSLATE_NOOP("Fault", "There is no editor {name} on this computer."),
    QT_TRANSLATE_NOOP("Fault", "There is no terminal {name} on this computer."),
    QT_TRANSLATE_NOOP("Fault", "Those that were found: {names}."),
    QT_TRANSLATE_NOOP("Fault", "Those that were found: none."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "Your organisation's settings for Claude Code set {names}, so it would go past the proxy.",
    ),
    QT_TRANSLATE_NOOP("Fault", "Ask who manages this computer."),
    QT_TRANSLATE_NOOP("Fault", "QCC Desktop could not be started: {error}."),
    QT_TRANSLATE_NOOP("Fault", "Start it by hand: qcc-desktop."),
    QT_TRANSLATE_NOOP("Fault", "{program} could not be opened: {error}."),
    QT_TRANSLATE_NOOP("Fault", "{program} could not be opened."),
    QT_TRANSLATE_NOOP("Fault", "The terminal could not be opened."),
    QT_TRANSLATE_NOOP("Fault", "Start {program} in a terminal to see why."),
    QT_TRANSLATE_NOOP("Fault", "{program} cannot be started: {error}."),
    QT_TRANSLATE_NOOP("Fault", "Check that Claude Code is installed well: claude --version."),
    QT_TRANSLATE_NOOP("Fault", "There is no screen to open a terminal on."),
    QT_TRANSLATE_NOOP("Fault", "Use 'qcc-desktop launch --here' in a terminal."),
    QT_TRANSLATE_NOOP("Fault", "{word} cannot be given to Claude Code here: {why}."),
    QT_TRANSLATE_NOOP("Fault", "Leave it out, or type it when Claude Code has started."),
    QT_TRANSLATE_NOOP("Fault", "a batch file starts it, which takes % for a variable"),
    QT_TRANSLATE_NOOP("Fault", "the batch file that starts it takes ! for a variable"),
    QT_TRANSLATE_NOOP("Fault", "cmd.exe would change it"),
    QT_TRANSLATE_NOOP("Fault", "Windows PowerShell loses quotation marks"),
    QT_TRANSLATE_NOOP("Fault", "Windows PowerShell mixes up the backslash at its end"),
    QT_TRANSLATE_NOOP("Fault", "Windows PowerShell drops empty words"),
    QT_TRANSLATE_NOOP("Fault", "it holds a NUL"),
    QT_TRANSLATE_NOOP("Fault", "A quotation mark has no partner: {text}."),
    QT_TRANSLATE_NOOP("Fault", "Write it as in a shell, or without quotation marks."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "This launch is over: what was to be started is not noted any more.",
    ),
    QT_TRANSLATE_NOOP("Fault", "Launch Claude Code again."),
    QT_TRANSLATE_NOOP("Fault", "No terminal program was found."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "Install one (such as xterm), name yours with 'qcc-desktop config set claude.terminal"
        " NAME', or use 'qcc-desktop launch --here'.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The demo changes nothing of Claude Code's settings."),
    QT_TRANSLATE_NOOP("Fault", "End it and start the program."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file} held a placeholder of {owner}. It will be put back only if {owner} answers then.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file}: the placeholder of {owner} was not put back; {owner} does not answer.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file} was changed by another program ({names}) and is left as it is.",
    ),
    QT_TRANSLATE_NOOP("Fault", "{file}: the former {names} is no longer in the keychain."),
    QT_TRANSLATE_NOOP("Fault", "{file}: {names} was changed since by others, and stays."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file} leads to another QCC Desktop that runs; it is left as it is.",
    ),
    QT_TRANSLATE_NOOP("Fault", "{file}: what an earlier takeover had left was taken out."),
)
"""Of Claude Code: where it is, how it is started, its settings."""

UPDATES = (QT_TRANSLATE_NOOP("Fault", "The set-up has not installed the new version."),)
"""Of the set-up on Windows."""

DOCTOR = (
    QT_TRANSLATE_NOOP("Fault", "There is no fix {name}."),
    QT_TRANSLATE_NOOP("Fault", "This could not be mended: {error}."),
    QT_TRANSLATE_NOOP("Fault", "Made private: {files}."),
    QT_TRANSLATE_NOOP("Fault", "Made private: Nothing; all files were private already."),
    QT_TRANSLATE_NOOP("Fault", "Removed {file}; the next start writes a new one."),
    QT_TRANSLATE_NOOP("Fault", "Nothing was removed: the program runs, or the file is gone."),
    QT_TRANSLATE_NOOP("Fault", "There is no takeover to put back here."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The proxy takes port {new} from its next start on. To undo: qcc-desktop config set "
        "server.port {old}",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "{file} is trusted. To undo: qcc-desktop config set upstream.ca_file ''",
    ),
)
"""Of the doctor's repairs."""

START = (
    QT_TRANSLATE_NOOP("Fault", "The entry for starting at login cannot be {act}."),
    QT_TRANSLATE_NOOP("Fault", "removed"),
    QT_TRANSLATE_NOOP("Fault", "written"),
    QT_TRANSLATE_NOOP("Fault", "A portable QCC Desktop cannot start at login on Windows."),
    QT_TRANSLATE_NOOP(
        "Fault",
        "Start it without QCC_DESKTOP_HOME, or put a shortcut into the Startup folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Fault",
        "The path of the program is too long for Windows to start it at login.",
    ),
    QT_TRANSLATE_NOOP("Fault", "Move the program to a folder with a shorter path."),
    QT_TRANSLATE_NOOP(
        "Fault", "QCC Desktop cannot start at login from where macOS keeps it for the moment."
    ),
    QT_TRANSLATE_NOOP("Fault", "Move it to the Applications folder and start it from there."),
)
"""Of starting at login."""

OPENAI = (
    QT_TRANSLATE_NOOP(
        "Fault",
        "The request needs a tool that runs on Anthropic's servers, which an endpoint that speaks OpenAI's API does not have.",
    ),
    QT_TRANSLATE_NOOP("Fault", "The endpoint sent an event that is no JSON."),
    QT_TRANSLATE_NOOP("Fault", "The endpoint sent an event that is too long."),
    QT_TRANSLATE_NOOP("Fault", "The endpoint ran out of resources within its answer."),
    QT_TRANSLATE_NOOP("Fault", "The endpoint broke its answer off."),
    QT_TRANSLATE_NOOP("Fault", "The endpoint sent a tool call without a name."),
    QT_TRANSLATE_NOOP("Fault", "The endpoint sent arguments for {tool} that are no JSON object."),
    QT_TRANSLATE_NOOP("Fault", "The endpoint sent more arguments for {tool} than make an object."),
)
"""Of endpoints that speak OpenAI's API."""

FAULT_TEXTS = (
    *FILES,
    *SYSTEM,
    *CONFIGURATION,
    *KEYS,
    *ENDPOINTS,
    *OPENAI,
    *CLAUDE_CODE,
    *UPDATES,
    *DOCTOR,
    *START,
)
