# What the package's scripts know about running programs. Only those of this very root count: not
# those of other containers.

PROGRAM=/usr/lib/qcc-desktop/qcc-desktop
NOTES=/run/qcc-desktop-upgrade
WAIT_S=30

# Prints the process ids of the running trays and `serve`s.
running() {
    for process in /proc/[0-9]*; do
        case "$(readlink "$process/exe" 2>/dev/null)" in
            "$PROGRAM" | "$PROGRAM (deleted)") ;;
            *) continue ;;
        esac
        [ "$process/root/." -ef /. ] || continue
        case "$(tr '\0' '\n' 2>/dev/null <"$process/cmdline" | sed -n 2p)" in
            '' | --hidden | serve | demo) echo "${process#/proc/}" ;;
        esac
    done
}

# Asks the running programs to finish their requests, give Claude Code's settings back and end.
stop_running() {
    pids=$(running)
    [ -n "$pids" ] || return 0
    echo "Stopping QCC Desktop; it gives Claude Code's settings back."
    # shellcheck disable=SC2086
    kill -TERM $pids 2>/dev/null || true
    waited=0
    while [ -n "$(running)" ]; do
        if [ "$waited" -ge "$WAIT_S" ]; then
            echo "QCC Desktop still runs (process $(running | tr '\n' ' ')); quit it by its icon." >&2
            return 0
        fi
        sleep 1
        waited=$((waited + 1))
    done
}

# Writes down whose programs run, and how they were started, for start_again. Root alone can read
# it, as environments hold secrets.
note_running() {
    rm -rf "$NOTES"
    for pid in $(running); do
        [ "$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n 2p)" = demo ] && continue
        (umask 077 && mkdir -p "$NOTES/$pid") || return 0
        stat -c '%u %g' "/proc/$pid" >"$NOTES/$pid/owner"
        # Without what PyInstaller's starter has added for this one process.
        grep -zv -e '^_PYI_' -e '^LD_LIBRARY_PATH=' "/proc/$pid/environ" |
            sed -z 's/^LD_LIBRARY_PATH_ORIG=/LD_LIBRARY_PATH=/' >"$NOTES/$pid/environ"
        cat "/proc/$pid/cmdline" >"$NOTES/$pid/cmdline"
        readlink "/proc/$pid/cwd" >"$NOTES/$pid/folder"
    done
}

# Starts what note_running wrote down, as its owner and with its environment; trays stay hidden.
start_again() {
    [ -d "$NOTES" ] || return 0
    for note in "$NOTES"/*; do
        user=$(cut -d ' ' -f 1 "$note/owner")
        group=$(cut -d ' ' -f 2 "$note/owner")
        {
            cat "$note/environ"
            printf '%s\0' "$PROGRAM"
            if [ "$(tr '\0' '\n' <"$note/cmdline" | sed -n 2p)" = serve ]; then
                tr '\0' '\n' <"$note/cmdline" | tail -n +2 | tr '\n' '\0'
            else
                printf -- '--hidden\0'
            fi
        } >"$note/words"
        (
            cd "$(cat "$note/folder")" 2>/dev/null || cd /
            setpriv --reuid="$user" --regid="$group" --init-groups -- \
                xargs -0 setsid --fork env -i <"$note/words" >/dev/null 2>&1
        )
        echo "QCC Desktop was started again."
    done
    rm -rf "$NOTES"
}
