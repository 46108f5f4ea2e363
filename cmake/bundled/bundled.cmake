# JICENG_DEPS=bundled: private, position-independent copies of what the library links, under names no host has, with nothing to be seen from outside.
# They take the names of the packages they stand for, so no room knows the difference.
include(${CMAKE_CURRENT_LIST_DIR}/sources.cmake)
set(bundled ${PROJECT_BINARY_DIR}/bundled)
jiceng_sources(${bundled})

# A symbol that is unique in the process would be shared with a host's copy, hidden or not; warnings in others' code are not ours to mend.
add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
find_package(Threads REQUIRED)

# Abseil, in an inline namespace of its own and with its own types as Debian's build has them, so that both builds are one interface.
set(options ${bundled}/abseil/absl/base/options.h)
file(READ ${options} text)
string(REGEX REPLACE "(#define ABSL_OPTION_USE_STD_[A-Z_]+) [012]" "\\1 0" private "${text}")
string(REGEX REPLACE "(#define ABSL_OPTION_USE_INLINE_NAMESPACE) [01]" "\\1 1" private "${private}")
string(REGEX REPLACE "(#define ABSL_OPTION_INLINE_NAMESPACE_NAME) [a-z0-9_]+" "\\1 jiceng_private" private "${private}")
string(REGEX REPLACE "(#define ABSL_OPTION_HARDENED) [01]" "\\1 1" private "${private}")
if(NOT private STREQUAL text)
  file(WRITE ${options} "${private}")
endif()
set(ABSL_PROPAGATE_CXX_STD ON)
set(ABSL_ENABLE_INSTALL OFF)
set(BUILD_SHARED_LIBS OFF)
set(BUILD_TESTING OFF)
add_subdirectory(${bundled}/abseil ${bundled}/abseil-build EXCLUDE_FROM_ALL SYSTEM)

# protobuf, with its outermost namespace renamed where the compiler reads it.  The list of files is that of its own build.
function(jiceng_bundled_protobuf TARGET LIST)
  file(STRINGS ${bundled}/protobuf/cmake/${LIST}.cmake files REGEX "^ +[$]{protobuf_[A-Za-z_]+}/[a-z0-9_/.]+[.]cc$")
  list(TRANSFORM files REPLACE "^ +[$]{[A-Za-z_]+}" "${bundled}/protobuf")
  list(TRANSFORM files REPLACE "/protobuf/google/" "/protobuf/src/google/")
  add_library(${TARGET} STATIC EXCLUDE_FROM_ALL ${files})
  target_include_directories(${TARGET} SYSTEM PUBLIC ${bundled}/protobuf/src)
  target_compile_definitions(${TARGET} PUBLIC google=jiceng_google PRIVATE HAVE_PTHREAD)
  target_compile_options(${TARGET} PRIVATE -w)
  target_link_libraries(${TARGET} PUBLIC Threads::Threads ${ARGN})
endfunction()
jiceng_bundled_protobuf(jiceng_protobuf_lite libprotobuf-lite)
jiceng_bundled_protobuf(jiceng_protobuf libprotobuf jiceng_protobuf_lite)  # for the command alone
add_library(protobuf::libprotobuf-lite ALIAS jiceng_protobuf_lite)
add_library(protobuf::libprotobuf ALIAS jiceng_protobuf)

