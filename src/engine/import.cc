#include "engine/import.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/status.h"
#include "base/strings.h"
#include "engine/import_session.h"
#include "engine/structure.h"

namespace jiceng::engine {

using ledgers::Ledger;
using model::NodeKind;
using model::NodeNumber;

ImportSession::ImportSession(Store* store, const Version& version, const ImportOptions& options,
                             const std::vector<ledgers::Source>& sources, const std::unordered_set<Origin>& excluded,
                             ImportReport* report)
    : store_(store),
      version_(version),
      options_(options),
      sources_(sources),
      excluded_(excluded),
      report_(report),
      catalogue_(store->catalogue().model),
      draft_(*version.graph, store->catalogue().model),
      erased_(store),
      accepted_(sources.size(), 0),
      rejected_(excluded),
      further_(sources.size()) {
  for (const ledgers::Source& source : sources_) bytes_total_ += static_cast<int64_t>(source.bytes().size());
}

absl::Status ImportSession::Run() {
  RETURN_IF_ERROR(ReadNodes());
  RETURN_IF_ERROR(ReadHistory());
  for (NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson}) ResolveNodes(kind);
  RejectUnknownParents(NodeKind::kUnit);
  RejectUnknownParents(NodeKind::kOrganization);
  for (NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson}) CreateNodes(kind);
  RETURN_IF_ERROR(ReadRegisters());
  ResolveHistory();
  for (int k = 1; k < model::kNodeKinds; ++k) {
    for (const NodeRecord& record : nodes_[k]) {
      if (!record.bad) StateNode(static_cast<NodeKind>(k), record);
    }
  }
  ApplyHistory();
  RETURN_IF_ERROR(StateTexts());
  Release(&nodes_[static_cast<int>(NodeKind::kPerson)]);  // all said; ties need the room
  RETURN_IF_ERROR(ReadTerms());
  RETURN_IF_ERROR(ReadTies());
  RETURN_IF_ERROR(ReadMatters());
  if (options_.snapshot_mode) RETURN_IF_ERROR(PlanClosures());

  std::unordered_map<NodeNumber, Origin> origins;
  for (int k = 1; k < static_cast<int>(NodeKind::kPerson); ++k) {
    for (const NodeRecord& record : nodes_[k]) origins.emplace(record.node, record.at);
  }
  DeriveStructure(&draft_, [&](NodeNumber node) {
    const auto it = origins.find(node);
    return it == origins.end() ? kNowhere : it->second;
  });
  return absl::OkStatus();
}

DraftResult ImportSession::Finish() {
  for (auto& nodes : nodes_) Release(&nodes);
  for (auto& ties : ties_) Release(&ties);
  for (auto& listed : listed_) Release(&listed);
  Release(&bodies_);
  Release(&history_);
  Release(&history_end_);
  return draft_.Finish();
}

size_t ImportSession::BytesOf(Ledger ledger) const {
  size_t bytes = 0;
  for (const ledgers::Source& source : sources_) {
    if (source.name() == ledgers::SpecOf(ledger).file) bytes += source.bytes().size();
  }
  return bytes;
}

absl::Status ImportSession::ReadFiles(Ledger ledger, OnRow on_row) {
  const std::string_view file = ledgers::SpecOf(ledger).file;
  for (size_t i = 0; i < sources_.size(); ++i) {
    if (sources_[i].name() != file) continue;
    has_ledger_[static_cast<int>(ledger)] = true;
    const size_t known_errors = report_->diagnostics.errors().size();
    absl::Status status = ledgers::ReadLedger(
        ledger, sources_[i], catalogue_, &report_->diagnostics,
        [&](int64_t row, Row cells) {
          const Origin at = RowOrigin(i, row);
          ++accepted_[i];
          if (excluded_.count(at) != 0) {
            --accepted_[i];
            return;
          }
          on_row(at, cells);
        },
        [&](int64_t bytes) {
          return !options_.commit.progress || options_.commit.progress("read", bytes_done_ + bytes, bytes_total_);
        },
        &further_[i]);
    // A file that cannot be read as a ledger is among the problems already; anything else stops the import.
    if (!status.ok() && !absl::IsInvalidArgument(status)) return status;
    bytes_done_ += static_cast<int64_t>(sources_[i].bytes().size());
    const auto& errors = report_->diagnostics.errors();
    for (size_t e = known_errors; e < errors.size(); ++e) rejected_.insert(RowOrigin(i, errors[e].row));
  }
  return absl::OkStatus();
}

void ImportSession::Reject(Origin at, std::string_view column, std::string_view cell, const char* code,
                           std::string message) {
  if (rejected_.insert(at).second && at != kNowhere) --accepted_[FileOf(at)];
  const std::string file = at == kNowhere ? std::string() : sources_[FileOf(at)].name();
  report_->diagnostics.AddError(
      {file, at == kNowhere ? 0 : RowOf(at), std::string(column), std::string(cell), code, std::move(message)});
}

void ImportSession::Warn(Origin at, std::string_view column, std::string_view cell, const char* code,
                         std::string message) {
  report_->diagnostics.AddWarning(
      {sources_[FileOf(at)].name(), RowOf(at), std::string(column), std::string(cell), code, std::move(message)});
}

std::vector<std::pair<std::string, int64_t>> ImportSession::AcceptedRows() const {
  std::map<std::string, int64_t> rows;
  for (size_t i = 0; i < sources_.size(); ++i) rows[sources_[i].name()] += accepted_[i];
  return {rows.begin(), rows.end()};
}

std::optional<NodeNumber> ImportSession::Known(NodeKind kind, std::string_view id) const {
  const std::optional<NodeNumber> found = draft_.Find(kind, id);
  return found.has_value() && !draft_.Withdrawn(*found) ? found : std::nullopt;
}

