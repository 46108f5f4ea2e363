#include "cli/changes.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>

#include "jiceng/v1/change_set.pb.h"

namespace jiceng::cli {
namespace {

void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

void Append(const v1::Change& change, std::string* stream) {
  const std::string bytes = change.SerializeAsString();
  AppendVarint(bytes.size(), stream);
  stream->append(bytes);
}

std::string StreamOf(const v1::Change& change) {
  std::string stream;
  Append(change, &stream);
  return stream;
}

void SetDay(int32_t day, v1::Date* to) {
  to->set_year(day / 10000);
  to->set_month(day / 100 % 100);
  to->set_day(day % 100);
}

// The first thing wrong in a text record, instead of lines on standard error.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    if (text_.empty())
      text_ = "line " + std::to_string(line + 1) + ", column " + std::to_string(column + 1) + ": " + message;
  }
  void AddWarning(int, google::protobuf::io::ColumnNumber, const std::string&) override {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

void Fill(const v1::ChangeSet& set, ChangeDocument* out) {
  for (const v1::Change& change : set.changes()) Append(change, &out->stream);
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

bool ReadPolicy(PolicyForm form, std::string_view document, std::string* pack, std::string* error) {
  v1::PolicyPack message;
  switch (form) {
    case PolicyForm::kText: {
      google::protobuf::TextFormat::Parser parser;
      FirstError first;
      parser.RecordErrorsTo(&first);
      if (!parser.ParseFromString(std::string(document), &message)) {
        *error = first.text();
        return false;
      }
      break;
    }
    case PolicyForm::kJson: {
      const auto status = google::protobuf::util::JsonStringToMessage(std::string(document), &message);
      if (!status.ok()) {
        *error = status.message().ToString();
        return false;
      }
      break;
    }
    case PolicyForm::kBinary:
      if (!message.ParseFromArray(document.data(), static_cast<int>(document.size()))) {
        *error = "not a binary jiceng.v1.PolicyPack";
        return false;
      }
      break;
  }
  *pack = message.SerializeAsString();
  return true;
}

std::string AttachChange(const std::string& pack, const std::string& unit, int32_t from, int32_t to,
                         std::optional<int32_t> priority) {
  v1::Change change;
  v1::AttachPolicy* attach = change.mutable_attach_policy();
  attach->mutable_pack()->ParseFromString(pack);
  attach->set_unit(unit);
  if (from != 0) SetDay(from, attach->mutable_from());
  if (to != 0) SetDay(to, attach->mutable_to());
  if (priority.has_value()) attach->set_priority(*priority);
  return StreamOf(change);
}

std::string DetachChange(const std::string& pack_id, const std::string& unit, int32_t on, std::optional<int32_t> from) {
  v1::Change change;
  v1::DetachPolicy* detach = change.mutable_detach_policy();
  detach->set_pack(pack_id);
  detach->set_unit(unit);
  if (on != 0) SetDay(on, detach->mutable_on());
  if (from.has_value()) SetDay(*from, detach->mutable_from());
  return StreamOf(change);
}

std::string WaiveChange(const std::string& rule, const std::string& node, const std::string& reason,
                        const std::string& basis, int32_t from, int32_t to) {
  v1::Change change;
  v1::Waive* waive = change.mutable_waive();
  waive->set_rule(rule);
  waive->set_node(node);
  waive->set_reason(reason);
  waive->set_basis(basis);
  if (from != 0) SetDay(from, waive->mutable_from());
  SetDay(to, waive->mutable_to());
  return StreamOf(change);
}

}  // namespace jiceng::cli
