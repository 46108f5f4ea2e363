# Copies a schema under another package and path, so that what is generated from it shares no name with what a host generates from ours.  Texts
# become bytes, which is the same on the wire: protobuf prints to standard error what is not UTF-8, and we say better what and where.
# Needs IN, OUT.
file(READ ${IN} text)
string(REPLACE "package jiceng.v1;" "package jiceng_private.v1;" text "${text}")
string(REPLACE "import \"jiceng/v1/" "import \"jiceng_private/v1/" text "${text}")
string(REGEX REPLACE "(\n +|\n +repeated |\n +optional )string " "\\1bytes " text "${text}")
file(WRITE ${OUT} "${text}")
