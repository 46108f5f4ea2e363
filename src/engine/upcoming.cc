// What turns by time alone.
#include <algorithm>
#include <cstring>

#include "base/status.h"
#include "base/strings.h"
#include "engine/describe.h"
#include "engine/wording.h"
#include "graph/facts_on.h"
#include "graph/walk.h"
#include "procedures/docket.h"
#include "rules/bound_rule.h"
#include "rules/day.h"
#include "rules/evaluator.h"

namespace jiceng::engine {
namespace {

using base::Date;
using base::PartialDate;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;
using rules::Language;

// The rule whose classes say how long a body's term is.
constexpr const char* kTermRule = "term.expired";

// Kinds whose beginning or end somebody has to act on.  Affiliations, employments and residences come and go with
// people's lives, and structure turns with its nodes.
constexpr TieKind kTurningKinds[] = {TieKind::kDispatch, TieKind::kService, TieKind::kAppointment, TieKind::kReport,
                                     TieKind::kLiaison};

class Finder {
 public:
  Finder(const wire::Catalogue& catalogue, const graph::Snapshot& graph, std::optional<NodeNumber> root, Date day,
         Date until, Language language)
      : catalogue_(catalogue), graph_(graph), root_(root), day_(day), until_(until), language_(language) {}

  absl::Status FindTerms() {
    rules::Day today(graph_, day_);
    today.LoadTerms();
    const auto live = [&](NodeNumber org) { return graph_.Exists(org, day_); };
    for (uint32_t i = 0; i < graph_.Count(NodeKind::kOrganization); ++i) {
      const NodeNumber org(NodeKind::kOrganization, i);
      const model::TermRow* term = today.LatestTerm(i);
      if (term == nullptr || !live(org)) continue;
      Add(rules::Day::LastDay(*term), "term_ends", org, day_,
          term->extended_to != Date::Forever()
              ? Say(base::StrCat("第 ", term->number, " 届，已延期"), base::StrCat("term ", term->number, ", extended"))
              : Say(base::StrCat("第 ", term->number, " 届"), base::StrCat("term ", term->number)));
    }
    return FindTermsByPost(today);
  }

  // Without terms on record the oldest open post of a secretary is the evidence, as for the rule: its term has run out
  // when the rule begins to say so.
  absl::Status FindTermsByPost(const rules::Day& today) {
    const int rule = catalogue_.rules.Find(kTermRule);
    if (rule < 0) return absl::OkStatus();
    const auto* shape = std::get_if<rules::BoundTermLength>(&catalogue_.rules.bound(rule).shape);
    if (shape == nullptr) return absl::OkStatus();
    std::vector<Date> oldest(graph_.Count(NodeKind::kOrganization), Date::Forever());
    graph_.ForEachTie(TieKind::kAppointment, [&](const Tie& tie) {
      if (tie.to.kind() != NodeKind::kOrganization || !tie.valid.Holds(day_) || !shape->evidence_roles.Has(tie.role))
        return;
      oldest[tie.to.ordinal()] = std::min(oldest[tie.to.ordinal()], tie.valid.from);
    });
    for (uint32_t i = 0; i < oldest.size(); ++i) {
      const NodeNumber org(NodeKind::kOrganization, i);
      const bool open = oldest[i].IsFinite() && today.LatestTerm(i) == nullptr && graph_.Exists(org, day_);
      // A term is no longer than any of the classes allows, so most bodies need not be looked at closely.
      if (!open || !MayRunOut(*shape, catalogue_.rules[rule], oldest[i])) continue;
      ASSIGN_OR_RETURN(const rules::Findings findings,
                       rules::Explain(graph_, catalogue_.model, catalogue_.rules, rule, org, day_, {}));
      if (findings.rows.empty() || findings.rows[0].status != rules::Status::kMet) continue;
      const int years = static_cast<int>(findings.rows[0].value);
      Add(oldest[i].AddYears(years), "term_ends", org, day_,
          Say(base::StrCat("无届次记录，按书记任职 ", oldest[i].ToString(), " 起 ", years, " 年"),
              base::StrCat("no term on record: ", years, " years from the secretary's ", oldest[i].ToString())));
    }
    return absl::OkStatus();
  }

