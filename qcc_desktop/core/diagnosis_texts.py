"""The doctor's sentences: English templates that the window translates (context ``Doctor``).

A name ends in ``_DO`` where the sentence is a remedy.
"""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

AS_IT_IS = "{text}"
"""For a sentence of another part of the program, which has its own translation."""

PROGRAM = QT_TRANSLATE_NOOP("Doctor", "Program")
PROGRAM_RUNS = QT_TRANSLATE_NOOP(
    "Doctor", "QCC Desktop {version} runs (process {pid}). Light: {light}. {cause}"
)
PROGRAM_OLDER = QT_TRANSLATE_NOOP(
    "Doctor", "QCC Desktop {version} runs (process {pid}), but this is version {own}."
)
PROGRAM_OLDER_DO = QT_TRANSLATE_NOOP("Doctor", "Quit the running program and start it again.")
PROGRAM_STOPPED = QT_TRANSLATE_NOOP("Doctor", "QCC Desktop is not running.")
PROGRAM_STOPPED_DO = QT_TRANSLATE_NOOP("Doctor", "Start it with: qcc-desktop")
PROGRAM_RED_DO = QT_TRANSLATE_NOOP("Doctor", "The lines below and 'qcc-desktop logs' say why.")
PROGRAM_SILENT = QT_TRANSLATE_NOOP("Doctor", "QCC Desktop runs, but does not answer. {error}")

PORT = QT_TRANSLATE_NOOP("Doctor", "Port")
PORT_OURS = QT_TRANSLATE_NOOP("Doctor", "The proxy listens on port {port}.")
PORT_SILENT = QT_TRANSLATE_NOOP(
    "Doctor", "The proxy should listen on port {port}, but nothing does."
)
PORT_FREE = QT_TRANSLATE_NOOP("Doctor", "Port {port} is free.")
PORT_ANY = QT_TRANSLATE_NOOP("Doctor", "The proxy takes a free port each time (server.port is 0).")
PORT_TAKEN = QT_TRANSLATE_NOOP("Doctor", "Port {port} is used by {name} (process {pid}).")
PORT_TAKEN_UNKNOWN = QT_TRANSLATE_NOOP(
    "Doctor", "Port {port} is used by a program of another user or of the system."
)
PORT_ELSEWHERE = QT_TRANSLATE_NOOP("Doctor", "The proxy uses port {used} instead. {detail}")
PORT_TAKEN_DO = QT_TRANSLATE_NOOP(
    "Doctor", "End that program, or take another port: qcc-desktop config set server.port {free}"
)
PORT_FORBIDDEN = QT_TRANSLATE_NOOP("Doctor", "Port {port} may not be used by you: {error}.")
PORT_RESERVED = QT_TRANSLATE_NOOP(
    "Doctor", "Windows keeps ports {first} to {last} for itself, so port {port} cannot be used."
)
PORT_OTHER_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Take another port: qcc-desktop config set server.port {free}"
)

CLAUDE = QT_TRANSLATE_NOOP("Doctor", "Claude Code")
CLAUDE_FOUND = QT_TRANSLATE_NOOP("Doctor", "Version {version} at {path}.")
CLAUDE_NO_VERSION = QT_TRANSLATE_NOOP(
    "Doctor", "Found at {path}, but it does not tell its version."
)
CLAUDE_NO_VERSION_DO = QT_TRANSLATE_NOOP("Doctor", "See what this says: {command} --version")
CLAUDE_BROKEN = QT_TRANSLATE_NOOP("Doctor", "Found at {path}, but it does not start. {problem}")
CLAUDE_SEVERAL = QT_TRANSLATE_NOOP(
    "Doctor", "Version {version} at {path} is launched. Also there: {others}."
)
CLAUDE_MISSING = QT_TRANSLATE_NOOP("Doctor", "Claude Code was not found on this computer.")
CLAUDE_MISSING_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Install it: npm install -g @anthropic-ai/claude-code"
)

