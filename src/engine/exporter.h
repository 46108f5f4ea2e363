// One export: the ledgers being written, and what all of them share.
#ifndef JICENG_ENGINE_EXPORTER_H_
#define JICENG_ENGINE_EXPORTER_H_

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/draft.h"
#include "engine/maintain.h"
#include "engine/store.h"
#include "ledgers/ledger.h"
#include "ledgers/writer.h"

namespace jiceng::engine {

// Where the ledgers go: into a folder, or where one is given into memory, by the names of their files.
struct ExportTarget {
  std::string folder;
  LedgersInMemory* memory = nullptr;
};

// A ledger being written.  A row is filled cell by cell in any order; cells not filled are empty.
class LedgerFile {
 public:
  // Without the columns of `left_out`, which no row has anything for; of an open ledger with further ones behind its own.
  static absl::StatusOr<LedgerFile> Create(const ExportTarget& target, ledgers::Ledger ledger,
                                           std::initializer_list<int> left_out = {},
                                           const std::vector<std::string>& further = {});

  std::string& Cell(int column) { return cells_[static_cast<size_t>(column)]; }
  void EndRow();
  absl::Status Close() { return writer_.Close(); }
  std::pair<std::string, int64_t> Rows() const { return {ledgers::SpecOf(ledger_).file, rows_}; }

 private:
  LedgerFile(ledgers::Ledger ledger, ledgers::CsvWriter writer) : ledger_(ledger), writer_(std::move(writer)) {}

  ledgers::Ledger ledger_;
  ledgers::CsvWriter writer_;
  std::vector<std::string> cells_;  // by column of the spec
  std::vector<size_t> columns_;     // those that are written
  int64_t rows_ = 0;
};

// Parents and seats as the ledgers will name them.  An import derives ties from them; where one of those is not there
// as derived (somebody closed it by itself), the reference stays out of the ledgers and the node's real ties go to
// ties.csv instead.
class ReferencePlan {
 public:
  // One pass over units and organisations, and another for each reference left out in vain.
  ReferencePlan(const graph::Snapshot& graph, const model::Catalogue& catalogue);

  // What the ledgers say of the reference over time: nothing of nodes that are withdrawn, nothing at all when it is
  // left out.
  model::FactTimeline Reference(model::NodeNumber node, model::Fact fact) const;
  // Whether an import of the ledgers derives just this tie.
  bool Derives(const model::Tie& tie);

 private:
  bool IsThere(const model::Tie& derived, model::NodeNumber seen_from) const;
  void LeaveOut(model::NodeNumber node, model::TieKind because_of);

  const graph::Snapshot& graph_;
  Draft draft_;  // the snapshot without the references left out
  model::NodeNumber last_;
  std::vector<model::Tie> derived_;  // of last_: ties are asked for node by node
};

// What is said in history.csv: a value, or nothing (""), on some days.
struct HistoryRow {
  model::NodeNumber node;
  const char* attribute = "";
  std::string value;
  base::Validity valid;
};

// Writes all ledgers of one version.  One thread at a time.
class Exporter {
 public:
  Exporter(Store* store, const Version& version, ExportTarget target, const Progress& progress);

  absl::Status Run();
  std::vector<std::pair<std::string, int64_t>> TakeRows() { return std::move(rows_); }

 private:
  using TextTimelines = std::unordered_map<model::TextAttribute, model::Timeline<std::string>>;

  // exporter.cc
  bool IsExported(model::NodeNumber node) const {
    return graph_.In(node) && !graph_.Withdrawn(node) && !graph_.Id(node).empty();
  }
  template <typename Visit>
  void ForEachNode(model::NodeKind kind, Visit visit);
  std::string_view UnitReference(model::NodeNumber unit) const;
  absl::Status ReadUnitCodes();
  absl::Status CountWork();
  bool Step();
  absl::Status Done(LedgerFile* file);

