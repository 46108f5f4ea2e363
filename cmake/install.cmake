# What is installed and where.  Three components, each a Debian package of its own (package.cmake):
#
#   runtime  the shared library
#   dev      headers, schemas, the static library, what find_package and pkg-config read, the guides
#   command  `jiceng`, the divisions it makes demonstrations of, its manual page
include(CMakePackageConfigHelpers)
set(cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/jiceng)

install(TARGETS jiceng_shared EXPORT jiceng
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT dev)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/jiceng DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev
  FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
install(DIRECTORY ${PROJECT_SOURCE_DIR}/proto/jiceng DESTINATION ${CMAKE_INSTALL_DATADIR}/jiceng/proto COMPONENT dev
  FILES_MATCHING PATTERN "*.proto")

# find_package(jiceng).  Until 1.0 a minor version may change the interface, and is asked for exactly.
install(EXPORT jiceng NAMESPACE jiceng:: FILE jicengTargets.cmake DESTINATION ${cmake_dir} COMPONENT dev)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/jicengConfig.cmake.in ${PROJECT_BINARY_DIR}/install/jicengConfig.cmake
  INSTALL_DESTINATION ${cmake_dir} PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR)
set(compatibility SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(compatibility SameMinorVersion)
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/install/jicengConfigVersion.cmake COMPATIBILITY ${compatibility})
install(FILES ${PROJECT_BINARY_DIR}/install/jicengConfig.cmake ${PROJECT_BINARY_DIR}/install/jicengConfigVersion.cmake
  DESTINATION ${cmake_dir} COMPONENT dev)

# pkg-config; paths are told from the place of the file, so that a tree may be moved.
string(REGEX REPLACE "[^/]+" ".." PC_PREFIX ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
configure_file(${CMAKE_CURRENT_LIST_DIR}/jiceng.pc.in ${PROJECT_BINARY_DIR}/install/jiceng.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/install/jiceng.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)

# The static library (static.cmake) with the libraries it needs beside it.
if(TARGET jiceng_static)
  install(FILES ${JICENG_STATIC_DIR}/libjiceng.a DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
  install(FILES ${JICENG_STATIC_DIR}/jiceng-static.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
  install(FILES ${JICENG_STATIC_DIR}/jicengStaticLibraries.cmake DESTINATION ${cmake_dir} COMPONENT dev)
endif()

# Guides and licence, in each package's folder.
set(docs ${CMAKE_INSTALL_DATADIR}/doc)
set(sources ${PROJECT_SOURCE_DIR}/docs)
install(FILES ${sources}/embedding.md ${sources}/stability.md ${sources}/sql-views.md ${sources}/store-format.md
  DESTINATION ${docs}/libjiceng-dev COMPONENT dev)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples/c ${PROJECT_SOURCE_DIR}/examples/cpp
  DESTINATION ${docs}/libjiceng-dev/examples COMPONENT dev)
install(FILES ${PROJECT_BINARY_DIR}/install/needs.txt DESTINATION ${docs}/libjiceng1 COMPONENT runtime)
if(JICENG_DEPS STREQUAL "bundled")
  install(FILES ${PROJECT_BINARY_DIR}/bundled/bundled.txt DESTINATION ${docs}/libjiceng1 COMPONENT runtime)
endif()
set(packages runtime:libjiceng1 dev:libjiceng-dev)
if(JICENG_COMMAND)
  # The command finds its library beside itself, wherever the prefix is.
  file(RELATIVE_PATH to_library /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
  set_target_properties(jiceng PROPERTIES INSTALL_RPATH "$ORIGIN/${to_library}")
  install(TARGETS jiceng RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT command)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples/data/nanjing DESTINATION ${CMAKE_INSTALL_DATADIR}/jiceng COMPONENT command)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/rules/packs DESTINATION ${CMAKE_INSTALL_DATADIR}/jiceng COMPONENT command)
  install(FILES ${PROJECT_SOURCE_DIR}/docs/jiceng.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT command)
  install(FILES ${sources}/cli.md ${sources}/ledgers.md ${sources}/policy.md ${sources}/rules.md ${sources}/privacy.md
    DESTINATION ${docs}/jiceng COMPONENT command)
  list(APPEND packages command:jiceng)
endif()
foreach(pair IN LISTS packages)
  string(REGEX MATCH "^[a-z]+" component ${pair})
  string(REGEX MATCH "[a-z0-9-]+$" package ${pair})
  install(FILES ${PROJECT_SOURCE_DIR}/cmake/debian/copyright DESTINATION ${docs}/${package} COMPONENT ${component})
  install(FILES ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${docs}/${package} COMPONENT ${component} RENAME changelog)
endforeach()