SETTINGS = QT_TRANSLATE_NOOP("Doctor", "Claude Code's settings")
SETTINGS_CLEAN = QT_TRANSLATE_NOOP("Doctor", "They lead to no other address.")
SETTINGS_OURS = QT_TRANSLATE_NOOP("Doctor", "They lead to this proxy (takeover).")
SETTINGS_DEAD = QT_TRANSLATE_NOOP(
    "Doctor", "{file} leads Claude Code to {address}, where nothing answers ({owner})."
)
SETTINGS_DEAD_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Delete {names} from 'env' in that file, or start the program that listened there."
)
SETTINGS_LEFT_BEHIND = QT_TRANSLATE_NOOP("Doctor", "A takeover was left behind. {detail}")
SETTINGS_LEFT_BEHIND_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Put Claude Code's settings back: qcc-desktop takeover off"
)
SETTINGS_PLACEHOLDER = QT_TRANSLATE_NOOP(
    "Doctor", "{file} holds a placeholder of {owner} instead of a key."
)
SETTINGS_PLACEHOLDER_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Switch {owner}'s proxy off in its own window, or delete {names} from 'env'."
)
SETTINGS_FOREIGN = QT_TRANSLATE_NOOP(
    "Doctor",
    "{file} leads Claude Code to {address}, past this proxy. A launch from here overrides it.",
)
SETTINGS_MANAGED = QT_TRANSLATE_NOOP(
    "Doctor", "Your organisation's settings set {names}, so Claude Code goes past the proxy."
)
SETTINGS_MANAGED_DO = QT_TRANSLATE_NOOP("Doctor", "Ask who manages this computer.")
SETTINGS_UNREADABLE = QT_TRANSLATE_NOOP("Doctor", "{file} cannot be read: {error}.")
SETTINGS_UNREADABLE_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Repair the file; Claude Code needs it to be JSON."
)
LEFT_BY = QT_TRANSLATE_NOOP("Doctor", "left by {owner}")
LEFT_BY_UNKNOWN = QT_TRANSLATE_NOOP("Doctor", "left by another program")

PROXIES = QT_TRANSLATE_NOOP("Doctor", "System proxies")
PROXIES_NONE = QT_TRANSLATE_NOOP("Doctor", "None: endpoints are reached directly.")
PROXIES_SET = QT_TRANSLATE_NOOP("Doctor", "Endpoints are reached through {proxies}.")
PROXIES_DEAD = QT_TRANSLATE_NOOP("Doctor", "The proxy {proxy} does not answer ({source}).")
PROXIES_DEAD_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Start it, or take it out of {source}; an endpoint can also be set to 'direct'."
)
LOOPBACK = QT_TRANSLATE_NOOP("Doctor", "This computer without a proxy")
LOOPBACK_OK = QT_TRANSLATE_NOOP("Doctor", "Requests to this computer go past the system's proxy.")
LOOPBACK_LOST = QT_TRANSLATE_NOOP(
    "Doctor",
    "A system proxy is set ({names}), and NO_PROXY does not cover {hosts}: a Claude Code not launched "
    "from here asks that proxy for this computer and fails.",
)
LOOPBACK_LOST_DO = QT_TRANSLATE_NOOP("Doctor", "Set NO_PROXY to: {value}")

CERTIFICATES = QT_TRANSLATE_NOOP("Doctor", "Certificates")
CERTIFICATES_SYSTEM = QT_TRANSLATE_NOOP("Doctor", "The system's certificates are trusted.")
CERTIFICATES_EXTRA = QT_TRANSLATE_NOOP("Doctor", "Also trusted: {files}.")
CERTIFICATES_BAD = QT_TRANSLATE_NOOP(
    "Doctor", "{source} names {file}, which cannot be used: {error}."
)
CERTIFICATES_BAD_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Name a PEM file that you can read, or empty {source}."
)
CERTIFICATES_ONE_SIDED = QT_TRANSLATE_NOOP(
    "Doctor", "Claude Code trusts {file} (NODE_EXTRA_CA_CERTS), this proxy does not."
)
CERTIFICATES_ONE_SIDED_DO = QT_TRANSLATE_NOOP(
    "Doctor", "If endpoints need it: qcc-desktop config set upstream.ca_file {file}"
)

