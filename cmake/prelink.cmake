# Makes libjiceng.a and what tells how it is linked.  Needs OBJECTS (a list in a file), ARCHIVES (of bundled libraries), MAP, SHARED,
# OUT, LD, OBJCOPY, AR, READELF, PC_PREFIX, INCLUDEDIR, LIBDIR, VERSION.
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# One object.  Without groups: a host's copy of an inline function must not take the place of ours, whose name is about to become local.  With
# places for what is only common: that cannot become local otherwise.
run(${LD} -r -d --force-group-allocation -o ${OUT}/jiceng.o @${OBJECTS} --start-group ${ARCHIVES} --end-group)
file(STRINGS ${MAP} names REGEX "^ +jiceng_[a-z0-9_]+;$")
list(TRANSFORM names REPLACE "[ ;]" "")
list(JOIN names "\n" text)
file(WRITE ${OUT}/names "${text}\n")
run(${OBJCOPY} --keep-global-symbols=${OUT}/names --strip-debug ${OUT}/jiceng.o)
file(REMOVE ${OUT}/libjiceng.a)
run(${AR} rcD ${OUT}/libjiceng.a ${OUT}/jiceng.o)

# What the shared library was linked with, less what every program has.
execute_process(COMMAND ${READELF} -d ${SHARED} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
string(REGEX REPLACE "[][]" "" dynamic "${dynamic}")  # which CMake takes for parts of lists
string(REGEX MATCHALL "Shared library: lib[a-zA-Z0-9_+-]+" needed "${dynamic}")
list(TRANSFORM needed REPLACE "Shared library: lib" "")
list(REMOVE_ITEM needed c gcc_s)
file(WRITE ${OUT}/jicengStaticLibraries.cmake "# What libjiceng.a needs.\nset(jiceng_STATIC_LIBRARIES ${needed})\n")
list(TRANSFORM needed PREPEND "-l")
list(JOIN needed " " LIBS)
configure_file(${CMAKE_CURRENT_LIST_DIR}/jiceng-static.pc.in ${OUT}/jiceng-static.pc @ONLY)
