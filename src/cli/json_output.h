// Tables as JSON on one line: an array of objects by column name, keys in the columns' order, dates ISO texts, open
// ends null. Rows are written as they are read, so that an answer of a million rows needs no second copy; small objects
// use nlohmann::ordered_json.
#ifndef JICENG_CLI_JSON_OUTPUT_H_
#define JICENG_CLI_JSON_OUTPUT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "cli/grid.h"
#include "cli/output.h"

namespace jiceng::cli {

using Json = nlohmann::ordered_json;

// Appends a JSON string; bytes that are not UTF-8 become U+FFFD, so that the answer always parses.
void AppendJsonText(std::string_view text, std::string* out);
// Appends the row as an object.
void AppendJsonRow(const Grid& grid, int64_t row, std::string* out);

// `[{…},{…}]` without the end of the line.
void WriteJsonRows(const Grid& grid, Output* out);
// Only the objects, with a comma before each but the very first of several calls.
void WriteJsonObjects(const Grid& grid, bool* first, Output* out);

std::string ToLine(const Json& json);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_JSON_OUTPUT_H_
