# Options a builder may set; inside another project our tests and benchmarks are off unless asked for.

# Debian's folder for libraries whatever the prefix is: its loader, its pkg-config and its CMake look there.
if(PROJECT_IS_TOP_LEVEL AND CMAKE_LIBRARY_ARCHITECTURE AND EXISTS /etc/debian_version)
  set(CMAKE_INSTALL_LIBDIR lib/${CMAKE_LIBRARY_ARCHITECTURE} CACHE PATH "Folder of libraries, below the prefix")
endif()
include(GNUInstallDirs)

option(JICENG_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(JICENG_COMMAND "Build the command `jiceng`" ${PROJECT_IS_TOP_LEVEL})
option(JICENG_BENCHMARKS "Build the benchmarks" OFF)
option(JICENG_INSTALL "Install, and make packages" ${PROJECT_IS_TOP_LEVEL})
option(JICENG_FUZZ "Build the fuzz targets (clang only)" OFF)
set(JICENG_SANITIZE "" CACHE STRING "Sanitizers for -fsanitize=, e.g. address,undefined or thread")

set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(JICENG_CCACHE ccache)
if(JICENG_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${JICENG_CCACHE})
endif()

add_library(jiceng_flags INTERFACE)
target_compile_options(jiceng_flags INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough -Werror)
if(JICENG_SANITIZE)
  add_compile_options(-fsanitize=${JICENG_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${JICENG_SANITIZE})
  # GCC warns of the code its sanitizers add, in the standard library's headers as in ours.
  target_compile_options(jiceng_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
