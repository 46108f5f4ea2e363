# Debian packages: `cpack` in the build folder of a Release build.  What they depend on is found by dpkg-shlibdeps.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME jiceng)
set(CPACK_PACKAGE_CONTACT "The jiceng authors <authors@jiceng.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime dev)
if(JICENG_COMMAND)
  list(APPEND CPACK_COMPONENTS_ALL command)
endif()
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/src/capi)  # the command's own library
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(version ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libjiceng1)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "organisation of grassroots governance - shared library
Keeps the districts, streets, communities, grids, Party organisations, committees
and people of China's grassroots governance and the dated ties between them in one
file, checks them against the rules that bind them, and says for everything it
finds which clause it rests on.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libjiceng-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libjiceng1 (= ${version})")
# For those who link libjiceng.a.
if(JICENG_DEPS STREQUAL "system")
  set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "libabsl-dev, libprotobuf-dev, libsqlite3-dev, libssl-dev")
endif()
set(CPACK_COMPONENT_DEV_DESCRIPTION "organisation of grassroots governance - development files
Headers for C and C++, the schemas of what hosts exchange with the library, the
static library, and what CMake and pkg-config need.")

set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME jiceng)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_COMMAND_PACKAGE_DEPENDS "libjiceng1 (= ${version})")
set(CPACK_COMPONENT_COMMAND_DESCRIPTION "organisation of grassroots governance - command
Ledgers in, dated checks with their clauses out: the command over libjiceng, with
the divisions of one city to try it on.")
include(CPack)
