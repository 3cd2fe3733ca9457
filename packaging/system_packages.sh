#!/bin/bash
# Finds out which system packages are missing and installs them where that is possible:
# apt, and the right to use it. Elsewhere it says which, and the studio starts as well as it can.
# Quiet when nothing is missing.
#
#   system_packages.sh            what the window needs
#   system_packages.sh --test     also what the tests need: a tray, a notification daemon, a sound server
#   system_packages.sh --python   only a Python that can make virtual environments
#
# Exits with 1 only where nothing can go on: without a fitting Python.

set -u

# Debian's package, and the library by which it is recognised on other systems (- for none).
# The xcb names are what ldd lists for Qt/plugins/platforms/libqxcb.so of PySide6 6.11.
WINDOW="
libegl1 libEGL.so.1
libgl1 libGL.so.1
libglib2.0-0 libglib-2.0.so.0
libdbus-1-3 libdbus-1.so.3
libfontconfig1 libfontconfig.so.1
libx11-6 libX11.so.6
libx11-xcb1 libX11-xcb.so.1
libxcb1 libxcb.so.1
libxcb-cursor0 libxcb-cursor.so.0
libxcb-icccm4 libxcb-icccm.so.4
libxcb-image0 libxcb-image.so.0
libxcb-keysyms1 libxcb-keysyms.so.1
libxcb-randr0 libxcb-randr.so.0
libxcb-render0 libxcb-render.so.0
libxcb-render-util0 libxcb-render-util.so.0
libxcb-shape0 libxcb-shape.so.0
libxcb-shm0 libxcb-shm.so.0
libxcb-sync1 libxcb-sync.so.1
libxcb-util1 libxcb-util.so.1
libxcb-xfixes0 libxcb-xfixes.so.0
libxcb-xkb1 libxcb-xkb.so.1
libxkbcommon0 libxkbcommon.so.0
libxkbcommon-x11-0 libxkbcommon-x11.so.0
libportaudio2 libportaudio.so.2
fonts-noto-cjk -
"
TESTS="
at-spi2-core -
dbus -
dunst -
faketime -
ffmpeg -
libasound2-plugins -
libglib2.0-bin -
libnotify-bin -
pulseaudio -
pulseaudio-utils -
python3-pyatspi -
xdotool -
xfce4-panel -
xvfb -
"

main() {
    case "${1:-}" in
        --python) check_python ;;
        --test) check_packages "$WINDOW$TESTS" "some tests will be skipped" ;;
        "") check_packages "$WINDOW" "the window or its sound may not work" ;;
        *) echo "usage: $0 [--test | --python]" >&2; exit 2 ;;
    esac
}

check_packages() {
    [ "$(uname)" = Linux ] || return 0
    local missing
    missing=$(missing_packages "$1")
    [ -n "$missing" ] || return 0
    install_packages $missing
    missing=$(missing_packages "$1")
    [ -z "$missing" ] || warn "These system packages are missing; $2:" $missing
    return 0
}

missing_packages() {
    if command -v dpkg-query >/dev/null; then
        # Provided names count, since some packages were renamed (libglib2.0-0t64).
        awk 'NR == FNR { if ($1 == "installed") for (i = 2; i <= NF; i++) have[$i] = 1; next }
             NF && !($1 in have) { print $1 }' \
            <(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' | tr -d ,) \
            <(echo "$1")
    else
        # Other systems name their packages differently: compare libraries, name those missing.
        awk 'NR == FNR { have[$1] = 1; next } NF && $2 != "-" && !($2 in have) { print $2 }' \
            <(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p) <(echo "$1")
    fi
}

install_packages() {
    local as_root
    as_root=$(how_to_be_root) && command -v apt-get >/dev/null || return 0
    echo "Installing system packages:" "$@"
    apt_install "$as_root" "$@" && return
    $as_root apt-get update -qq >/dev/null
    apt_install "$as_root" "$@" && return
    # One unknown name spoils the whole list, so take each for itself.
    local package
    for package in "$@"; do
        apt_install "$as_root" "$package" || true
    done
}

apt_install() {
    local as_root=$1
    shift
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes \
        --no-install-recommends -o DPkg::Lock::Timeout=120 "$@" >/dev/null 2>&1
}

how_to_be_root() {
    if [ "$(id -u)" = 0 ]; then
        echo ""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "sudo -n"
    else
        return 1
    fi
}

check_python() {
    local python=${PYTHON:-python3}
    if [ "$python" = python3 ] && ! command -v python3 >/dev/null; then
        install_packages python3 python3-venv
    fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        warn "Python 3.11 or newer is needed. Name one with: make PYTHON=/path/to/python3.11"
        exit 1
    fi
    # Debian cuts ensurepip out of its Python and keeps it in a package of its own.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        install_packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            warn "$python cannot make virtual environments. Install its package: python3-venv"
            exit 1
        fi
    fi
}

warn() {
    echo "$1" >&2
    shift
    [ $# = 0 ] || printf '    %s\n' "$*" >&2
}

main "$@"
