#!/usr/bin/env bash
# Installs what is missing, builds, runs the tests.  The last line is "N passed, N failed".
#
#   tests/run.sh          the fast tests first, then the slow ones, AddressSanitizer over the core, a short fuzz run, lint
#   tests/run.sh --all    also the library with bundled copies of what it links, the core with unsigned chars, both for 64-bit ARM in an emulator,
#                         AddressSanitizer over everything, ThreadSanitizer over what threads share, longer fuzzing, clang-tidy
#   tests/run.sh --fast   only the build and the fast tests
set -u
cd "$(dirname "$0")/.." || exit 1
. tools/packages.sh

mode=${1:-}
case "$mode" in "" | --all | --fast) ;; -h | --help) sed -n '2,7p' "$0" | cut -c3-; exit 0 ;; *) echo "unknown option $mode; see tests/run.sh --help" >&2; exit 2 ;; esac
jobs=$(nproc)
build=${JICENG_BUILD:-build}
passed=0
failed=0
start=$(date +%s)
core='^(base|model|graph|rules|ledgers|store|wire)\.'  # the rooms whose tests the target core_tests builds
say() { printf '\n== %s  (%d s)\n' "$*" $(($(date +%s) - start)); }

# one NAME COMMAND...: a check that is one test.
one() {
  local name=$1 log
  shift
  log=$(mktemp)
  if "$@" >"$log" 2>&1; then
    passed=$((passed + 1)); echo "   passed: $name"
  else
    failed=$((failed + 1)); echo "   FAILED: $name"; tail -n 40 "$log" | sed 's/^/      /'
  fi
  rm -f "$log"
}

# suite DIR ARGUMENTS...: ctest, its tests counted one by one.
suite() {
  local dir=$1 log total bad
  shift
  log=$(mktemp)
  ctest --test-dir "$dir" --output-on-failure -j "$jobs" "$@" >"$log" 2>&1
  total=$(sed -n 's/.*tests failed out of \([0-9]*\).*/\1/p' "$log" | tail -n 1)
  bad=$(sed -n 's/.*, \([0-9]*\) tests failed out of.*/\1/p' "$log" | tail -n 1)
  if [ -z "$total" ] || [ "$total" = 0 ]; then
    echo "   FAILED: no test ran in $dir $*"; tail -n 20 "$log"; failed=$((failed + 1)); rm -f "$log"; return
  fi
  [ "$bad" = 0 ] || grep -vE '^ *[0-9]+/[0-9]+ Test .* Passed|^ +Start ' "$log" | tail -n 120
  grep -E 'Test .*(Failed|Timeout|Exception|Not Run)' "$log" | head -n 40
  passed=$((passed + total - bad)); failed=$((failed + bad))
  echo "   $((total - bad)) of $total passed"
  rm -f "$log"
}

