// Files the command writes, and how their names tell what they are.
#ifndef JICENG_CLI_FILE_H_
#define JICENG_CLI_FILE_H_

#include <string>
#include <string_view>

namespace jiceng::cli {

// Whether the name ends in it and has something before it: "a.json" in ".json".
bool HasExtension(std::string_view path, std::string_view extension);

// Puts the bytes there, whatever was there before.  False with the system's words for why.
bool WriteFile(const std::string& path, std::string_view bytes, std::string* error);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_FILE_H_