KEYS = QT_TRANSLATE_NOOP("Doctor", "Keys")
KEYS_KEYCHAIN = QT_TRANSLATE_NOOP("Doctor", "They lie in the system keychain ({name}).")
KEYS_FILE = QT_TRANSLATE_NOOP(
    "Doctor", "No keychain is usable, so they lie in a file that only you can read ({file})."
)
KEYS_FILE_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Set up a keychain (GNOME Keyring, KWallet) and start the program again."
)
KEYS_LOCKED = QT_TRANSLATE_NOOP("Doctor", "The system keychain ({name}) is locked.")
KEYS_LOCKED_DO = QT_TRANSLATE_NOOP("Doctor", "Unlock it in your desktop's password program.")
KEYS_OUT_OF_REACH = QT_TRANSLATE_NOOP(
    "Doctor", "Keys lie in a keychain that cannot be reached from here: {count}."
)
KEYS_OUT_OF_REACH_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Start the program in your desktop session, or give the keys again."
)

ENVIRONMENT = QT_TRANSLATE_NOOP("Doctor", "Environment")
ENVIRONMENT_CLEAN = QT_TRANSLATE_NOOP("Doctor", "No variable leads Claude Code past the proxy.")
ENVIRONMENT_SET = QT_TRANSLATE_NOOP(
    "Doctor",
    "Set here: {names}. A launch leaves them out; a Claude Code started otherwise obeys them.",
)
ENVIRONMENT_DEAD = QT_TRANSLATE_NOOP(
    "Doctor", "ANTHROPIC_BASE_URL leads to {address}, where nothing answers."
)
ENVIRONMENT_DO = QT_TRANSLATE_NOOP("Doctor", "In this terminal: {command}")

PROFILES = QT_TRANSLATE_NOOP("Doctor", "Shell profiles")
PROFILES_CLEAN = QT_TRANSLATE_NOOP("Doctor", "They set no variable of Claude Code.")
PROFILES_SET = QT_TRANSLATE_NOOP(
    "Doctor", "Variables that lead Claude Code past the proxy are set in: {places}."
)
PROFILES_DEAD = QT_TRANSLATE_NOOP(
    "Doctor", "ANTHROPIC_BASE_URL leads to {address}, where nothing answers, in: {places}."
)
PROFILES_DO = QT_TRANSLATE_NOOP("Doctor", "Delete these lines and open a new terminal: {lines}.")

REGISTRY = QT_TRANSLATE_NOOP("Doctor", "Windows variables")
REGISTRY_CLEAN = QT_TRANSLATE_NOOP("Doctor", "None leads Claude Code past the proxy.")
REGISTRY_SET = QT_TRANSLATE_NOOP(
    "Doctor", "Variables that lead Claude Code past the proxy are set for: {places}."
)
REGISTRY_DO = QT_TRANSLATE_NOOP("Doctor", "In PowerShell: {command}")

CLOCK = QT_TRANSLATE_NOOP("Doctor", "Clock")
CLOCK_RIGHT = QT_TRANSLATE_NOOP("Doctor", "Right within {seconds} s, says {name}.")
CLOCK_WRONG = QT_TRANSLATE_NOOP(
    "Doctor", "Off by {seconds} s, says {name}. Certificates and waiting times go wrong."
)
CLOCK_WRONG_DO = QT_TRANSLATE_NOOP("Doctor", "Let the system set the time automatically.")
CLOCK_UNKNOWN = QT_TRANSLATE_NOOP("Doctor", "No endpoint answered with the time.")

TRAY = QT_TRANSLATE_NOOP("Doctor", "Tray")
TRAY_NATIVE = QT_TRANSLATE_NOOP("Doctor", "This system shows tray icons.")
TRAY_SNI = QT_TRANSLATE_NOOP("Doctor", "The desktop shows tray icons (StatusNotifier).")
TRAY_XEMBED = QT_TRANSLATE_NOOP("Doctor", "The panel shows tray icons (XEmbed).")
TRAY_NO_HOST = QT_TRANSLATE_NOOP("Doctor", "A tray service runs, but no panel shows its icons.")
TRAY_NONE = QT_TRANSLATE_NOOP("Doctor", "This desktop ({desktop}) shows no tray icons.")
TRAY_NONE_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Add a panel with a tray; until then the window stays in the task bar."
)
TRAY_GNOME = QT_TRANSLATE_NOOP("Doctor", "GNOME shows no tray icons without an extension.")
TRAY_GNOME_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Install and switch on 'AppIndicator and KStatusNotifierItem Support'."
)
TRAY_NO_DESKTOP = QT_TRANSLATE_NOOP("Doctor", "No desktop session here.")
TRAY_NO_DESKTOP_DO = QT_TRANSLATE_NOOP("Doctor", "Without one use: qcc-desktop serve")