# build_with NAME CMAKE-ARGUMENTS... -- TARGETS...: configures and builds build/NAME.
build_with() {
  local dir=$build/$1 args=() log
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do args+=("$1"); shift; done
  [ $# -gt 0 ] && shift
  log=$(mktemp)
  if cmake -S . -B "$dir" -G Ninja "${args[@]}" >"$log" 2>&1 && cmake --build "$dir" -j "$jobs" ${1:+--target "$@"} >"$log" 2>&1; then
    rm -f "$log"
  else
    echo "   FAILED: building $dir"; grep -E 'error|Error|FAILED' "$log" | head -n 30; failed=$((failed + 1)); rm -f "$log"; return 1
  fi
}

finish() {
  say "done"
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" = 0 ] && exit 0
  exit 1
}

say "packages"
packages=$TEST_PACKAGES
[ "$mode" = --all ] && packages=$ALL_PACKAGES
# shellcheck disable=SC2086
install_packages $packages || { echo "0 passed, 1 failed"; exit 1; }

say "build"
build_with test -DCMAKE_BUILD_TYPE=RelWithDebInfo -DJICENG_TESTS=ON -DJICENG_BENCHMARKS=ON || finish
say "fast tests"
suite "$build/test" -L fast
[ "$mode" = --fast ] && finish
say "slow tests"
suite "$build/test" -L slow

say "lint"
one "sources are formatted" sh -c "git ls-files '*.cc' '*.h' '*.hpp' '*.c' | xargs clang-format-14 --dry-run -Werror"
one "protos pass buf lint" tools/lint_protos.sh

if [ "$mode" = --all ]; then
  say "private copies of what the library links: hosts, exported names, the C interface, installation"
  build_with bundled -DCMAKE_BUILD_TYPE=RelWithDebInfo -DJICENG_TESTS=ON -DJICENG_DEPS=bundled -- isolation_tests &&
    suite "$build/bundled" -R '^(embedding|abi|capi|install)\.'
  say "the core where chars have no sign, as on ARM"
  build_with unsigned_char -DCMAKE_BUILD_TYPE=RelWithDebInfo -DJICENG_TESTS=ON -DCMAKE_CXX_FLAGS=-funsigned-char -- core_tests &&
    suite "$build/unsigned_char" -L fast -R "$core"
  # From the sources fetched above, as a site without a network has them.
  say "64-bit ARM in an emulator: the core, the C interface, hosts, installation"
  build_with aarch64 -DCMAKE_TOOLCHAIN_FILE=cmake/toolchains/aarch64-linux-gnu.cmake -DCMAKE_BUILD_TYPE=Release -DJICENG_TESTS=ON -DJICENG_COMMAND=OFF \
    -DJICENG_DEPS=bundled -DJICENG_SOURCES="$PWD/$build/bundled/bundled/sources" -- core_tests isolation_tests &&
    one "converters of character sets for it" tools/converters.sh arm64 "$build/aarch64/gconv" &&
    GCONV_PATH="$PWD/$build/aarch64/gconv" suite "$build/aarch64" -R "$core|^(embedding|abi|capi|install)\."
  say "AddressSanitizer and UndefinedBehaviorSanitizer over everything"
  build_with asan -DCMAKE_BUILD_TYPE=RelWithDebInfo -DJICENG_TESTS=ON -DJICENG_SANITIZE=address,undefined && suite "$build/asan"
else
  say "AddressSanitizer and UndefinedBehaviorSanitizer over the core"
  if build_with asan -DCMAKE_BUILD_TYPE=RelWithDebInfo -DJICENG_TESTS=ON -DJICENG_SANITIZE=address,undefined -- core_tests; then
    suite "$build/asan" -L fast -R "$core"
  fi
fi

say "fuzzing for a moment"
seconds=15
[ "$mode" = --all ] && seconds=120
if build_with fuzz -DCMAKE_BUILD_TYPE=RelWithDebInfo -DJICENG_TESTS=OFF -DJICENG_FUZZ=ON -DJICENG_SANITIZE=address,undefined \
  -DCMAKE_C_COMPILER=clang-14 -DCMAKE_CXX_COMPILER=clang++-14 -- fuzz_targets; then
  for target in "$build"/fuzz/tests/fuzz/*_fuzz; do
    one "$(basename "$target") for $seconds s" "$target" -max_total_time=$seconds -timeout=30 -rss_limit_mb=4096 -artifact_prefix="$build/fuzz/"
  done
fi

if [ "$mode" = --all ]; then
  # The programs whose tests run threads or processes beside each other.
  say "ThreadSanitizer over what threads share"
  shared="rules_audit_test rules_policy_test store_test store_process_test capi_test capi_process_test cpp17_test"
  # shellcheck disable=SC2086
  if build_with tsan -DCMAKE_BUILD_TYPE=RelWithDebInfo -DJICENG_TESTS=ON -DJICENG_SANITIZE=thread -- $shared; then
    for program in $shared; do
      one "$program under ThreadSanitizer" "$(find "$build/tsan/tests" -name "$program" -type f)"
    done
  fi
  say "clang-tidy"
  one "clang-tidy finds nothing" tools/tidy.sh "$build/test"
else
  printf '\nLeft out (tests/run.sh --all): the library with bundled copies of what it links, the core with unsigned chars, 64-bit ARM, sanitizers over engine, C interface and command, ThreadSanitizer, longer fuzzing, clang-tidy.\n'
fi
finish
