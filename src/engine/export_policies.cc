// policies.binpb: what is attached, packs and waivers, as a change set that attaches it again.
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "engine/exporter.h"
#include "wire/changes.h"

namespace jiceng::engine {

namespace {

constexpr std::string_view kFile = "policies.binpb";

// A jiceng.v1.ChangeSet of one change more: field 1, and the change as streams have it, behind its length.
void Append(model::Change change, std::string* change_set) {
  change_set->push_back('\x0a');
  *change_set += wire::EncodeChanges({std::move(change)});
}

}  // namespace

absl::Status Exporter::WritePolicies() {
  if (target_.memory != nullptr) return absl::OkStatus();  // texts alone
  std::string change_set;
  int64_t changes = 0;
  for (const model::AttachmentRow& row : *graph_.attachments()) {
    // As in the ledgers nothing is said of who was erased, or of what is no more.
    if (row.node && !IsExported(row.node)) continue;
    const std::string node = row.node ? graph_.Text(row.node) : std::string();
    if (row.kind == model::AttachmentKind::kPolicy) {
      Append(model::AttachPolicy{node, row.name, row.content, row.valid, row.priority}, &change_set);
    } else {
      Append(model::Waive{node, row.name, row.valid, row.content}, &change_set);
    }
    ++changes;
  }
  if (changes == 0) return absl::OkStatus();
  RETURN_IF_ERROR(ledgers::WriteWhole(base::StrCat(target_.folder, "/", kFile), change_set));
  rows_.emplace_back(kFile, changes);
  return absl::OkStatus();
}

}  // namespace jiceng::engine
