#include "benchmarks/sql_texts.h"

#include <algorithm>
#include <cctype>
#include <regex>

#include "benchmarks/sql_files.h"

namespace jiceng::benchmarks {
namespace {

std::string Replace(const std::string& text, const char* pattern, const char* by) {
  return std::regex_replace(text, std::regex(pattern), by);
}

std::string WithoutComments(std::string_view sql) { return Replace(std::string(sql), "--[^\n]*", ""); }

}  // namespace

std::map<std::string, std::string> NamedStatements(std::string_view text) {
  std::map<std::string, std::string> statements;
  const std::string_view mark = "-- name: ";
  for (size_t at = text.find(mark); at != std::string_view::npos;) {
    const size_t line = text.find('\n', at);
    const size_t next = text.find(mark, line);
    statements[std::string(text.substr(at + mark.size(), line - at - mark.size()))] = text.substr(line, next - line);
    at = next;
  }
  return statements;
}

std::string SchemaWithoutKeys() {
  std::string schema = WithoutComments(kSchema);
  for (const char* words : {R"(,\s*PRIMARY KEY\([^)]*\))", " PRIMARY KEY", " WITHOUT ROWID"}) {
    schema = Replace(schema, words, "");
  }
  return schema;
}

std::string Standard(std::string_view sql, std::vector<std::string>& parameters) {
  const std::string words = Replace(Replace(WithoutComments(sql), "CROSS JOIN", "JOIN"), "group_concat", "string_agg");
  std::string standard;
  for (size_t at = 0; at < words.size();) {
    if (words[at] != ':' || std::isalpha(static_cast<unsigned char>(words[at + 1])) == 0) {
      standard += words[at++];
      continue;
    }
    size_t end = at + 1;
    while (std::isalpha(static_cast<unsigned char>(words[end])) != 0) ++end;
    const std::string name = words.substr(at, end - at);
    size_t place = std::find(parameters.begin(), parameters.end(), name) - parameters.begin();
    if (place == parameters.size()) parameters.push_back(name);
    standard += "$" + std::to_string(place + 1);
    at = end;
  }
  return standard;
}

}  // namespace jiceng::benchmarks
