// Change sets as documents -> the stream the library reads.  The only file of the command that sees protobuf: the full
// runtime, for JSON.
#ifndef JICENG_CLI_CHANGES_H_
#define JICENG_CLI_CHANGES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiceng::cli {

struct ChangeDocument {
  std::string stream;   // length-delimited jiceng.v1.Change messages
  int64_t changes = 0;  // how many
  std::string author, reason, basis;
  std::optional<int64_t> recorded_at, expected_seq;
  bool validate_only = false;
};

// The JSON form of a jiceng.v1.ChangeSet, or an array of changes.  On false `*error` is one line.
bool ReadJsonChanges(std::string_view json, ChangeDocument* out, std::string* error);

// A binary jiceng.v1.ChangeSet.
bool ReadBinaryChanges(std::string_view bytes, ChangeDocument* out, std::string* error);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_CHANGES_H_
