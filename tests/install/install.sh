#!/usr/bin/env bash
# One step of the installation's tests; the variables come from CMakeLists.txt.
set -euo pipefail
lib=$PREFIX/$LIBDIR
scratch=$SCRATCH/$1
rm -rf "$scratch"
mkdir -p "$scratch"

fail() { echo "$*" >&2; exit 1; }
# there FILE...: all of them are.
there() { for file in "$@"; do [ -e "$file" ] || fail "$file is not there"; done; }
# same PROGRAM...: the examples print the same, in the emulator where they are another machine's.
# shellcheck disable=SC2086
same() { for program in "$@"; do $EMULATOR "$program" "$SOURCE/tests/abi/ledgers" | diff -u "$SOURCE/tests/abi/quick.txt" - || fail "$program"; done; }
# needs PROGRAM: the shared libraries it names.
needs() { "$OBJDUMP" -p "$1" | sed -n 's/^ *NEEDED *//p'; }

case $1 in
  prefix)
    rm -rf "$PREFIX"
    "$CMAKE" --install "$BUILD" --config "$CONFIG" --prefix "$PREFIX"
    there "$lib/libjiceng.so.1" "$lib/libjiceng.so" "$lib/pkgconfig/jiceng.pc" "$lib/cmake/jiceng/jicengConfig.cmake" "$PREFIX/include/jiceng/jiceng.h" \
      "$PREFIX/include/jiceng/jiceng.hpp" "$PREFIX/share/jiceng/proto/jiceng/v1/change.proto"
    [ "$("$OBJDUMP" -p "$lib/libjiceng.so" | sed -n 's/^ *SONAME *//p')" = libjiceng.so.1 ] || fail "another soname"
    # The headers are the source tree's, none is made by the build.
    diff -r "$SOURCE/include/jiceng" "$PREFIX/include/jiceng"
    # No text that is installed knows where it was built.
    if grep -rIl -e "$SOURCE" -e "$BUILD" "$PREFIX"; then fail "these name the source or the build folder"; fi
    ;;
  command)
    cd "$scratch"
    there "$PREFIX/share/man/man1/jiceng.1"
    "$PREFIX/bin/jiceng" --version | grep -F "$VERSION"
    [ "$(env -i "$PREFIX/bin/jiceng" synth ledgers --division 320102 --members 200 --format csv | wc -l)" -gt 1 ] || fail "no ledgers"
    "$PREFIX/bin/jiceng" --help --lang en | sed -n 's/^  \([a-z]\{3,\}\)  .*/\1/p' | while read -r command; do
      grep -qxF ".B $command" "$PREFIX/share/man/man1/jiceng.1" || fail "the manual page does not have $command"
    done
    ;;
  cmake)
    "$CMAKE" -S "$SOURCE/tests/install/project" -B "$scratch" -DCMAKE_PREFIX_PATH="$PREFIX" -DCMAKE_TOOLCHAIN_FILE="$TOOLCHAIN" -DCMAKE_C_COMPILER="$CC" \
      -DCMAKE_CXX_COMPILER="$CXX" -DEXAMPLES="$SOURCE/examples" -DJICENG_VERSION="${VERSION%.*}"
    "$CMAKE" --build "$scratch"
    same "$scratch"/quick_{c,cpp,c_static,cpp_static}
    needs "$scratch/quick_c" | grep -qx libjiceng.so.1 || fail "quick_c is not linked with libjiceng.so.1"
    if needs "$scratch/quick_cpp_static" | grep libjiceng; then fail "quick_cpp_static is"; fi
    # A version of another interface is not taken.
    if "$CMAKE" -S "$SOURCE/tests/install/project" -B "$scratch/newer" -DCMAKE_PREFIX_PATH="$PREFIX" -DCMAKE_TOOLCHAIN_FILE="$TOOLCHAIN" -DJICENG_VERSION=99 >/dev/null 2>&1; then
      fail "version 99 was found"
    fi
    ;;
  pkg_config)
    # Moved, as an archive is unpacked elsewhere.
    cp -a "$PREFIX" "$scratch/moved"
    export PKG_CONFIG_PATH=$scratch/moved/$LIBDIR/pkgconfig LD_LIBRARY_PATH=$scratch/moved/$LIBDIR
    [ "$(pkg-config --modversion jiceng)" = "$VERSION" ] || fail "another version"
    # shellcheck disable=SC2046
    {
      "$CC" -std=c99 "$SOURCE/examples/c/quick.c" $(pkg-config --cflags --libs jiceng) -o "$scratch/c"
      "$CXX" -std=c++17 "$SOURCE/examples/cpp/quick.cc" $(pkg-config --cflags --libs jiceng) -o "$scratch/cpp"
      "$CC" -std=c99 "$SOURCE/examples/c/quick.c" $(pkg-config --cflags --libs jiceng-static) -o "$scratch/static"
    }
    same "$scratch/c" "$scratch/cpp"
    LD_LIBRARY_PATH='' same "$scratch/static"
    ;;
  portal)
    # An example of several files, by the CMakeLists.txt a host would copy.
    "$CMAKE" -S "$SOURCE/examples/portal" -B "$scratch" -DCMAKE_PREFIX_PATH="$PREFIX" -DCMAKE_CXX_COMPILER="$CXX"
    "$CMAKE" --build "$scratch"
    needs "$scratch/portal" | grep -qx libjiceng.so.1 || fail "portal is not linked with libjiceng.so.1"
    "$scratch/portal" --help | grep -F -- --scope
    ;;
  static_names)
    # One object, and to be seen are the functions of the headers.
    [ "$(ar t "$lib/libjiceng.a")" = jiceng.o ] || fail "not one object"
    "$NM" --defined-only --extern-only "$lib/libjiceng.a" | sed -n 's/^[0-9a-f]* \([A-Za-z]\) \(.*\)/\1 \2/p' | sort >"$scratch/is"
    sed -n 's/^ \+\(jiceng_[a-z0-9_]*\);$/T \1/p' "$SOURCE/src/capi/jiceng.map" | sort >"$scratch/promised"
    diff -u "$scratch/promised" "$scratch/is"
    ;;
  deb)
    cd "$scratch"
    "$CPACK" -G DEB -C "$CONFIG" --config "$BUILD/CPackConfig.cmake" -B "$scratch"
    for deb in *.deb; do
      dpkg-deb -x "$deb" root
      dpkg-deb -e "$deb" "control.${deb%%_*}"
    done
    there root/usr/{bin/jiceng,share/man/man1/jiceng.1,share/jiceng/nanjing/villages.csv,include/jiceng/jiceng.hpp} \
      root/usr/"$LIBDIR"/{libjiceng.so.1,libjiceng.so,libjiceng.a,pkgconfig/jiceng.pc,cmake/jiceng/jicengConfig.cmake} \
      root/usr/share/doc/{libjiceng1,libjiceng-dev,jiceng}/copyright control.libjiceng1/{shlibs,postinst}
    # What is needed was found out, not written down; each package says what it holds.
    grep -E '^Depends:.*libc6' control.libjiceng1/control
    if [ "$DEPS" = bundled ]; then
      if grep -E '^Depends:.*(absl|protobuf|sqlite|ssl)' control.{libjiceng1,jiceng}/control; then fail "needs what it is said to hold"; fi
      there root/usr/share/doc/libjiceng1/bundled.txt
    else
      grep -E '^Depends:.*libsqlite3-0' control.libjiceng1/control
    fi
    grep -E '^libjiceng.so.* needs GLIBC_[0-9.]+, GLIBCXX_' root/usr/share/doc/libjiceng1/needs.txt
    grep -F "Depends: libjiceng1 (= $VERSION-1)" control.libjiceng-dev/control
    grep -E "^Depends:.*libjiceng1 \(= $VERSION-1\)" control.jiceng/control
    grep -F 'libjiceng 1 libjiceng1' control.libjiceng1/shlibs
    [ "$(dpkg-deb -c libjiceng1_*.deb | grep -c '\.h$\|\.so$')" = 0 ] || fail "the library's package holds development files"
    LD_LIBRARY_PATH=root/usr/$LIBDIR root/usr/bin/jiceng --version
    ;;
  *) fail "no step $1" ;;
esac
