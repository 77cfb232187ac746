#!/bin/bash
# Takes the keychain and the keys of use_certificate.sh away; does nothing where there are none.
set -euo pipefail

folder="$RUNNER_TEMP/signing"
keychain="$folder/release.keychain-db"
if [ -e "$keychain" ]; then
    # Takes it off the list of keychains too, which would otherwise name a file that is gone.
    security delete-keychain "$keychain"
fi
rm -rf "$folder"