ENDPOINT = QT_TRANSLATE_NOOP("Doctor", "Endpoint {name}")
ENDPOINTS = QT_TRANSLATE_NOOP("Doctor", "Endpoints")
ENDPOINTS_NONE = QT_TRANSLATE_NOOP("Doctor", "There is none yet.")
ENDPOINTS_NONE_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Add one in the window, or with: qcc-desktop endpoint add"
)
ENDPOINTS_OFF = QT_TRANSLATE_NOOP("Doctor", "All {count} are switched off.")
ENDPOINTS_OFF_DO = QT_TRANSLATE_NOOP("Doctor", "Switch one on: qcc-desktop endpoint enable NAME")
ENDPOINT_WELL = QT_TRANSLATE_NOOP("Doctor", "Answers and streams; the test took {ms} ms.")
ENDPOINT_FAILED = QT_TRANSLATE_NOOP("Doctor", "{host}: {message}")
ENDPOINT_NO_KEY = QT_TRANSLATE_NOOP("Doctor", "It has no key.")
ENDPOINT_NO_KEY_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Give it one: qcc-desktop endpoint edit {name} --api-key-stdin"
)
ENDPOINT_MODELS = QT_TRANSLATE_NOOP(
    "Doctor", "Answers, but Claude Code asks it for Claude's models, which it does not have."
)
ENDPOINT_MODELS_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Name one of its own: qcc-desktop endpoint edit {name} --map 'claude-*=MODEL'"
)
ENDPOINT_PLAIN = QT_TRANSLATE_NOOP(
    "Doctor", "Answers, but its address begins with http://: the key can be read on its way."
)
ENDPOINT_PLAIN_DO = QT_TRANSLATE_NOOP("Doctor", "Use its https:// address if it has one.")
ENDPOINT_FAILED_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Check address, key and balance; test again with: qcc-desktop endpoint test {name}"
)
ENDPOINT_BUSY_DO = QT_TRANSLATE_NOOP("Doctor", "Wait; other endpoints answer meanwhile.")
ENDPOINT_BUSY_ALONE_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Wait, or add another endpoint that can answer meanwhile."
)

CONFIG = QT_TRANSLATE_NOOP("Doctor", "Configuration")
CONFIG_WELL = QT_TRANSLATE_NOOP("Doctor", "Readable, endpoints: {count} ({file}).")
CONFIG_NONE = QT_TRANSLATE_NOOP("Doctor", "There is none yet; defaults are used ({file}).")
CONFIG_REPLACED = QT_TRANSLATE_NOOP("Doctor", "Some values were replaced. {notices}")
CONFIG_REPLACED_DO = QT_TRANSLATE_NOOP("Doctor", "Repair them in {file}, or set them anew.")

PERMISSIONS = QT_TRANSLATE_NOOP("Doctor", "Permissions")
PERMISSIONS_WELL = QT_TRANSLATE_NOOP("Doctor", "Private files can be read by you alone.")
PERMISSIONS_OPEN = QT_TRANSLATE_NOOP("Doctor", "Others on this computer can read: {files}.")
PERMISSIONS_OPEN_DO = QT_TRANSLATE_NOOP("Doctor", "chmod 600 {files}")
PERMISSIONS_WINDOWS = QT_TRANSLATE_NOOP(
    "Doctor", "Your user folder protects the files; Windows has no file modes to check."
)

FOLDERS = QT_TRANSLATE_NOOP("Doctor", "Folders")
FOLDERS_WELL = QT_TRANSLATE_NOOP("Doctor", "Writable, {free} free.")
FOLDERS_LOCKED = QT_TRANSLATE_NOOP("Doctor", "Cannot be written: {folders}.")
FOLDERS_LOCKED_DO = QT_TRANSLATE_NOOP("Doctor", "Make them writable for you.")
FOLDERS_FULL = QT_TRANSLATE_NOOP("Doctor", "Only {free} are free at {folder}.")
FOLDERS_FULL_DO = QT_TRANSLATE_NOOP("Doctor", "Free some space.")

