// One pass over the ledgers of an import, from cells to a draft.
#ifndef JICENG_ENGINE_IMPORT_SESSION_H_
#define JICENG_ENGINE_IMPORT_SESSION_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/types/span.h"
#include "engine/draft.h"
#include "engine/erase.h"
#include "engine/import.h"
#include "ledgers/ledger.h"
#include "ledgers/register.h"
#include "procedures/matter.h"

namespace jiceng::engine {

// Rows are told apart by file and number in one integer, so that millions of them cost eight bytes each.
constexpr Origin RowOrigin(size_t file, int64_t row) { return static_cast<Origin>(file) << 40 | row; }
constexpr size_t FileOf(Origin origin) { return static_cast<size_t>(origin >> 40); }
constexpr int64_t RowOf(Origin origin) { return origin & ((int64_t{1} << 40) - 1); }

// What a row of units, orgs or people says.  kNoValue and empty views: not said.
struct NodeRecord {
  Origin at = kNowhere;
  uint64_t content = 0;  // a digest of the typed row, to tell identical from conflicting
  std::string_view id, name;
  model::NodeNumber node;  // once resolved
  int32_t facts[model::kMaxFacts] = {model::kNoValue, model::kNoValue, model::kNoValue, model::kNoValue,
                                     model::kNoValue};
  base::Date from = base::Date::Beginning(), to = base::Date::Forever();
  base::Date status_from = base::Date::Beginning();  // of people; Beginning(): not given
  int32_t body = -1;                                 // index of the columns units and organisations have beside
  uint8_t precision = 0;
  bool bad = false, fresh = false, has_from = false, has_to = false;
};

// The columns of units and organisations that people do not have.
struct BodyColumns {
  std::string_view code, uscc, party_code, parent, seat;
  bool has_parent = false, has_seat = false;  // the file has the column
};

struct HistoryRecord {
  Origin at = kNowhere;
  std::string_view node, attribute, value;
  base::Validity valid;
  model::NodeNumber resolved;
  bool bad = false;
};

// A row of matters.csv or matter_steps.csv.
struct MatterRow {
  Origin at = kNowhere;
  bool opens = false;
  procedures::Moment moment;
  std::string_view id, word, actor;                          // the word: a procedure or a step
  int64_t number = -1;                                       // the version or the number of the step; -1: not given
  std::vector<std::pair<uint32_t, std::string_view>> cells;  // those of further columns that are filled
};

class RegisterLookup;
class MatterApplier;

// Made for one attempt and thrown away; rows in `excluded` are treated as rejected before.  One thread at a time.
class ImportSession {
 public:
  ImportSession(Store* store, const Version& version, const ImportOptions& options,
                const std::vector<ledgers::Source>& sources, const std::unordered_set<Origin>& excluded,
                ImportReport* report);

  // Reads everything and fills the draft; bad rows are in the report.
  absl::Status Run();
  // Carries out what the ledgers say of matters, judged by an organisation that has what all other ledgers say.
  absl::Status TakeMatters(const graph::Snapshot& graph);
  // Hands the draft over and lets go of everything the rows were held in; Reject() and the counts still work.
  DraftResult Finish();
  Draft& draft() { return draft_; }

  // Rejects a row once more or for the first time; counted once.
  void Reject(Origin at, std::string_view column, std::string_view cell, const char* code, std::string message);
  int64_t rejected() const { return static_cast<int64_t>(rejected_.size()); }
  std::vector<std::pair<std::string, int64_t>> AcceptedRows() const;

 private:
  using Row = absl::Span<const ledgers::Cell>;
  using OnRow = absl::FunctionRef<void(Origin at, Row cells)>;

  // import.cc
  absl::Status ReadFiles(ledgers::Ledger ledger, OnRow on_row);
  size_t BytesOf(ledgers::Ledger ledger) const;
  void Warn(Origin at, std::string_view column, std::string_view cell, const char* code, std::string message);
  std::optional<model::NodeNumber> Known(model::NodeKind kind, std::string_view id) const;
  std::optional<model::NodeNumber> KnownText(std::string_view text) const;

  // import_nodes.cc
  absl::Status ReadNodes();
  std::string_view KeyOf(const NodeRecord& record) const;
  void AddNode(model::NodeKind kind, const NodeRecord& record);
  absl::Status ReadHistory();
  void ResolveNodes(model::NodeKind kind);
  void RejectUnknownParents(model::NodeKind kind);
  void CreateNodes(model::NodeKind kind);
  void StateNode(model::NodeKind kind, const NodeRecord& record);
  void StateLife(const NodeRecord& record);
  void StateFact(const NodeRecord& record, model::Fact fact, int32_t value, base::Date since);
  void StateReference(const NodeRecord& record, model::Fact fact, std::string_view text, bool said);

