# Puts SQLite's source into one file, sqlite3.c, in the current folder, with tools for this machine.  Needs SOURCE, CC, MAKE.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(ENV{CC} ${CC})
run(sh ${SOURCE}/configure -q --disable-tcl --disable-readline)
run(${MAKE} sqlite3.c sqlite3.h)
