# Turns one text record into binary; a mistake is reported as FILE:LINE:COLUMN.  Needs PROTOC, ROOT, RECORD, OUT.
get_filename_component(dir ${OUT} DIRECTORY)
file(MAKE_DIRECTORY ${dir})
execute_process(COMMAND ${PROTOC} --encode=jiceng.v1.Catalogue -I ${ROOT}/proto jiceng/v1/catalogue.proto
  INPUT_FILE ${RECORD} OUTPUT_FILE ${OUT} ERROR_VARIABLE errors RESULT_VARIABLE result)
string(REGEX REPLACE "(^|\n)input:" "\\1${RECORD}:" errors "${errors}")
if(NOT result EQUAL 0 OR NOT errors STREQUAL "")
  file(REMOVE ${OUT})
  message(FATAL_ERROR "${errors}")
endif()
