#!/bin/bash
# Has Apple notarise a signed .app or .dmg and staples the ticket to it, so that it opens without
# a warning, offline too. Without a key it says so and changes nothing.
#   notarise.sh FILE
#   QCC_DESKTOP_NOTARY_KEY      file with the .p8 key of App Store Connect
#   QCC_DESKTOP_NOTARY_KEY_ID   its number
#   QCC_DESKTOP_NOTARY_ISSUER   whose it is
set -euo pipefail

if [ "$#" -ne 1 ]; then
    echo "usage: notarise.sh FILE" >&2
    exit 2
fi
file=$1
if [ -z "${QCC_DESKTOP_NOTARY_KEY:-}" ]; then
    echo "No key for notarisation is configured: $(basename "$file") is not notarised."
    exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
handed_in=$file
if [ -d "$file" ]; then # a folder is handed in as an archive
    handed_in="$folder/application.zip"
    ditto -c -k --keepParent "$file" "$handed_in"
fi
answer="$folder/answer.json"
xcrun notarytool submit "$handed_in" --wait --timeout 30m --output-format json \
    --key "$QCC_DESKTOP_NOTARY_KEY" --key-id "$QCC_DESKTOP_NOTARY_KEY_ID" \
    --issuer "$QCC_DESKTOP_NOTARY_ISSUER" >"$answer"
cat "$answer"
status=$(plutil -extract status raw -o - "$answer")
if [ "$status" != "Accepted" ]; then # notarytool ends well when Apple says no
    xcrun notarytool log "$(plutil -extract id raw -o - "$answer")" \
        --key "$QCC_DESKTOP_NOTARY_KEY" --key-id "$QCC_DESKTOP_NOTARY_KEY_ID" \
        --issuer "$QCC_DESKTOP_NOTARY_ISSUER" >&2
    exit 1
fi
xcrun stapler staple "$file"
xcrun stapler validate "$file"
