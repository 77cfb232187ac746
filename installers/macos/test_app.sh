#!/bin/bash
# Looks at an installed application and has it test itself.
#   test_app.sh APP VERSION
set -euo pipefail

if [ "$#" -ne 2 ]; then
    echo "usage: test_app.sh APP VERSION" >&2
    exit 2
fi
app=$1
version=$2

plutil -lint "$app/Contents/Info.plist"
codesign --verify --deep --strict --verbose=2 "$app"
if [ -n "${QCC_DESKTOP_SIGN_IDENTITY:-}" ] && [ -n "${QCC_DESKTOP_NOTARY_KEY:-}" ]; then
    # What Gatekeeper says of a download; only a notarised application passes, offline too.
    xcrun stapler validate "$app"
    spctl --assess --type execute --verbose "$app"
else
    echo "Gatekeeper was not asked: the application is not notarised."
fi

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
program="$app/Contents/MacOS/qcc-desktop"
said=$(env -i HOME="$home" PATH=/usr/bin:/bin "$program" --version)
case "$said" in
    *"$version"*) echo "$said" ;;
    *)
        echo "installed is: $said" >&2
        exit 1
        ;;
esac
env -i HOME="$home" PATH=/usr/bin:/bin "$program" selftest
