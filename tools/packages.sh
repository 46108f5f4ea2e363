# Debian packages by what they are needed for; sourced by examples/quickstart.sh and tests/run.sh.
BUILD_PACKAGES="cmake ninja-build g++ libabsl-dev libprotobuf-dev protobuf-compiler libsqlite3-dev libssl-dev nlohmann-json3-dev libxlsxwriter-dev"
TEST_PACKAGES="$BUILD_PACKAGES libgtest-dev libgmock-dev libbenchmark-dev libcpp-httplib-dev doxygen python3 python3-icalendar python3-openpyxl python3-venv clang-14 libclang-rt-14-dev clang-format-14 clang-tidy-14 chromium chromium-driver fonts-noto-cjk nodejs npm binutils ccache openjdk-17-jdk-headless maven pkg-config dpkg-dev file abigail-tools perl make tcl"
ALL_PACKAGES="$TEST_PACKAGES g++-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user googletest"

# install_packages NAME...: installs those that are missing; says which when it may not.
install_packages() {
  local missing=""
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
  # A tool that is there by another way serves as well.
  for pair in nodejs:node npm:npm python3:python3 cmake:cmake ninja-build:ninja g++:g++ openjdk-17-jdk-headless:javac maven:mvn; do
    if command -v "${pair#*:}" >/dev/null 2>&1; then missing=$(printf '%s\n' $missing | grep -vx -- "${pair%%:*}" | tr '\n' ' '); fi
  done
  [ -n "${missing// /}" ] || return 0
  local as_root=""
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "These packages are missing and only root may install them:$missing" >&2
      return 1
    fi
    as_root=sudo
  fi
  echo "Installing:$missing"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null || return 1
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || return 1
}
