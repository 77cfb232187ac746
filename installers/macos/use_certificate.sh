#!/bin/bash
# Puts the certificate of the release workflow into a keychain of its own, and tells the steps
# that follow its name. Without a certificate it says so and changes nothing.
#   MACOS_CERTIFICATE            the .p12 file, in base64
#   MACOS_CERTIFICATE_PASSWORD   its password
#   MACOS_NOTARY_KEY             the .p8 key of App Store Connect, in base64; optional
set -euo pipefail

if [ -z "${MACOS_CERTIFICATE:-}" ]; then
    echo "No certificate is configured: the application is signed ad hoc and not notarised."
    exit 0
fi

# Files that only this user can read; the runner's folder is thrown away with it.
umask 077
folder="$RUNNER_TEMP/signing"
mkdir -p "$folder"
keychain="$folder/release.keychain-db"
password=$(openssl rand -hex 24)

printf '%s' "$MACOS_CERTIFICATE" | base64 --decode >"$folder/certificate.p12"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$folder/certificate.p12" -k "$keychain" -P "$MACOS_CERTIFICATE_PASSWORD" \
    -f pkcs12 -T /usr/bin/codesign
rm "$folder/certificate.p12"
# Lets codesign use the key without a dialog.
security set-key-partition-list -S apple-tool:,apple: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db

identity=$(security find-identity -v -p codesigning "$keychain" |
    sed -n 's/.*"\(Developer ID Application: .*\)"$/\1/p' | head -n 1)
if [ -z "$identity" ]; then
    echo "The certificate is none for distribution outside of the App Store." >&2
    exit 1
fi
echo "QCC_DESKTOP_SIGN_IDENTITY=$identity" >>"$GITHUB_ENV"

if [ -n "${MACOS_NOTARY_KEY:-}" ]; then
    printf '%s' "$MACOS_NOTARY_KEY" | base64 --decode >"$folder/notary.p8"
    echo "QCC_DESKTOP_NOTARY_KEY=$folder/notary.p8" >>"$GITHUB_ENV"
fi
