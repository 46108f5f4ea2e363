// Snapshot mode: what the ledgers do not list ends on the day.
#include <algorithm>

#include "base/status.h"
#include "base/strings.h"
#include "engine/import_session.h"
#include "graph/walk.h"

namespace jiceng::engine {
namespace {

using base::Date;
using ledgers::Ledger;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

constexpr std::pair<Ledger, TieKind> kTieLedgers[] = {{Ledger::kAffiliations, TieKind::kAffiliation},
                                                      {Ledger::kEmployments, TieKind::kEmployment},
                                                      {Ledger::kResidences, TieKind::kResidence},
                                                      {Ledger::kAppointments, TieKind::kAppointment},
                                                      {Ledger::kReports, TieKind::kReport}};

}  // namespace

absl::Status ImportSession::PlanClosures() {
  const graph::Snapshot& graph = *version_.graph;
  const Date day = options_.date;
  const auto parsed = model::ParseNodeText(options_.scope);
  RETURN_IF_ERROR(parsed.status());
  const auto scope = graph.Find(parsed->kind, parsed->id, day);
  if (!scope)
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE",
                       base::StrCat("no node ", options_.scope, " in the store"), "scope");
  const auto in_scope = [&](NodeNumber node) { return graph::IsUnder(graph, node, *scope, day); };
  const auto plan = [&](const Tie& tie) {
    report_->closures.push_back({tie, graph.Text(tie.from), graph.Text(tie.to)});
  };

  for (const auto& [ledger, kind] : kTieLedgers) {
    if (!has_ledger_[static_cast<int>(ledger)]) continue;
    const std::vector<TieRow>& listed = ties_[static_cast<int>(kind)];  // in key order
    graph.ForEachTie(kind, [&](const Tie& tie) {
      if (!tie.valid.Holds(day) || !in_scope(tie.to)) return;
      const auto it = std::lower_bound(listed.begin(), listed.end(), tie.key(),
                                       [](const TieRow& r, const model::TieKey& key) { return r.tie.key() < key; });
      if (it != listed.end() && it->tie.key() == tie.key()) return;
      plan(tie);
      Tie ended = tie;
      ended.valid.to = day;
      if (ended.valid.IsEmpty()) {
        draft_.WithdrawTie(tie, kNowhere);  // it began on the very day: it never held
      } else {
        draft_.PutTie(ended, graph.Extra(tie), kNowhere);
      }
    });
  }
  // Structure follows from parent and seat: a node not listed loses those that lead into the scope.
  const auto end_references = [&](NodeKind kind, std::initializer_list<std::pair<Fact, TieKind>> references) {
    for (uint32_t i = 0; i < graph.Count(kind); ++i) {
      const NodeNumber node(kind, i);
      if (listed_[static_cast<int>(kind)].count(node) != 0) continue;
      for (const auto& [fact, tie_kind] : references) {
        const int32_t bits = graph.FactAt(node, fact, day);
        if (bits == model::kNoValue || !in_scope(NodeNumber::FromBits(static_cast<uint32_t>(bits)))) continue;
        bool any = false;
        graph.ForEachOpenFrom(tie_kind, node, day, [&](const Tie& tie) {
          plan(tie);
          any = true;
        });
        if (any) draft_.AssignFact(node, fact, {day, Date::Forever()}, model::kNoValue);
      }
    }
  };
  if (has_ledger_[static_cast<int>(Ledger::kUnits)])
    end_references(NodeKind::kUnit, {{Fact::kUnitParent, TieKind::kTerritory}});
  if (has_ledger_[static_cast<int>(Ledger::kOrgs)]) {
    end_references(NodeKind::kOrganization, {{Fact::kOrgParent, TieKind::kPartyLine},
                                             {Fact::kOrgParent, TieKind::kAdminLine},
                                             {Fact::kOrgParent, TieKind::kGuidance},
                                             {Fact::kOrgSeat, TieKind::kSeat}});
  }
  return absl::OkStatus();
}

}  // namespace jiceng::engine
