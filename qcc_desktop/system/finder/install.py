"""How Claude Code is installed where there is none."""

_NPM = "npm install -g @anthropic-ai/claude-code"
_COMMANDS = {
    "win32": "irm https://claude.ai/install.ps1 | iex",
    "darwin": "curl -fsSL https://claude.ai/install.sh | bash",
    "linux": "curl -fsSL https://claude.ai/install.sh | bash",
}


def install_command(system: str) -> str:
    """Return the line that installs it, for PowerShell on Windows, else for a shell.

    Anthropic's own installer, which needs neither Node.js nor administrator rights
    (code.claude.com/docs/en/setup); npm's where that one does not run. ``system`` is as
    `sys.platform`.
    """
    return _COMMANDS.get(system, _NPM)


def install_words(system: str) -> tuple[str, ...]:
    """Return the words that show `install_command`, run it, and keep their window open after it."""
    line = install_command(system)
    if system == "win32":
        return ("powershell.exe", "-NoExit", "-ExecutionPolicy", "Bypass", "-Command", line)
    script = (
        'printf \'%s\\n\\n\' "$1"; sh -c "$1";'
        " printf '\\n%s ' 'Press Return to close this window.'; read -r _"
    )
    return ("sh", "-c", script, "sh", line)
