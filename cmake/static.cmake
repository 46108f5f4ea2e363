# libjiceng.a: the whole library linked into one object in which nothing is to be seen but the names of jiceng.map, so that a host's own
# names and ours cannot meet.  What it still needs from others are the libraries the shared one is linked with; bundled ones are in it.
set(JICENG_STATIC_DIR ${PROJECT_BINARY_DIR}/static)
get_property(rooms GLOBAL PROPERTY JICENG_ROOMS)
set(objects)
foreach(target IN LISTS rooms ITEMS jiceng_wire_proto)
  list(APPEND objects $<TARGET_OBJECTS:${target}>)
  # A symbol that is unique in the process cannot be made local afterwards.
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
endforeach()
file(GENERATE OUTPUT ${JICENG_STATIC_DIR}/objects CONTENT "$<JOIN:${objects},\n>\n")
set(archives)
if(JICENG_DEPS STREQUAL "bundled")
  jiceng_archives(archives ${rooms} jiceng_wire_proto)
  foreach(target IN LISTS rooms ITEMS jiceng_wire_proto)
    list(REMOVE_ITEM archives $<TARGET_FILE:${target}>)
  endforeach()
endif()
string(REGEX REPLACE "[^/]+" ".." pc_prefix ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(outputs libjiceng.a jiceng-static.pc jicengStaticLibraries.cmake)
list(TRANSFORM outputs PREPEND ${JICENG_STATIC_DIR}/)
add_custom_command(OUTPUT ${outputs}
  COMMAND ${CMAKE_COMMAND} -DOBJECTS=${JICENG_STATIC_DIR}/objects "-DARCHIVES=${archives}" -DMAP=${PROJECT_SOURCE_DIR}/src/capi/jiceng.map
          -DSHARED=$<TARGET_FILE:jiceng_shared> -DOUT=${JICENG_STATIC_DIR} -DLD=${CMAKE_LINKER} -DOBJCOPY=${CMAKE_OBJCOPY} -DAR=${CMAKE_AR}
          -DREADELF=${CMAKE_READELF} -DPC_PREFIX=${pc_prefix} -DINCLUDEDIR=${CMAKE_INSTALL_INCLUDEDIR} -DLIBDIR=${CMAKE_INSTALL_LIBDIR}
          -DVERSION=${PROJECT_VERSION} -P ${PROJECT_SOURCE_DIR}/cmake/prelink.cmake
  DEPENDS jiceng_shared ${rooms} jiceng_wire_proto ${PROJECT_SOURCE_DIR}/src/capi/jiceng.map
          ${PROJECT_SOURCE_DIR}/cmake/prelink.cmake ${PROJECT_SOURCE_DIR}/cmake/jiceng-static.pc.in
  COMMENT "Linking the static library into one object" VERBATIM)
add_custom_target(jiceng_static ALL DEPENDS ${outputs})