  // 党章 (2022) Art. 7: the probation of a member is one year; it is counted from the day he was admitted.
  void FindProbation() {
    const std::vector<int32_t> status = graph::FactsOn(graph_, NodeKind::kPerson, Fact::kPartyStatus, day_);
    for (uint32_t i = 0; i < status.size(); ++i) {
      const NodeNumber person(NodeKind::kPerson, i);
      if (status[i] != static_cast<int32_t>(model::PartyStatus::kProbationary) || graph_.Withdrawn(person)) continue;
      const int32_t joined_on = graph_.FactAt(person, Fact::kJoinedOn, day_);
      if (joined_on == model::kNoValue || graph_.FactAt(person, Fact::kFullOn, day_) != model::kNoValue) continue;
      const PartialDate joined = PartialDate::Unpack(joined_on);
      const Date due = joined.date.AddYears(1);
      if (!InWindow(due) || !(IsUnder(person, day_) || ItsBranchIsUnder(person))) continue;
      Append(due, "probation_ends", person,
             Say(base::StrCat("入党 ", joined.ToString(), "，预备期一年"),
                 base::StrCat("admitted ", joined.ToString(), ", one year of probation")));
    }
  }

  void FindTies() {
    for (const TieKind kind : kTurningKinds) {
      graph_.ForEachTie(kind, [&](const Tie& tie) {
        AddTie(tie.valid.from, "tie_begins", tie, tie.valid.from);
        if (tie.valid.to.IsFinite()) AddTie(tie.valid.to, "tie_ends", tie, tie.valid.to.AddDays(-1));
      });
    }
  }

  void FindNodes() {
    for (const NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization}) {
      for (uint32_t i = 0; i < graph_.Count(kind); ++i) {
        const NodeNumber node(kind, i);
        if (graph_.Withdrawn(node)) continue;
        const base::Validity life = graph_.Life(node);
        if (InWindow(life.from)) Add(life.from, "node_begins", node, life.from, KindOf(node, life.from));
        if (InWindow(life.to)) Add(life.to, "node_ends", node, life.to.AddDays(-1), KindOf(node, life.to.AddDays(-1)));
      }
    }
  }

  // The ends of the clocks that ran on the day, as the matters stood then.
  void FindMatters(const procedures::Docket& docket) {
    docket.ForEach([&](uint32_t, const procedures::Docket::Line& line) {
      for (const procedures::Stretch& stretch : *line.stretches) {
        const bool ran = stretch.since.day <= day_ && day_ < stretch.until.day;
        if (!ran || stretch.due == procedures::kNever || !InWindow(stretch.due.day)) continue;
        const procedures::Procedure& procedure = *line.procedure;
        const procedures::Text& clock = procedure.clocks[static_cast<size_t>(stretch.clock)].title;
        Add(stretch.due.day, "matter_due", line.about, day_,
            Say(base::StrCat(procedure.title.zh, " ", line.id, "：", clock.zh),
                base::StrCat(procedure.title.en, " ", line.id, ": ", clock.en)));
      }
    });
  }

  std::vector<Upcoming> Take() {
    std::vector<std::pair<std::string, Upcoming>> keyed;
    keyed.reserve(found_.size());
    for (Upcoming& upcoming : found_) keyed.emplace_back(graph_.Text(upcoming.node), std::move(upcoming));
    std::sort(keyed.begin(), keyed.end(), [](const auto& a, const auto& b) {
      if (a.second.due != b.second.due) return a.second.due < b.second.due;
      if (a.first != b.first) return a.first < b.first;
      const int what = std::strcmp(a.second.what, b.second.what);
      return what != 0 ? what < 0 : a.second.detail < b.second.detail;
    });
    std::vector<Upcoming> sorted;
    sorted.reserve(keyed.size());
    for (auto& [text, upcoming] : keyed) sorted.push_back(std::move(upcoming));
    return sorted;
  }

