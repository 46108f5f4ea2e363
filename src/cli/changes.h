// Change sets and policy packs as documents -> the bytes the library reads.  The only file of the command that sees
// protobuf: the full runtime, for JSON and text.
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

// The bytes of a jiceng.v1.PolicyPack out of its text form, JSON or bytes.
enum class PolicyForm { kText, kJson, kBinary };
bool ReadPolicy(PolicyForm form, std::string_view document, std::string* pack, std::string* error);

// Streams of one change.  Days as YYYYMMDD, 0 for an open end; `unit` "" is the root of all units.
std::string AttachChange(const std::string& pack, const std::string& unit, int32_t from, int32_t to,
                         std::optional<int32_t> priority);
std::string DetachChange(const std::string& pack_id, const std::string& unit, int32_t on, std::optional<int32_t> from);
std::string WaiveChange(const std::string& rule, const std::string& node, const std::string& reason,
                        const std::string& basis, int32_t from, int32_t to);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_CHANGES_H_
