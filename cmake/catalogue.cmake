# Text records -> bytes compiled in.  Every src/ROOM/data/*.textproto is a part of one jiceng.v1.Catalogue.
#
# Each record is encoded by itself, so that a mistake is reported with its file and line; serialized messages put one after the other are
# their merge, so the parts joined in order of room and name are the whole.

# jiceng_builtin_catalogue(OUT_VAR): sets OUT_VAR to a generated source that defines wire::BuiltinCatalogue().
function(jiceng_builtin_catalogue OUT_VAR)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/catalogue)
  file(GLOB schemas CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/proto/jiceng/v1/*.proto)
  file(GLOB records CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*/data/*.textproto)
  list(SORT records)
  set(parts)
  foreach(record IN LISTS records)
    file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR} ${record})
    string(REGEX REPLACE "^src/(.*)/data/(.*)\\.textproto$" "${dir}/\\1.\\2.binpb" part ${name})
    add_custom_command(OUTPUT ${part}
      COMMAND ${CMAKE_COMMAND} -DPROTOC=$<TARGET_FILE:protobuf::protoc> -DROOT=${PROJECT_SOURCE_DIR} -DRECORD=${record} -DOUT=${part}
              -P ${PROJECT_SOURCE_DIR}/cmake/encode_record.cmake
      DEPENDS ${record} ${schemas} ${PROJECT_SOURCE_DIR}/cmake/encode_record.cmake
      COMMENT "Encoding ${name}" VERBATIM)
    list(APPEND parts ${part})
  endforeach()
  set(source ${dir}/builtin_catalogue.cc)
  string(REPLACE ";" "," joined "${parts}")
  add_custom_command(OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DPARTS=${joined} -DOUT=${source} -P ${PROJECT_SOURCE_DIR}/cmake/embed_catalogue.cmake
    DEPENDS ${parts} ${PROJECT_SOURCE_DIR}/cmake/embed_catalogue.cmake
    COMMENT "Embedding the catalogue" VERBATIM)
  set(${OUT_VAR} ${source} PARENT_SCOPE)
endfunction()