  // export_nodes.cc
  absl::Status WriteNodes();
  void WriteNode(model::NodeNumber node, const TextTimelines& texts);
  void WriteUnit(model::NodeNumber unit, const TextTimelines& texts);
  void WriteOrg(model::NodeNumber org, const TextTimelines& texts);
  void WritePerson(model::NodeNumber person, const TextTimelines& texts);
  void WriteName(model::NodeNumber node, const TextTimelines& texts, std::string* cell);
  void WriteText(model::NodeNumber node, model::TextAttribute attribute, const TextTimelines& texts, std::string* cell);
  void KeepText(model::NodeNumber node, model::TextAttribute attribute, std::string_view value, base::Validity valid);
  absl::Status OpenNodeFiles();
  absl::Status CloseNodeFiles();

  // export_history.cc
  absl::Status WriteHistory();
  void WriteFacts(model::NodeNumber node);
  void WriteHistoryRow(model::NodeNumber node, const char* attribute, std::string_view value, base::Validity valid);
  // The timeline of a fact as the ledgers say it.
  model::FactTimeline FactOf(model::NodeNumber node, model::Fact fact) const;
  std::string FactText(model::NodeKind kind, model::Fact fact, int32_t value) const;
  // What the row of the node says of the fact: the value that holds in the end, "" when that is nothing or the column
  // cannot say it; for a column that must be filled some value, which the history then takes back.
  std::string FactCell(model::NodeNumber node, model::Fact fact, const model::FactTimeline& timeline) const;

  // export_matters.cc
  absl::Status WriteMatters();

  // export_policies.cc
  absl::Status WritePolicies();

  // export_ties.cc
  absl::Status WriteTerms();
  absl::Status WriteTies();
  absl::Status WriteKind(model::TieKind kind);
  absl::Status OpenTieLedger(model::TieKind kind);
  bool WriteToLedger(const model::Tie& tie, std::string_view attributes);
  bool WritePost(const model::Tie& tie, std::string_view attributes);
  void WriteReport(const model::Tie& tie);
  void WriteAnyTie(const model::Tie& tie, std::string_view attributes);
  // The optional columns of an appointment, in the order of their columns, or nothing when they cannot say these
  // attributes.
  std::optional<std::vector<std::string>> PostCells(std::string_view attributes) const;

  Store* const store_;
  const Version& version_;
  const graph::Snapshot& graph_;
  const model::Catalogue& catalogue_;
  const ExportTarget target_;
  const Progress& progress_;
  ReferencePlan plan_;
  std::unordered_map<model::NodeNumber, std::string> unit_codes_;  // of units named by another code than their id
  std::optional<LedgerFile> node_files_[model::kNodeKinds], history_, any_ties_, tie_file_;
  std::vector<HistoryRow> texts_;  // few: what was named or coded otherwise
  std::vector<std::pair<std::string, int64_t>> rows_;
  absl::Status fault_;  // met where there was no way to return it
  int64_t done_ = 0, total_ = 0;
};

// Calls visit(validity, value) for what held before the value that holds in the end.  A stretch about which nothing is
// said is visited with the timeline's none: `gaps` says whether all of them are, or just the one after which the last
// value begins (for an import the current value begins where the last row of its history ends), or none.
enum class Gaps { kNone, kBeforeLast, kAll };
template <typename Value, typename Visit>
void ForEachEarlier(const model::Timeline<Value>& timeline, Gaps gaps, Visit visit) {
  const auto& steps = timeline.steps();
  if (steps.empty()) return;
  const bool ends = timeline.Last() == timeline.none();
  const auto gap_wanted = [&](bool before_last) {
    return gaps == Gaps::kAll || (gaps == Gaps::kBeforeLast && before_last && !ends);
  };
  if (steps[0].from != base::Date::Beginning() && gap_wanted(steps.size() == 1)) {
    visit(base::Validity{base::Date::Beginning(), steps[0].from}, timeline.none());
  }
  for (size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i].value == timeline.none() && !gap_wanted(i + 2 == steps.size())) continue;
    visit(base::Validity{steps[i].from, steps[i + 1].from}, steps[i].value);
  }
}

template <typename Visit>
void Exporter::ForEachNode(model::NodeKind kind, Visit visit) {
  for (uint32_t i = 0; i < graph_.Count(kind); ++i) {
    const model::NodeNumber node(kind, i);
    if (IsExported(node)) visit(node);
  }
}

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_EXPORTER_H_