std::optional<NodeNumber> ImportSession::KnownText(std::string_view text) const {
  const auto node = model::ParseNodeText(text);
  return node.ok() ? Known(node->kind, node->id) : std::nullopt;
}

namespace {

bool IsRegister(const wire::Catalogue& catalogue, const ledgers::Source& source) {
  return ledgers::MatchRegister(source, catalogue.registers) != nullptr;
}

bool IsOfMatters(const ledgers::Source& source) {
  const ledgers::LedgerSpec* spec = ledgers::FindSpec(source.name());
  return spec != nullptr && (spec->ledger == Ledger::kMatters || spec->ledger == Ledger::kMatterSteps);
}

// Turns broken laws into rejected rows.  False when one cannot be laid at any row's door.
bool RejectRows(const std::vector<IntegrityError>& errors, ImportSession* session,
                std::unordered_set<Origin>* excluded) {
  bool all = true;
  for (const IntegrityError& error : errors) {
    session->Reject(error.origin, "", "", error.code.c_str(), error.message);
    if (error.origin == kNowhere) {
      all = false;
    } else {
      excluded->insert(error.origin);
    }
  }
  return all;
}

// Problems of the attempts before the last, whose rows the last one left out.
void Prepend(const std::vector<ledgers::Problem>& earlier, ledgers::Diagnostics* diagnostics) {
  for (const ledgers::Problem& problem : earlier) diagnostics->AddError(problem);
}

}  // namespace

absl::StatusOr<ImportReport> Import(Store* store, const ImportOptions& options) {
  if (options.snapshot_mode && (options.scope.empty() || !options.date.IsFinite())) {
    return base::Error(absl::StatusCode::kInvalidArgument, "MISSING_OPTION", "snapshot mode needs a scope and a date");
  }
  ledgers::Diagnostics opening;
  const auto is_register = [&](const ledgers::Source& source) { return IsRegister(store->catalogue(), source); };
  std::vector<ledgers::Source> sources;
  if (options.bytes.empty()) {
    ASSIGN_OR_RETURN(sources, ledgers::OpenSources(options.paths, &opening, is_register));
  } else {
    for (const auto& [name, bytes] : options.bytes) sources.emplace_back(name, bytes);
    ASSIGN_OR_RETURN(sources, ledgers::TakeSources(std::move(sources), &opening, is_register));
  }
  Store::Turn turn(store);
  ASSIGN_OR_RETURN(const Version version, store->Head());

  // An attempt reads everything; when laws are broken that only the whole shows, their rows are left out and the next
  // attempt follows.  Matters are judged by the organisation as the other ledgers leave it: where there are both, it is
  // the first attempt that shows it, and the next one takes the matters.
  bool has_matters = false, has_others = false;
  for (const ledgers::Source& source : sources) (IsOfMatters(source) ? has_matters : has_others) = true;
  std::shared_ptr<const graph::Snapshot> around = has_others ? nullptr : version.graph;
  std::unordered_set<Origin> excluded;
  std::vector<ledgers::Problem> lawless;
  while (true) {
    ImportReport report;
    report.diagnostics = opening;
    ImportSession session(store, version, options, sources, excluded, &report);
    RETURN_IF_ERROR(session.Run());
    const bool fit = report.diagnostics.errors().empty() || options.keep_good;
    const bool judged = !has_matters || around != nullptr;
    if (has_matters && judged && fit) RETURN_IF_ERROR(session.TakeMatters(*around));
    const bool readable = report.diagnostics.errors().empty();
    DraftResult draft = session.Finish();
    std::shared_ptr<const graph::Snapshot> candidate;
    std::vector<IntegrityError> broken;
    if (readable || options.keep_good || excluded.empty()) {
      ASSIGN_OR_RETURN(candidate, store->Candidate(version, draft, &broken, options.commit.progress));
    }
    if (!judged && fit && broken.empty()) {
      around = std::move(candidate);
      continue;
    }
    if (has_others) around = nullptr;
    const size_t before = report.diagnostics.errors().size();
    const bool recoverable = RejectRows(broken, &session, &excluded);
    const std::vector<ledgers::Problem> fresh(report.diagnostics.errors().begin() + static_cast<int64_t>(before),
                                              report.diagnostics.errors().end());
    if (!broken.empty() && recoverable && options.keep_good) {
      lawless.insert(lawless.end(), fresh.begin(), fresh.end());
      continue;
    }
    Prepend(lawless, &report.diagnostics);
    report.rejected = session.rejected();
    report.rows = session.AcceptedRows();
    report.seq = version.seq;
    if ((!report.diagnostics.errors().empty() && !options.keep_good) || !broken.empty()) {
      report.outcome = ImportOutcome::kRejected;
      return report;
    }
    if (options.max_closures >= 0 && static_cast<int64_t>(report.closures.size()) > options.max_closures) {
      report.outcome = ImportOutcome::kRefused;
      return report;
    }
    ASSIGN_OR_RETURN(const bool refused, store->Refuses(version, draft, candidate, options.commit));
    if (refused && options.commit.trial == nullptr) {
      report.outcome = ImportOutcome::kRefused;
      return report;
    }
    if (options.dry_run) {
      report.outcome = ImportOutcome::kChecked;
      return report;
    }
    ASSIGN_OR_RETURN(report.seq, store->Commit(version, draft, std::move(candidate), "import", options.commit));
    report.outcome = options.commit.trial == nullptr ? ImportOutcome::kDone : ImportOutcome::kChecked;
    return report;
  }
}

}  // namespace jiceng::engine
