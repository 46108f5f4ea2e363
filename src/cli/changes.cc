#include "cli/changes.h"

#include <google/protobuf/util/json_util.h>

#include "jiceng/v1/change_set.pb.h"

namespace jiceng::cli {
namespace {

void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

void Fill(const v1::ChangeSet& set, ChangeDocument* out) {
  for (const v1::Change& change : set.changes()) {
    const std::string bytes = change.SerializeAsString();
    AppendVarint(bytes.size(), &out->stream);
    out->stream.append(bytes);
  }
  out->changes = set.changes_size();
  out->author = set.author();
  out->reason = set.reason();
  out->basis = set.basis();
  if (set.has_recorded_time()) out->recorded_at = set.recorded_time().seconds();
  if (set.check_expected_seq()) out->expected_seq = set.expected_seq();
  out->validate_only = set.validate_only();
}

}  // namespace

bool ReadJsonChanges(std::string_view json, ChangeDocument* out, std::string* error) {
  const size_t first = json.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  std::string document(json.substr(first == std::string_view::npos ? json.size() : first));
  if (!document.empty() && document[0] == '[') document = "{\"changes\":" + document + "}";
  v1::ChangeSet set;
  const auto status = google::protobuf::util::JsonStringToMessage(document, &set);
  if (!status.ok()) {
    *error = status.message().ToString();
    return false;
  }
  Fill(set, out);
  return true;
}

bool ReadBinaryChanges(std::string_view bytes, ChangeDocument* out, std::string* error) {
  v1::ChangeSet set;
  if (!set.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    *error = "not a binary jiceng.v1.ChangeSet";
    return false;
  }
  Fill(set, out);
  return true;
}

}  // namespace jiceng::cli
