#!/bin/sh
# Fetches appimagetool, and the part of an AppImage that starts it, into FOLDER; for the release
# workflow. Both are pinned by version and checksum.
#   fetch_appimagetool.sh FOLDER
set -eu

if [ "$#" -ne 1 ]; then
    echo "usage: fetch_appimagetool.sh FOLDER" >&2
    exit 2
fi
folder=$1
machine=$(uname -m)
tool=https://github.com/AppImage/appimagetool/releases/download/1.9.1/appimagetool
runtime=https://github.com/AppImage/type2-runtime/releases/download/20251108/runtime

case $machine in
    x86_64)
        tool_sha256=ed4ce84f0d9caff66f50bcca6ff6f35aae54ce8135408b3fa33abfc3cb384eb0
        runtime_sha256=2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d
        ;;
    aarch64)
        tool_sha256=f0837e7448a0c1e4e650a93bb3e85802546e60654ef287576f46c71c126a9158
        runtime_sha256=00cbdfcf917cc6c0ff6d3347d59e0ca1f7f45a6df1a428a0d6d8a78664d87444
        ;;
    *)
        echo "There is no appimagetool for $machine." >&2
        exit 1
        ;;
esac

mkdir -p "$folder"
fetch() { # ADDRESS SHA256 FILE
    curl --fail --silent --show-error --location --output "$3" "$1"
    echo "$2  $3" | sha256sum --check --quiet
}
fetch "$tool-$machine.AppImage" "$tool_sha256" "$folder/appimagetool.AppImage"
fetch "$runtime-$machine" "$runtime_sha256" "$folder/runtime"
chmod +x "$folder/appimagetool.AppImage"

# Called as appimagetool: needs no FUSE, and takes the runtime from here instead of the network.
cat >"$folder/appimagetool" <<EOF
#!/bin/sh
exec "$folder/appimagetool.AppImage" --appimage-extract-and-run --runtime-file "$folder/runtime" "\$@"
EOF
chmod +x "$folder/appimagetool"