# The compiler of schemas runs here, whatever is built for; what it writes fits one version of the runtime.
find_program(JICENG_PROTOC protoc)
file(STRINGS ${bundled}/protobuf/src/google/protobuf/stubs/common.h version REGEX "^#define GOOGLE_PROTOBUF_VERSION ")
string(REGEX REPLACE "[^0-9]" "" version "${version}")
math(EXPR minor "${version} / 1000 % 1000")
math(EXPR micro "${version} % 1000")
set(said "")
if(JICENG_PROTOC)
  execute_process(COMMAND ${JICENG_PROTOC} --version OUTPUT_VARIABLE said OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
if(NOT said MATCHES "^libprotoc (3[.])?${minor}[.]${micro}$")
  message(FATAL_ERROR "protoc of protobuf 3.${minor}.${micro} is needed, the bundled version; found: ${JICENG_PROTOC} ${said}.  Give it as -DJICENG_PROTOC=")
endif()
add_executable(protobuf::protoc IMPORTED)
set_target_properties(protobuf::protoc PROPERTIES IMPORTED_LOCATION ${JICENG_PROTOC})

find_program(JICENG_MAKE NAMES make gmake REQUIRED)
# SQLite in one file, made from Debian's source where it is not that already.
set(sqlite ${bundled}/sqlite)
if(NOT EXISTS ${sqlite}/sqlite3.c)
  find_program(JICENG_TCLSH NAMES tclsh tclsh8.6)
  find_program(JICENG_HOST_CC NAMES cc gcc clang)
  if(NOT JICENG_TCLSH OR NOT JICENG_HOST_CC)
    message(FATAL_ERROR "SQLite's source is put together by tclsh (Debian package tcl) and a C compiler for this machine")
  endif()
  set(sqlite ${bundled}/sqlite-build)
  file(MAKE_DIRECTORY ${sqlite})
  add_custom_command(OUTPUT ${sqlite}/sqlite3.c ${sqlite}/sqlite3.h
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${bundled}/sqlite -DCC=${JICENG_HOST_CC} -DMAKE=${JICENG_MAKE} -P ${CMAKE_CURRENT_LIST_DIR}/sqlite.cmake
    WORKING_DIRECTORY ${sqlite} DEPENDS ${bundled}/sqlite.stamp COMMENT "Putting SQLite into one file" VERBATIM)
endif()
add_library(jiceng_sqlite STATIC EXCLUDE_FROM_ALL ${sqlite}/sqlite3.c)
target_include_directories(jiceng_sqlite SYSTEM PUBLIC ${sqlite})
target_compile_definitions(jiceng_sqlite PRIVATE
  SQLITE_THREADSAFE=1 SQLITE_SECURE_DELETE=1 SQLITE_USE_URI=1 SQLITE_OMIT_LOAD_EXTENSION=1
  HAVE_FDATASYNC=1 HAVE_USLEEP=1 HAVE_GMTIME_R=1 HAVE_LOCALTIME_R=1 HAVE_STRCHRNUL=1 HAVE_PREAD=1 HAVE_PWRITE=1)
target_compile_options(jiceng_sqlite PRIVATE -w)
target_link_libraries(jiceng_sqlite PUBLIC Threads::Threads m)
add_library(SQLite::SQLite3 ALIAS jiceng_sqlite)

# Of libcrypto the digest alone (base/digest.cc), by OpenSSL's own build, which knows the code for each processor: seconds where the whole takes minutes.
find_program(JICENG_PERL perl REQUIRED)
set(processor_x86_64 linux-x86_64)
set(processor_aarch64 linux-aarch64)
set(processor_riscv64 linux64-riscv64)
set(openssl_target linux-generic64)
if(processor_${CMAKE_SYSTEM_PROCESSOR})
  set(openssl_target ${processor_${CMAKE_SYSTEM_PROCESSOR}})
endif()
set(openssl ${bundled}/openssl-build)
file(MAKE_DIRECTORY ${openssl}/include)
add_custom_command(OUTPUT ${openssl}/libjiceng_crypto.a
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${bundled}/openssl -DTARGET=${openssl_target} "-DCC=${CMAKE_C_COMPILER_LAUNCHER};${CMAKE_C_COMPILER}" -DAR=${CMAKE_AR}
          -DPERL=${JICENG_PERL} -DMAKE=${JICENG_MAKE} -P ${CMAKE_CURRENT_LIST_DIR}/openssl.cmake
  WORKING_DIRECTORY ${openssl} DEPENDS ${bundled}/openssl.stamp ${CMAKE_CURRENT_LIST_DIR}/openssl.cmake COMMENT "Building OpenSSL's digest" VERBATIM)
add_custom_target(jiceng_openssl DEPENDS ${openssl}/libjiceng_crypto.a)
add_library(OpenSSL::Crypto STATIC IMPORTED)
set_target_properties(OpenSSL::Crypto PROPERTIES IMPORTED_LOCATION ${openssl}/libjiceng_crypto.a
  INTERFACE_INCLUDE_DIRECTORIES "${openssl}/include;${bundled}/openssl/include")
add_dependencies(OpenSSL::Crypto jiceng_openssl)

# jiceng_archives(OUT target...): the archives of the targets and of all they link.
function(jiceng_archives OUT)
  set(left ${ARGN})
  set(seen "")
  set(archives "")
  while(left)
    list(POP_FRONT left target)
    string(REGEX REPLACE "^[$]<LINK_ONLY:(.*)>$" "\\1" target "${target}")
    if(NOT TARGET "${target}" OR target IN_LIST seen)
      continue()
    endif()
    list(APPEND seen ${target})
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
      list(APPEND archives $<TARGET_FILE:${target}>)
    endif()
    get_target_property(more ${target} INTERFACE_LINK_LIBRARIES)
    if(more)
      list(APPEND left ${more})
    endif()
  endwhile()
  set(${OUT} ${archives} PARENT_SCOPE)
endfunction()

# What a package that holds these copies must say.
set(notice "libjiceng holds private copies of:\n\n")
file(READ ${bundled}/versions.txt versions)
string(APPEND notice "${versions}")
foreach(licence abseil/LICENSE protobuf/LICENSE openssl/LICENSE.txt)
  file(READ ${bundled}/${licence} text)
  string(APPEND notice "\n\n==== ${licence}\n\n${text}")
endforeach()
string(APPEND notice "\n\n==== sqlite\n\nSQLite is in the public domain.\n")
file(WRITE ${bundled}/bundled.txt "${notice}")
