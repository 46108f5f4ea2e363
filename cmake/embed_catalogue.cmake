# Writes the joined bytes of PARTS (commas between) into the C++ source OUT.
set(hex "")
string(REPLACE "," ";" parts "${PARTS}")
foreach(part IN LISTS parts)
  file(READ ${part} bytes HEX)
  string(APPEND hex "${bytes}")
endforeach()
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
set(line "................................................................")  # of digits: 32 bytes
string(REGEX REPLACE "(${line})" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," hex "${hex}")
file(WRITE ${OUT} "// Made by cmake/embed_catalogue.cmake from the text records; do not edit.
#include <string_view>

#include \"wire/catalogue.h\"

namespace jiceng::wire {
namespace {

constexpr unsigned char kBytes[] = {
${hex}
};

}  // namespace

std::string_view BuiltinCatalogue() { return {reinterpret_cast<const char*>(kBytes), ${size}}; }

}  // namespace jiceng::wire
")
