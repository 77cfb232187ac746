#!/bin/bash
# Installs the application from a disk image as a person does, and from the archive as an update
# does, and has both test themselves.
#   test_dmg.sh DMG ARCHIVE VERSION
set -euo pipefail

if [ "$#" -ne 3 ]; then
    echo "usage: test_dmg.sh DMG ARCHIVE VERSION" >&2
    exit 2
fi
image=$1
archive=$2
version=$3
here=$(cd "$(dirname "$0")" && pwd)

if [ -n "${QCC_DESKTOP_SIGN_IDENTITY:-}" ] && [ -n "${QCC_DESKTOP_NOTARY_KEY:-}" ]; then
    spctl --assess --type open --context context:primary-signature --verbose "$image"
fi

folder=$(mktemp -d)
volume="$folder/volume"
mkdir "$folder/Applications" "$folder/update" "$volume"
trap 'hdiutil detach -quiet "$volume" || true; rm -rf "$folder"' EXIT
hdiutil attach -nobrowse -readonly -mountpoint "$volume" "$image"
test -L "$volume/Applications"
ditto "$volume/QCC Desktop.app" "$folder/Applications/QCC Desktop.app"
"$here/test_app.sh" "$folder/Applications/QCC Desktop.app" "$version"

# An archive keeps no extended attributes: the signature must stand without.
tar -xzf "$archive" -C "$folder/update"
"$here/test_app.sh" "$folder/update/QCC Desktop.app" "$version"
