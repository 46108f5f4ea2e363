# jiceng_room(NAME SOURCES ... LINKS room... LIBRARIES lib...)
#
# One static library `jiceng_NAME` for src/NAME.  Its headers are found as "NAME/file.h" only by rooms that link it: each room has an
# include root of its own holding a single link to its folder, so an include outside the arrow does not compile.
function(jiceng_room NAME)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINKS;LIBRARIES" ${ARGN})
  set(root ${PROJECT_BINARY_DIR}/rooms/${NAME})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${root}/${NAME} SYMBOLIC)
  add_library(jiceng_${NAME} STATIC ${ROOM_SOURCES})
  target_include_directories(jiceng_${NAME} PUBLIC ${root})
  list(TRANSFORM ROOM_LINKS PREPEND jiceng_)
  target_link_libraries(jiceng_${NAME} PUBLIC ${ROOM_LINKS} ${ROOM_LIBRARIES} PRIVATE jiceng_flags)
  set_property(GLOBAL APPEND PROPERTY JICENG_ROOMS jiceng_${NAME})
endfunction()

# jiceng_test(NAME SOURCES ... LINKS target...): a GoogleTest binary, registered with ctest under the label `fast` unless SLOW is given.
function(jiceng_test NAME)
  cmake_parse_arguments(TEST "SLOW" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${NAME} ${TEST_SOURCES})
  target_include_directories(${NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${NAME} PRIVATE ${TEST_LINKS} GTest::gmock GTest::gtest_main jiceng_flags)
  set(label fast)
  if(TEST_SLOW)
    set(label slow)
  endif()
  # Tests are named room.Suite.Case, so that a room's can be chosen.
  get_filename_component(room ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  if(room MATCHES "^(base|model|graph|rules|ledgers|store|wire)$")
    add_dependencies(core_tests ${NAME})
  endif()
  gtest_discover_tests(${NAME} TEST_PREFIX ${room}. DISCOVERY_TIMEOUT 60 PROPERTIES LABELS ${label} TIMEOUT 600)
endfunction()
