#!/usr/bin/env bash
# From a fresh Debian 12 to a checked organisation and its report: installs what is missing, builds, runs the main job, shows its result.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh
out=${1:-out/quickstart}
date=2026-06-30

echo "1/6  packages and build (a few minutes the first time)"
# shellcheck disable=SC2086
install_packages $BUILD_PACKAGES
cmake -S . -B build/release -G Ninja -DCMAKE_BUILD_TYPE=Release -DJICENG_TESTS=OFF >/dev/null
cmake --build build/release --target jiceng
jiceng=build/release/bin/jiceng
rm -rf "$out"
mkdir -p "$out"

run() { printf '\n$ jiceng %s\n' "$*"; "$jiceng" "$@"; }

printf '\n2/6  a synthetic district: 玄武区 of Nanjing with real divisions, invented people\n'
run synth "$out/ledgers" --division 320102 --members 45000 --seed 1
printf '\n3/6  ledgers into a store\n'
run init "$out/district.jiceng"
run import "$out/district.jiceng" "$out/ledgers" --reason "first ledgers"
printf '\n4/6  the health check\n'
run audit "$out/district.jiceng" --date $date --set report.deadline_days=90 --limit 8
printf '\n5/6  three questions\n'
run count "$out/district.jiceng" unit:320102 --date $date
run rollup "$out/district.jiceng" --indicator report.rate --level street --date $date
run list "$out/district.jiceng" cross-appointments --under unit:320102 --date $date --limit 5
printf '\n6/6  the report\n'
run report "$out/district.jiceng" --out "$out/report.html" --date $date --set report.deadline_days=90
cat <<END

Open  $out/report.html  in a browser: it needs no network.
Try next:
  $jiceng tree $out/district.jiceng unit:320102 --date $date --depth 2
  $jiceng list $out/district.jiceng unreported --under unit:320102 --date $date --limit 10
  $jiceng search $out/district.jiceng 社区 --date $date
  $jiceng --help
END
