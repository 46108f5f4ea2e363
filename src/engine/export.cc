// Ledgers out: the frame of an export, and how nodes are named in it.
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/codes.h"
#include "base/status.h"
#include "base/strings.h"
#include "engine/exporter.h"
#include "engine/maintain.h"
#include "engine/names.h"

namespace jiceng::engine {

using base::Date;
using ledgers::Ledger;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;

absl::StatusOr<LedgerFile> LedgerFile::Create(const ExportTarget& target, Ledger ledger,
                                              std::initializer_list<int> left_out,
                                              const std::vector<std::string>& further) {
  const ledgers::LedgerSpec& spec = ledgers::SpecOf(ledger);
  std::vector<size_t> columns;
  for (size_t c = 0; c < spec.columns.size(); ++c) {
    const bool written = std::find(left_out.begin(), left_out.end(), static_cast<int>(c)) == left_out.end();
    if (written) columns.push_back(c);
  }
  // The contract has the kind of an affiliation before its days; in the table of ledgers it stands behind what all ties
  // of people share.
  if (ledger == Ledger::kAffiliations) std::rotate(columns.begin() + 2, columns.end() - 1, columns.end());
  std::vector<std::string> header;
  header.reserve(columns.size());
  for (const size_t c : columns) header.emplace_back(spec.columns[c].name);
  for (const std::string& name : further) {
    columns.push_back(header.size());
    header.push_back(name);
  }
  const auto open = [&]() -> absl::StatusOr<ledgers::CsvWriter> {
    if (target.memory != nullptr) return ledgers::CsvWriter::Into(&(*target.memory)[spec.file], header);
    return ledgers::CsvWriter::Create(base::StrCat(target.folder, "/", spec.file), header);
  };
  ASSIGN_OR_RETURN(ledgers::CsvWriter writer, open());
  LedgerFile file(ledger, std::move(writer));
  file.cells_.resize(spec.columns.size() + further.size());
  file.columns_ = std::move(columns);
  return file;
}

void LedgerFile::EndRow() {
  for (const size_t column : columns_) writer_.Cell(cells_[column]);
  writer_.EndRow();
  for (std::string& cell : cells_) cell.clear();
  ++rows_;
}

Exporter::Exporter(Store* store, const Version& version, ExportTarget target, const Progress& progress)
    : store_(store),
      version_(version),
      graph_(*version.graph),
      catalogue_(store->catalogue().model),
      target_(std::move(target)),
      progress_(progress),
      plan_(graph_, catalogue_) {}

absl::Status Exporter::Run() {
  RETURN_IF_ERROR(CountWork());
  RETURN_IF_ERROR(ReadUnitCodes());
  RETURN_IF_ERROR(WriteNodes());
  RETURN_IF_ERROR(WriteTerms());
  RETURN_IF_ERROR(WriteTies());
  RETURN_IF_ERROR(WriteHistory());
  RETURN_IF_ERROR(WriteMatters());
  return WritePolicies();
}

// What the rows cannot be written without: a kind or role that a newer catalogue brought has no word here.
absl::Status Exporter::CountWork() {
  for (int k = 1; k < model::kNodeKinds; ++k) total_ += 2 * int64_t{graph_.Count(static_cast<NodeKind>(k))};
  absl::Status status;
  for (int k = 1; k < model::kTieKinds; ++k) {
    graph_.ForEachTie(static_cast<model::TieKind>(k), [&](const model::Tie& tie) {
      ++total_;
      if (tie.role != 0 && catalogue_.FindRole(tie.role) == nullptr) {
        status = base::Error(absl::StatusCode::kFailedPrecondition, "CATALOGUE_OLDER",
                             base::StrCat("the catalogue has no role number ", tie.role));
      }
    });
  }
  ForEachNode(NodeKind::kOrganization, [&](NodeNumber org) {
    graph_.FactTimeline(org, model::Fact::kOrgKind).ForEach([&](base::Validity, int32_t kind) {
      if (catalogue_.FindOrgKind(kind) != nullptr) return;
      status = base::Error(absl::StatusCode::kFailedPrecondition, "CATALOGUE_OLDER",
                           base::StrCat("the catalogue has no kind of organisation number ", kind));
    });
  });
  return status;
}

bool Exporter::Step() {
  constexpr int64_t kEvery = 1 << 16;
  if (++done_ % kEvery == 0 && fault_.ok() && progress_ && !progress_("export", done_, total_)) {
    fault_ = base::Error(absl::StatusCode::kCancelled, "CANCELLED", "stopped while exporting");
  }
  return fault_.ok();
}

absl::Status Exporter::Done(LedgerFile* file) {
  RETURN_IF_ERROR(file->Close());
  rows_.push_back(file->Rows());
  return absl::OkStatus();
}

// A unit is named by the code in force in the end, spelled as it was given, unless that code would find another unit:
// ids come before codes, and a code that passed from one unit to another is the later one's.
absl::Status Exporter::ReadUnitCodes() {
  std::vector<NodeNumber> coded;
  graph_.ForEachCode([&](const graph::CodeEntry& entry, std::string_view) {
    const bool in_the_end = entry.attribute == TextAttribute::kCode && entry.valid.to == Date::Forever();
    if (in_the_end && entry.node.kind() == NodeKind::kUnit && IsExported(entry.node)) coded.push_back(entry.node);
  });
  for (const NodeNumber unit : coded) {
    ASSIGN_OR_RETURN(const auto timelines, ReadTextTimelines(store_, version_, unit));
    for (const auto& [attribute, timeline] : timelines) {
      if (attribute != TextAttribute::kCode || timeline.Last().empty()) continue;
      const bool its_id = base::CanonicalDivisionCode(timeline.Last()) == base::CanonicalDivisionCode(graph_.Id(unit));
      if (!its_id && graph_.Find(NodeKind::kUnit, timeline.Last(), Date::Forever()) == unit)
        unit_codes_[unit] = timeline.Last();
    }
  }
  return absl::OkStatus();
}

std::string_view Exporter::UnitReference(NodeNumber unit) const {
  const auto it = unit_codes_.find(unit);
  return it == unit_codes_.end() ? graph_.Id(unit) : std::string_view(it->second);
}

namespace {

absl::Status MakeFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!error || std::filesystem::is_directory(folder)) return absl::OkStatus();
  const bool refused = error == std::errc::permission_denied || error == std::errc::read_only_file_system;
  return base::Error(refused ? absl::StatusCode::kPermissionDenied : absl::StatusCode::kUnavailable,
                     refused ? "FILE_NOT_WRITABLE" : "FILE_TROUBLE",
                     base::StrCat("cannot make the folder ", folder, ": ", error.message()), folder);
}

}  // namespace

absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> Export(Store* store, const Version& version,
                                                                    const std::string& folder,
                                                                    const Progress& progress) {
  RETURN_IF_ERROR(MakeFolder(folder));
  Exporter exporter(store, version, {folder, nullptr}, progress);
  RETURN_IF_ERROR(exporter.Run());
  return exporter.TakeRows();
}

absl::StatusOr<std::vector<std::pair<std::string, int64_t>>> Export(Store* store, const Version& version,
                                                                    LedgersInMemory* memory, const Progress& progress) {
  Exporter exporter(store, version, {"", memory}, progress);
  RETURN_IF_ERROR(exporter.Run());
  return exporter.TakeRows();
}

}  // namespace jiceng::engine
