# Copies a schema under another package and path, so that what is generated from it shares no name with what a host generates from ours.
# Needs IN, OUT.
file(READ ${IN} text)
string(REPLACE "package jiceng.v1;" "package jiceng_private.v1;" text "${text}")
string(REPLACE "import \"jiceng/v1/" "import \"jiceng_private/v1/" text "${text}")
file(WRITE ${OUT} "${text}")
