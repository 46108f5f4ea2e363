# Says what LIBRARY needs of the system it is loaded on: the shared libraries, and the newest version of each family of symbols.  Writes it to
# OUT as well.  Needs LIBRARY, READELF, OUT.
function(read OPTION OUT)
  execute_process(COMMAND ${READELF} ${OPTION} --wide ${LIBRARY} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "[][;]" " " text "${text}")  # which CMake takes for parts of lists
  set(${OUT} "${text}" PARENT_SCOPE)
endfunction()
get_filename_component(file ${LIBRARY} NAME)

read(--version-info text)
string(REGEX MATCHALL "Name: (GLIBC|GLIBCXX|CXXABI)_[0-9.]+ " names "${text}")
list(TRANSFORM names REPLACE "Name: (.*) " "\\1")
list(REMOVE_DUPLICATES names)
list(SORT names COMPARE NATURAL ORDER DESCENDING)
set(newest "")
foreach(family GLIBC GLIBCXX CXXABI)
  set(members ${names})
  list(FILTER members INCLUDE REGEX "^${family}_[0-9]")
  if(members)
    list(GET members 0 first)
    list(APPEND newest ${first})
  endif()
endforeach()
list(JOIN newest ", " newest)

read(--dynamic text)
string(REGEX MATCHALL "Shared library:  [^ ]+" libraries "${text}")
list(TRANSFORM libraries REPLACE "Shared library:  " "")
list(JOIN libraries " " libraries)

set(text "${file} needs ${newest} or newer, and ${libraries}")
message(STATUS "${text}")
file(WRITE ${OUT} "${text}\n")
