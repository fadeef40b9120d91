# Shared by scripts/check-report and check-map: source it with 'page' set to the page to open.

checker="${0##*/}"
browser="$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)"
if [ -z "$browser" ]; then
  echo "$checker: needs Chromium (Debian: apt-get install chromium)" >&2
  exit 3
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Options for the browser; the page, unless another is named in 'opened'. Its complaints are in
# $work/log.
open_page() {
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-dev-shm-usage --disable-background-networking --disable-component-update \
    --disable-sync --hide-scrollbars --user-data-dir="$work/profile" --enable-logging=stderr \
    "$@" "file://${opened:-$page}" 2>>"$work/log"
}

fault() {
  printf '%s: %s: %s\n' "$checker" "$page" "$*" >&2
  exit 1
}

refuse_complaints() {
  ! grep -E 'CONSOLE.*(Error|Refused)' "$work/log" || fault "its script complains"
}

# Wide and narrow, light and dark; as high as the number given.
take_pictures() {  # folder, height
  mkdir -p "$1"
  local width
  for width in 1200 400; do
    open_page --window-size="$width,$2" --screenshot="$1/$width-light.png"
    open_page --window-size="$width,$2" --blink-settings=preferredColorScheme=0 \
      --screenshot="$1/$width-dark.png"
  done
}