 private:
  std::string Say(std::string zh, std::string en) const {
    return language_ == Language::kChinese ? std::move(zh) : std::move(en);
  }
  bool InWindow(Date due) const { return due.IsFinite() && day_ < due && due <= until_; }
  bool IsUnder(NodeNumber node, Date day) const {
    return !root_.has_value() || graph::IsUnder(graph_, node, *root_, day);
  }

  // Whose branch lies below the root is of concern there, wherever he lives.
  bool ItsBranchIsUnder(NodeNumber person) const {
    bool under = false;
    graph_.ForEachOpenFrom(TieKind::kAffiliation, person, day_, [&](const Tie& tie) {
      const bool formal = model::IsFormal(tie);
      under = under || (formal && IsUnder(tie.to, day_));
    });
    return under;
  }

  bool MayRunOut(const rules::BoundTermLength& shape, const rules::Rule& rule, Date from) const {
    std::vector<std::optional<int64_t>> defaults;
    for (const rules::Parameter& parameter : rule.parameters) defaults.push_back(parameter.default_value);
    return std::any_of(shape.classes.begin(), shape.classes.end(), [&](const rules::BoundTermLength::Class& c) {
      const int64_t years = std::min<int64_t>(c.years.In(defaults), 10000);
      return InWindow(from.AddYears(static_cast<int>(years)));
    });
  }

  std::string KindOf(NodeNumber node, Date day) const {
    const bool unit = node.kind() == NodeKind::kUnit;
    const Fact fact = unit ? Fact::kLevel : Fact::kOrgKind;
    return FactTitle(catalogue_.model, node.kind(), fact, graph_.FactAt(node, fact, day), language_);
  }

  void AddTie(Date due, const char* what, const Tie& tie, Date holding) {
    if (!InWindow(due) || !(IsUnder(tie.from, holding) || IsUnder(tie.to, holding))) return;
    std::string detail = TieTitle(tie.kind, language_);
    if (tie.role != 0) detail += base::StrCat(" ", RoleTitle(catalogue_.model, tie.role, language_));
    if (tie.manner != 0) detail += base::StrCat(" ", MannerTitle(tie.kind, tie.manner, language_));
    Append(due, what, tie.from, base::StrCat(detail, " → ", graph_.Text(tie.to)));
  }

  // `looked_at`: the day on which the node's place is looked at.
  void Add(Date due, const char* what, NodeNumber node, Date looked_at, std::string detail) {
    if (InWindow(due) && IsUnder(node, looked_at)) Append(due, what, node, std::move(detail));
  }

  void Append(Date due, const char* what, NodeNumber node, std::string detail) {
    found_.push_back({due, what, node, std::move(detail)});
  }

  const wire::Catalogue& catalogue_;
  const graph::Snapshot& graph_;
  const std::optional<NodeNumber> root_;
  const Date day_, until_;
  const Language language_;
  std::vector<Upcoming> found_;
};

}  // namespace

absl::StatusOr<std::vector<Upcoming>> ListUpcoming(Store* store, const Version& version, std::optional<NodeNumber> root,
                                                   Date day, Date until, Language language) {
  if (root.has_value() && !version.graph->In(*root))
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE", "no such node in the store");
  Finder finder(store->catalogue(), *version.graph, root, day, until, language);
  RETURN_IF_ERROR(finder.FindTerms());
  finder.FindProbation();
  finder.FindTies();
  finder.FindNodes();
  finder.FindMatters(*store->DocketOf(version));
  return finder.Take();
}

}  // namespace jiceng::engine
