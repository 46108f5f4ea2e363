# For 64-bit ARM (Kunpeng, Phytium) on a machine of another kind: Debian's cross compiler, and qemu to run what was built.
# With -DJICENG_DEPS=bundled nothing of the target is needed but its C and C++ libraries, which come with the compiler.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)

# Programs are this machine's, libraries the target's; packages without a binary part (nlohmann-json) serve both.
set(CMAKE_FIND_ROOT_PATH /usr/aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE BOTH)

find_program(JICENG_QEMU NAMES qemu-aarch64 qemu-aarch64-static)
if(JICENG_QEMU)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${JICENG_QEMU} -L /usr/aarch64-linux-gnu)
endif()
