// The ledgers of ties, ties.csv for what has none of its own, and terms.csv.
#include <algorithm>
#include <array>

#include "base/codes.h"
#include "base/status.h"
#include "engine/exporter.h"
#include "ledgers/cell.h"
#include "nlohmann/json.hpp"

namespace jiceng::engine {

using base::Date;
using ledgers::Ledger;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

namespace {

// The optional columns of appointments.csv and the attributes they hold.
constexpr std::array<std::pair<int, const char*>, 4> kPostColumns = {{{ledgers::kPostCapacity, "capacity"},
                                                                      {ledgers::kPostChannel, "channel"},
                                                                      {ledgers::kPostOnBehalfOf, "on_behalf_of"},
                                                                      {ledgers::kPostExOfficioOf, "ex_officio_of"}}};

std::optional<Ledger> LedgerOf(TieKind kind) {
  for (const Ledger ledger :
       {Ledger::kAffiliations, Ledger::kEmployments, Ledger::kResidences, Ledger::kAppointments, Ledger::kReports}) {
    if (ledgers::SpecOf(ledger).tie == kind) return ledger;
  }
  return std::nullopt;
}

// Whether a cell of free text gives back just this.
bool IsCellText(const std::string& text, const model::Catalogue& catalogue) {
  ledgers::CellReader reader(ledgers::CellType::kText, &catalogue, TieKind::kAppointment);
  ledgers::Cell cell;
  ledgers::CellFault fault;
  return !text.empty() && ledgers::TrimCell(text) == text && reader.Read(text, &cell, &fault);
}

}  // namespace

absl::Status Exporter::WriteTerms() {
  ASSIGN_OR_RETURN(LedgerFile file, LedgerFile::Create(target_, Ledger::kTerms));
  std::vector<model::TermRow> terms;
  graph_.ForEachTerm([&](const model::TermRow& term) {
    if (!term.withdrawn && IsExported(term.org)) terms.push_back(term);
  });
  std::sort(terms.begin(), terms.end(), [](const model::TermRow& a, const model::TermRow& b) {
    return a.org != b.org ? a.org < b.org : a.number < b.number;
  });
  for (const model::TermRow& term : terms) {
    file.Cell(ledgers::kTermOrg) = graph_.Id(term.org);
    file.Cell(ledgers::kTermNo) = std::to_string(term.number);
    file.Cell(ledgers::kTermElectedOn) = term.elected_on.ToString();
    if (term.years > 0) file.Cell(ledgers::kTermYears) = std::to_string(term.years);
    file.Cell(ledgers::kTermEndsOn) = term.ends_on.ToString();
    file.Cell(ledgers::kTermExtendedTo) = term.extended_to.ToString();
    file.EndRow();
  }
  return Done(&file);
}

absl::Status Exporter::WriteTies() {
  ASSIGN_OR_RETURN(LedgerFile any, LedgerFile::Create(target_, Ledger::kTies));
  any_ties_ = std::move(any);
  for (int k = 1; k < model::kTieKinds; ++k) RETURN_IF_ERROR(WriteKind(static_cast<TieKind>(k)));
  return Done(&*any_ties_);
}

absl::Status Exporter::WriteKind(TieKind kind) {
  const bool with_ledger = LedgerOf(kind).has_value();
  if (with_ledger) RETURN_IF_ERROR(OpenTieLedger(kind));
  // Node by node and sorted, so that the order is the same whether ties lie in the base or in the delta.
  std::vector<Tie> ties;
  for (int k = 1; k < model::kNodeKinds; ++k) {
    if ((model::LawOf(kind).from_kinds >> k & 1) == 0) continue;
    ForEachNode(static_cast<NodeKind>(k), [&](NodeNumber node) {
      ties.clear();
      graph_.ForEachFrom(kind, node, [&](const Tie& tie) {
        if (IsExported(tie.to)) ties.push_back(tie);
      });
      if (ties.size() > 1)
        std::sort(ties.begin(), ties.end(), [](const Tie& a, const Tie& b) { return a.key() < b.key(); });
      for (const Tie& tie : ties) {
        if (!Step()) return;
        const std::string_view attributes = graph_.Extra(tie);
        if (with_ledger && WriteToLedger(tie, attributes)) continue;
        if (attributes.empty() && plan_.Derives(tie)) continue;
        WriteAnyTie(tie, attributes);
      }
    });
  }
  RETURN_IF_ERROR(fault_);
  return with_ledger ? Done(&*tie_file_) : absl::OkStatus();
}

absl::Status Exporter::OpenTieLedger(TieKind kind) {
  const Ledger ledger = *LedgerOf(kind);
  std::array<int, kPostColumns.size()> left_out{-1, -1, -1, -1};
  if (kind == TieKind::kAppointment) {
    for (size_t i = 0; i < kPostColumns.size(); ++i) left_out[i] = kPostColumns[i].first;
    graph_.ForEachTie(kind, [&](const Tie& tie) {
      const std::string_view attributes = graph_.Extra(tie);
      if (attributes.empty()) return;
      const auto cells = PostCells(attributes);
      for (size_t i = 0; cells.has_value() && i < cells->size(); ++i) {
        if (!(*cells)[i].empty()) left_out[i] = -1;
      }
    });
  }
  ASSIGN_OR_RETURN(LedgerFile file,
                   LedgerFile::Create(target_, ledger, {left_out[0], left_out[1], left_out[2], left_out[3]}));
  tie_file_ = std::move(file);
  return absl::OkStatus();
}

// False when the kind's own ledger cannot say all of it.
bool Exporter::WriteToLedger(const Tie& tie, std::string_view attributes) {
  if (model::LawOf(tie.kind).with_manner && tie.manner == 0) return false;
  if (tie.kind == TieKind::kAppointment) return WritePost(tie, attributes);
  if (!attributes.empty()) return false;
  if (tie.kind == TieKind::kReport) {
    WriteReport(tie);
    return true;
  }
  LedgerFile& file = *tie_file_;
  file.Cell(ledgers::kTiePerson) = graph_.Id(tie.from);
  file.Cell(ledgers::kTieTarget) = tie.to.kind() == NodeKind::kUnit ? UnitReference(tie.to) : graph_.Id(tie.to);
  file.Cell(ledgers::kTieFrom) = tie.valid.from.ToString();
  file.Cell(ledgers::kTieTo) = tie.valid.to.ToString();
  if (tie.kind == TieKind::kAffiliation) file.Cell(ledgers::kTieManner) = model::MannerName(tie.kind, tie.manner);
  file.EndRow();
  return true;
}

bool Exporter::WritePost(const Tie& tie, std::string_view attributes) {
  LedgerFile& file = *tie_file_;
  if (!attributes.empty()) {
    const auto cells = PostCells(attributes);
    if (!cells.has_value()) return false;
    for (size_t i = 0; i < kPostColumns.size(); ++i) file.Cell(kPostColumns[i].first) = (*cells)[i];
  }
  file.Cell(ledgers::kPostPerson) = graph_.Id(tie.from);
  if (tie.to.kind() == NodeKind::kUnit) {
    file.Cell(ledgers::kPostUnit) = UnitReference(tie.to);
  } else {
    file.Cell(ledgers::kPostOrg) = graph_.Id(tie.to);
  }
  file.Cell(ledgers::kPostRole) = catalogue_.FindRole(tie.role)->id;  // all are known: CountWork()
  file.Cell(ledgers::kPostManner) = model::MannerName(tie.kind, tie.manner);
  file.Cell(ledgers::kPostFrom) = tie.valid.from.ToString();
  file.Cell(ledgers::kPostTo) = tie.valid.to.ToString();
  file.EndRow();
  return true;
}

std::optional<std::vector<std::string>> Exporter::PostCells(std::string_view attributes) const {
  nlohmann::json object = nlohmann::json::parse(attributes.begin(), attributes.end(), nullptr, false);
  if (!object.is_object()) return std::nullopt;
  std::vector<std::string> cells;
  for (const auto& [column, name] : kPostColumns) {
    cells.emplace_back();
    const auto it = object.find(name);
    if (it == object.end()) continue;
    if (!it->is_string() || !IsCellText(it->get_ref<const std::string&>(), catalogue_)) return std::nullopt;
    cells.back() = it->get<std::string>();
    object.erase(it);
    // What these two name like a node must be one for the ledger; in ties.csv it is text.
    const auto named = model::ParseNodeText(cells.back());
    if (column != ledgers::kPostCapacity && column != ledgers::kPostChannel && named.ok()) {
      const auto node = graph_.Find(named->kind, named->id, Date::Forever());
      if (!node.has_value() || !IsExported(*node) || graph_.Text(*node) != cells.back()) return std::nullopt;
    }
  }
  return object.empty() ? std::optional(std::move(cells)) : std::nullopt;
}

void Exporter::WriteReport(const Tie& tie) {
  LedgerFile& file = *tie_file_;
  // An id that both a person and an organisation answer to, or that reads like a node, is written with its kind.
  const std::string_view id = graph_.Id(tie.from);
  const NodeKind other = tie.from.kind() == NodeKind::kPerson ? NodeKind::kOrganization : NodeKind::kPerson;
  const bool plain = !graph_.Find(other, id, Date::Forever()).has_value() && id.find(':') == std::string_view::npos;
  file.Cell(ledgers::kReportSubject) = plain ? std::string(id) : graph_.Text(tie.from);
  file.Cell(ledgers::kReportCommunity) = UnitReference(tie.to);
  file.Cell(ledgers::kReportFrom) = tie.valid.from.ToString();
  file.Cell(ledgers::kReportTo) = tie.valid.to.ToString();
  file.EndRow();
}

void Exporter::WriteAnyTie(const Tie& tie, std::string_view attributes) {
  LedgerFile& file = *any_ties_;
  const model::TieLaw& law = model::LawOf(tie.kind);
  file.Cell(ledgers::kAnyKind) = law.name;
  file.Cell(ledgers::kAnyFromNode) = graph_.Text(tie.from);
  file.Cell(ledgers::kAnyToNode) = graph_.Text(tie.to);
  file.Cell(ledgers::kAnyFrom) = tie.valid.from.ToString();
  file.Cell(ledgers::kAnyTo) = tie.valid.to.ToString();
  if (law.with_role || law.with_manner) {
    nlohmann::json object = nlohmann::json::object();
    if (!attributes.empty()) object = nlohmann::json::parse(attributes.begin(), attributes.end(), nullptr, false);
    if (!object.is_object()) object = nlohmann::json::object();
    if (tie.manner != 0) object["kind"] = model::MannerName(tie.kind, tie.manner);
    if (law.with_role) object["role"] = catalogue_.FindRole(tie.role)->id;
    file.Cell(ledgers::kAnyAttributes) = object.dump();
  } else {
    file.Cell(ledgers::kAnyAttributes) = attributes;
  }
  file.EndRow();
}

}  // namespace jiceng::engine
