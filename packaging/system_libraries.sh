#!/bin/sh
# Installs the system libraries Qt needs on Debian and its kin, or says which command does.
set -eu

packages="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3 \
libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0"
# For one test, which skips without them: a screen and the bus that screen readers listen on.
[ "${1:-}" != --tests ] || packages="$packages xvfb dbus-daemon at-spi2-core"
# For building a package and proving it in a fresh Debian.
[ "${1:-}" != --package ] || packages="$packages binutils libwayland-client0 libwayland-cursor0 \
debootstrap xvfb x11-utils x11-apps netpbm desktop-file-utils appstream"

command -v dpkg-query >/dev/null 2>&1 || exit 0 # another system brings its own Qt libraries

missing=""
for package in $packages; do
    # 2024's 64-bit time transition renamed some packages: libglib2.0-0t64 serves as well.
    status=$(dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null || true)
    case "$status" in
        *"install ok installed"*) ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    run=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    run="sudo"
else
    echo "Please install the libraries Qt needs:  sudo apt-get install$missing" >&2
    exit 0
fi
echo "Installing system libraries:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
{ $run apt-get update -qq && $run apt-get install -y -qq --no-install-recommends $missing; } \
    >/dev/null 2>&1 || {
    echo "Please install the libraries Qt needs:  sudo apt-get install$missing" >&2
    exit 0
}