  // import_history.cc
  void ResolveHistory();
  void ApplyHistory();
  std::optional<int32_t> HistoryValue(const HistoryRecord& record, model::NodeNumber node, model::Fact fact);
  absl::Status StateTexts();
  absl::Status ReadTerms();
  void StateText(const NodeRecord& record, model::TextAttribute attribute, std::string_view value,
                 const model::Timeline<std::string>& believed);
  base::Date HistoryEnd(model::NodeNumber node, std::string_view attribute) const;

  // import_ties.cc
  absl::Status ReadTies();
  absl::Status ReadPersonTies(ledgers::Ledger ledger, model::TieKind kind);
  absl::Status ReadAppointments();
  absl::Status ReadReports();
  absl::Status ReadAnyTies();
  void AddTie(model::Tie tie, std::string_view attributes, Origin at);
  void ReserveTies(ledgers::Ledger ledger, model::TieKind kind);
  void FlushTies(model::TieKind kind);
  std::optional<model::NodeNumber> Reference(Origin at, model::NodeKind kind, const char* column, std::string_view id);
  std::optional<model::NodeNumber> KnownNear(model::NodeKind kind, std::string_view id);

  // import_register.cc
  absl::Status ReadRegisters();
  std::optional<model::NodeNumber> RegisterReference(Origin at, const RegisterLookup& lookup, model::NodeKind kind,
                                                     const ledgers::Cell& cell, const char* column);
  std::optional<model::NodeNumber> RegisterPerson(Origin at, Row fields, RegisterLookup* lookup);
  void RegisterTie(Origin at, model::Tie tie, const ledgers::Cell& from, const ledgers::Cell& to, bool one_at_a_time,
                   const char* column, std::string_view cell);
  // import_snapshot.cc
  absl::Status PlanClosures();
  // import_matters.cc
  absl::Status ReadMatters();
  void IgnoreStrangeColumns();
  void SortMatters();
  absl::Status TakeOpening(const MatterRow& row, const graph::Snapshot& graph, MatterApplier* applier);
  using Matched = std::map<std::string_view, std::vector<bool>>;  // steps the store has already, by matter
  absl::Status TakeMinute(absl::Span<const MatterRow> rows, const graph::Snapshot& graph, MatterApplier* applier,
                          Matched* matched);
  absl::Status TakeStep(const MatterRow& row, const graph::Snapshot& graph, MatterApplier* applier,
                        std::vector<bool>* matched, bool* wait);
  bool ReadTold(const MatterRow& row, const std::vector<procedures::Field>& fields, const procedures::Procedure* parts,
                const graph::Snapshot& graph, const MatterApplier& applier, procedures::Matter* matter,
                procedures::Step* step);
  std::string_view HeaderOf(const MatterRow& row, const procedures::Procedure& procedure, std::string_view place) const;
  void RejectRefused(const MatterRow& row, const procedures::Procedure& procedure, MatterApplier* applier);

  Store* const store_;
  const Version& version_;
  const ImportOptions& options_;
  const std::vector<ledgers::Source>& sources_;
  const std::unordered_set<Origin>& excluded_;
  ImportReport* const report_;
  const model::Catalogue& catalogue_;
  Draft draft_;
  const Erased erased_;

  std::vector<int64_t> accepted_;  // by source
  std::unordered_set<Origin> rejected_;
  std::vector<NodeRecord> nodes_[model::kNodeKinds];
  std::vector<BodyColumns> bodies_;
  TextIndex by_key_[model::kNodeKinds];  // row key -> record
  TextIndex units_by_id_;                // an id column beside the code
  struct LastReference {
    std::string id;
    model::NodeNumber node;
  };
  LastReference last_[model::kNodeKinds];
  std::vector<HistoryRecord> history_;
  std::unordered_map<std::string, base::Date> history_end_;  // by node number and attribute
  std::vector<TieRow> ties_[model::kTieKinds];
  std::unordered_set<model::NodeNumber> listed_[model::kNodeKinds];  // snapshot mode: nodes with a row
  std::unordered_set<Origin> conflicting_;
  std::vector<MatterRow> matters_;
  std::vector<std::vector<std::string>> further_;  // by source: the headers of an open ledger's further columns
  bool has_ledger_[ledgers::kLedgers] = {};
  int64_t bytes_done_ = 0, bytes_total_ = 0;
};

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_IMPORT_SESSION_H_
