#!/usr/bin/env bash
# buf lint over proto/, with the version named here, from npm.
set -eu
cd "$(dirname "$0")/.."
version=1.75.0
where=${JICENG_TOOLS:-build/tools}
if [ ! -x "$where/node_modules/.bin/buf" ]; then
  mkdir -p "$where"
  npm install --silent --no-audit --no-fund --prefix "$where" "@bufbuild/buf@$version"
fi
exec "$where/node_modules/.bin/buf" lint proto
