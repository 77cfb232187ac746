#!/bin/bash
# Installs the application from a disk image as a person does, and has what was installed test
# itself.
#   test_dmg.sh DMG VERSION
set -euo pipefail

if [ "$#" -ne 2 ]; then
    echo "usage: test_dmg.sh DMG VERSION" >&2
    exit 2
fi
image=$1
version=$2

folder=$(mktemp -d)
volume="$folder/volume"
mkdir "$folder/Applications" "$folder/home" "$volume"
trap 'hdiutil detach -quiet "$volume" || true; rm -rf "$folder"' EXIT
hdiutil attach -nobrowse -readonly -mountpoint "$volume" "$image"
test -L "$volume/Applications"
ditto "$volume/QCC Desktop.app" "$folder/Applications/QCC Desktop.app"

app="$folder/Applications/QCC Desktop.app"
plutil -lint "$app/Contents/Info.plist"
codesign --verify --deep --strict --verbose=2 "$app"
if [ -n "${QCC_DESKTOP_SIGN_IDENTITY:-}" ] && [ -n "${QCC_DESKTOP_NOTARY_KEY:-}" ]; then
    # What Gatekeeper says of a download; only a notarised application passes.
    spctl --assess --type execute --verbose "$app"
else
    echo "Gatekeeper was not asked: the application is not notarised."
fi

program="$app/Contents/MacOS/qcc-desktop"
said=$(env -i HOME="$folder/home" PATH=/usr/bin:/bin "$program" --version)
case "$said" in
    *"$version"*) echo "$said" ;;
    *)
        echo "installed is: $said" >&2
        exit 1
        ;;
esac
env -i HOME="$folder/home" PATH=/usr/bin:/bin "$program" selftest
