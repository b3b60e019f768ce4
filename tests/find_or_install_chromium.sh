#!/bin/sh
# Finds a Chromium for the browser tests, or installs one: Debian's when root, else Playwright's own download.
# Usage: sh tests/find_or_install_chromium.sh PYTHON
set -eu

for name in "${REPLIQUE_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests (apt-get)"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
    echo "Downloading Chromium for the browser tests (Playwright)"
    "$1" -m playwright install chromium
fi