LOG = QT_TRANSLATE_NOOP("Doctor", "Log")
LOG_WELL = QT_TRANSLATE_NOOP("Doctor", "{size} in {folder}.")
LOG_LARGE = QT_TRANSLATE_NOOP("Doctor", "{size} in {folder}, more than rotation should leave.")
LOG_LARGE_DO = QT_TRANSLATE_NOOP("Doctor", "Delete the oldest files there.")
LOG_NONE = QT_TRANSLATE_NOOP("Doctor", "There is no log yet ({folder}).")

HISTORY = QT_TRANSLATE_NOOP("Doctor", "History")
HISTORY_WELL = QT_TRANSLATE_NOOP("Doctor", "Since {day}, {size} in {file}.")
HISTORY_NONE = QT_TRANSLATE_NOOP("Doctor", "Nothing was used yet.")
HISTORY_BROKEN = QT_TRANSLATE_NOOP("Doctor", "{file} is damaged.")
HISTORY_BROKEN_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Start the program anew: it keeps the damaged file aside and begins another."
)
HISTORY_NEWER = QT_TRANSLATE_NOOP("Doctor", "A newer version of QCC Desktop wrote {file}.")
HISTORY_NEWER_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Update this program; until then what is used is kept in memory only."
)
HISTORY_LOCKED = QT_TRANSLATE_NOOP("Doctor", "It cannot be read: {error} ({file}).")
HISTORY_LOCKED_DO = QT_TRANSLATE_NOOP(
    "Doctor", "Close what else uses it, and make it readable for you."
)

RUNTIME = QT_TRANSLATE_NOOP("Doctor", "Runtime file")
RUNTIME_WELL = QT_TRANSLATE_NOOP("Doctor", "Right.")
RUNTIME_DEAD = QT_TRANSLATE_NOOP(
    "Doctor", "{file} was left behind by a program that ended without cleaning up."
)
RUNTIME_DEAD_DO = QT_TRANSLATE_NOOP("Doctor", "It does no harm; the next start replaces it.")

AUTOSTART = QT_TRANSLATE_NOOP("Doctor", "Start at login")
AUTOSTART_ON = QT_TRANSLATE_NOOP("Doctor", "On.")
AUTOSTART_OFF = QT_TRANSLATE_NOOP("Doctor", "Off.")
AUTOSTART_BLOCKED = QT_TRANSLATE_NOOP(
    "Doctor", "Switched on here, but off in the system's own settings."
)
AUTOSTART_STALE = QT_TRANSLATE_NOOP("Doctor", "On, but it starts something else: {command}")
AUTOSTART_STALE_DO = QT_TRANSLATE_NOOP("Doctor", "Switch it off and on again in the settings.")

VERSIONS = QT_TRANSLATE_NOOP("Doctor", "Versions")
VERSIONS_ARE = QT_TRANSLATE_NOOP("Doctor", "QCC Desktop {own}, Python {python}, Qt {qt}, {system}.")

SURROUNDINGS = QT_TRANSLATE_NOOP("Doctor", "Surroundings")
SURROUNDINGS_PLAIN = QT_TRANSLATE_NOOP("Doctor", "An ordinary session on this computer.")
SURROUNDINGS_WSL = QT_TRANSLATE_NOOP(
    "Doctor", "This is WSL: Claude Code must run inside it too to reach the proxy for sure."
)
SURROUNDINGS_CONTAINER = QT_TRANSLATE_NOOP(
    "Doctor", "This is a container: the proxy can be reached from inside it only."
)
SURROUNDINGS_SSH = QT_TRANSLATE_NOOP(
    "Doctor", "This is a remote shell: keychain and tray of the desktop may be out of reach."
)
SURROUNDINGS_RDP = QT_TRANSLATE_NOOP(
    "Doctor", "This is a remote desktop: the proxy belongs to this session's user."
)
SURROUNDINGS_ROOT = QT_TRANSLATE_NOOP(
    "Doctor", "You are the administrator (root): settings and keys are root's, not yours."
)

CHECK_BROKE = QT_TRANSLATE_NOOP("Doctor", "This could not be checked ({error}).")
CHECK_SLOW = QT_TRANSLATE_NOOP("Doctor", "This gave no answer within {seconds} s.")
