# Builds of OpenSSL what SHA-256 is made of, in the current folder.  Needs SOURCE, TARGET, CC (a list), AR, PERL, MAKE.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
list(REMOVE_ITEM CC "")
list(JOIN CC " " cc)
set(ENV{CC} "${cc}")
set(ENV{AR} ${AR})
run(${PERL} ${SOURCE}/Configure ${TARGET} -fPIC -fvisibility=hidden no-shared no-module no-dso no-engine no-tests)
file(STRINGS Makefile objects
  REGEX "^crypto/(sha/libcrypto-lib-sha256[a-z0-9_-]*|libcrypto-lib-([a-z0-9_]*cpuid|[a-z0-9]*cap|ctype|getenv|mem_clr))[.]o:")
list(TRANSFORM objects REPLACE ":.*" "")
list(REMOVE_DUPLICATES objects)
run(${MAKE} build_generated ${objects})
file(REMOVE libjiceng_crypto.a)
run(${AR} rcs libjiceng_crypto.a ${objects})
