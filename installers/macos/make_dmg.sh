#!/bin/bash
# Packs an application into a disk image, beside a link to /Applications to drag it to.
#   make_dmg.sh APP DMG
set -euo pipefail

if [ "$#" -ne 2 ]; then
    echo "usage: make_dmg.sh APP DMG" >&2
    exit 2
fi
app=$1
image=$2

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
# ditto keeps what a signature covers: links, permissions and extended attributes.
ditto "$app" "$staging/$(basename "$app")"
ln -s /Applications "$staging/Applications"

# hdiutil sometimes says "Resource busy" while Spotlight looks at the new volume.
for attempt in 1 2 3 4 5; do
    if hdiutil create -volname "QCC Desktop" -srcfolder "$staging" -fs HFS+ -format UDZO -ov "$image"; then
        hdiutil verify "$image"
        exit 0
    fi
    echo "make_dmg: attempt $attempt failed" >&2
    sleep "$((attempt * 2))"
done
exit 1
