# Puts style, labels and scripts into the template and writes the page as a C++ string.
# cmake -DPAGE=<folder> -DSCRIPTS="a.js;b.js" -DOUT=<file.cc> -P assemble.cmake
file(READ "${PAGE}/template.html" page)
file(READ "${PAGE}/style.css" style)
file(READ "${PAGE}/labels.json" labels)
set(script "")
foreach(name IN LISTS SCRIPTS)
  file(READ "${PAGE}/script/${name}" part)
  string(APPEND script "${part}\n")
endforeach()
# One scope for all scripts; strict.
set(script "(() => {\n'use strict';\n${script}})();\n")
# "</" must not end the element it stands in.
string(REPLACE "</" "<\\/" labels "${labels}")
foreach(hole IN ITEMS style labels script)
  string(REPLACE "{{${hole}}}" "${${hole}}" page "${page}")
endforeach()
set(delimiter "JICENG_PAGE")
string(FIND "${page}" ")${delimiter}\"" clash)
if(NOT clash EQUAL -1)
  message(FATAL_ERROR "the page contains the delimiter of its own C++ string")
endif()
file(WRITE "${OUT}.part" "#include \"cli/report/page.h\"\n\nnamespace jiceng::cli {\n\nconst char kReportPage[] = R\"${delimiter}(${page})${delimiter}\";\n\n}  // namespace jiceng::cli\n")
file(RENAME "${OUT}.part" "${OUT}")
if(HTML)  # the bare page, for working on it without building
  file(WRITE "${HTML}" "${page}")
endif()
