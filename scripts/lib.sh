# Shared by the scripts of this folder: source it, it does nothing by itself.

repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cache_folder="${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/wordkin"

# Debian 12's packages, by what needs them.
build_packages=(
  g++ cmake ninja-build pkg-config
  libboost-program-options-dev libdnnl-dev libedit-dev libeigen3-dev libhnswlib-dev libhwy-dev
  libre2-dev libutf8proc-dev libxxhash-dev libzstd-dev nlohmann-json3-dev zlib1g-dev
)
test_packages=(
  libgtest-dev libgmock-dev
  chromium                                # the pages that are written
  zsh fish man-db mandoc bsdextrautils    # the completions and the man page; the last for 'col'
)
thread_sanitizer_packages=(clang libclang-rt-14-dev libomp-dev)
fuzz_packages=(clang libclang-rt-14-dev)
benchmark_packages=(python3)  # scripts/bench-trainers
check_packages=(clang-format clang-tidy)
corpus_packages=(perl)  # scripts/clean-text
encoder_packages=(python3 python3-numpy python3-onnx)  # scripts/onnx-weights

say() { printf '%s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

is_installed() {
  dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "installing packages needs root: run this as root, or install sudo"
  fi
}

# Installs those of the named packages that are missing; needs no network when none is.
install_packages() {
  command -v dpkg-query >/dev/null || fail "this is no Debian system: install by hand: $*"
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "Packages: all $# are installed already."
    return
  fi
  say "Packages: installing ${missing[*]}"
  # A source of the user's own that does not answer is no reason to stop: the install will tell.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 ||
    say "apt-get update failed; trying to install with the package lists at hand."
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}" >&2 ||
    fail "could not install ${missing[*]}; see the messages above"
}

fetch() {  # url, file; gives up when nothing comes for some seconds
  if command -v curl >/dev/null; then
    curl -fsSL --connect-timeout 5 --speed-limit 200000 --speed-time 10 -o "$2" "$1"
  elif command -v wget >/dev/null; then
    timeout 180 wget -q --tries=1 --dns-timeout=5 --connect-timeout=5 --read-timeout=10 -O "$2" "$1"
  else
    timeout 180 perl -MHTTP::Tiny -e '
      my $answer = HTTP::Tiny->new(timeout => 5)->mirror(@ARGV);
      die "$answer->{status} $answer->{reason}\n" unless $answer->{success};' "$1" "$2"
  fi
}

# Unpacks a package into a folder, which it makes; fails where npm is missing or does not answer.
unpack_npm_package() {  # package@version, folder
  mkdir -p "$2"
  (
    cd "$2" || exit 1
    timeout 120 npm pack --silent --fetch-retries=0 "$1" >/dev/null 2>&1 || exit 1
    tar -xzf ./*.tgz --strip-components=1 || exit 1
    rm -f ./*.tgz
  )
}

core_count() { nproc 2>/dev/null || echo 1; }

# Configures and builds a preset of CMakePresets.json.
build_preset() {
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER="${CMAKE_CXX_COMPILER_LAUNCHER-ccache}"
  fi
  cmake -S "$repository" --preset "$1" >&2
  cmake --build "$repository/build/$1" --parallel "$(core_count)" >&2
}
