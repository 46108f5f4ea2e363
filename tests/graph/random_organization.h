// Commits drawn at random, as a store could have made them.
#ifndef JICENG_TESTS_GRAPH_RANDOM_ORGANIZATION_H_
#define JICENG_TESTS_GRAPH_RANDOM_ORGANIZATION_H_

#include <random>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/graph/organization_builder.h"

namespace jiceng::testing {

// Commits as a store would make them: new nodes, amended lifetimes and facts, ties opened, closed, withdrawn and put
// again, codes, terms, what is attached.
class RandomOrganization {
 public:
  explicit RandomOrganization(uint32_t seed) : random_(seed) {}

  void Commit(OrganizationBuilder* b) {
    for (int i = Below(4); i > 0; --i)
      units_.push_back(b->Unit(absl::StrCat("u", units_.size()), static_cast<model::Level>(1 + Below(7))));
    for (int i = Below(4); i > 0; --i) orgs_.push_back(b->Org(absl::StrCat("o", orgs_.size()), 10 * (1 + Below(5))));
    for (int i = Below(6); i > 0; --i)
      people_.push_back(b->Person(absl::StrCat(Below(9) == 0 ? "person-" : "p", people_.size()),
                                  static_cast<model::PartyStatus>(Below(3))));
    if (units_.empty() || orgs_.empty() || people_.empty()) return;
    for (int i = Below(5); i > 0; --i) {
      const model::NodeNumber node = Below(2) == 0 ? Any(people_) : Any(orgs_);
      b->Fact(node, static_cast<model::Fact>(Below(2)), Some(), Below(3) == 0 ? model::kNoValue : Below(3));
    }
    if (Below(2) == 0) {
      model::NodeRow row;
      row.node = Below(2) == 0 ? Any(orgs_) : Any(units_);
      row.life = Some();
      row.from_precision = static_cast<uint8_t>(Below(3));
      // What has been withdrawn can only be restored.
      const bool withdrawn = withdrawn_.count(row.node) > 0;
      row.action = withdrawn       ? model::NodeRow::kRestore
                   : Below(2) == 0 ? model::NodeRow::kLifetime
                                   : model::NodeRow::kWithdraw;
      if (row.action == model::NodeRow::kWithdraw) withdrawn_.insert(row.node);
      if (withdrawn) withdrawn_.erase(row.node);
      row.facts[0] = 1;
      b->Node(row);
    }
    if (Below(3) == 0) b->Text(Any(units_), model::TextAttribute::kCode, Some(), absl::StrCat(320102 + Below(3)));
    if (Below(3) == 0) {
      model::TermRow term;
      term.org = Any(orgs_);
      term.number = 1 + Below(2);
      term.elected_on = Somewhen();
      term.years = Below(6);
      term.withdrawn = Below(4) == 0;
      b->Term(term);
      model::AttachmentRow row;
      row.kind = Below(2) == 0 ? model::AttachmentKind::kPolicy : model::AttachmentKind::kWaiver;
      if (Below(3) != 0) row.node = Any(orgs_);
      row.name = std::string(1, static_cast<char>('a' + Below(3)));
      row.priority = Below(3) - 1;
      row.content.assign(static_cast<size_t>(Below(300)), static_cast<char>(Below(256)));
      row.withdrawn = Below(4) == 0;
      b->Attachment(row);
    }
    std::set<model::TieKey> keys;
    for (int i = Below(12); i > 0; --i) {
      model::Tie tie;
      constexpr model::TieKind kKinds[] = {model::TieKind::kAffiliation, model::TieKind::kResidence,
                                           model::TieKind::kAppointment, model::TieKind::kReport,
                                           model::TieKind::kSeat};
      tie.kind = kKinds[Below(5)];
      tie.from = tie.kind == model::TieKind::kSeat || (tie.kind == model::TieKind::kReport && Below(2) == 0)
                     ? Any(orgs_)
                     : Any(people_);
      const bool to_org =
          tie.kind == model::TieKind::kAffiliation || (tie.kind == model::TieKind::kAppointment && Below(2) == 0);
      tie.to = to_org ? Any(orgs_) : Any(units_);
      if (tie.kind == model::TieKind::kAppointment) tie.role = static_cast<model::RoleNumber>(1 + Below(3));
      if (tie.kind == model::TieKind::kAppointment || tie.kind == model::TieKind::kAffiliation)
        tie.manner = static_cast<uint8_t>(1 + Below(4));
      tie.valid = Some();
      const bool withdrawn = Below(5) == 0;
      if (!keys.insert(tie.key()).second) continue;
      b->Tie(tie.kind, tie.from, tie.to, tie.valid, tie.role, tie.manner, withdrawn);
      if (!withdrawn && Below(4) == 0) b->Attributes(absl::StrCat("{\"n\":", Below(100), "}"));
    }
    b->Take();
  }

 private:
  int Below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }
  model::NodeNumber Any(const std::vector<model::NodeNumber>& nodes) { return nodes[random_() % nodes.size()]; }
  base::Date Somewhen() { return Below(6) == 0 ? base::Date::Beginning() : Day("2018-01-01").AddMonths(6 * Below(12)); }
  base::Validity Some() {
    base::Validity valid{Somewhen(), base::Date::Forever()};
    if (Below(2) == 0) valid.to = (valid.from.IsFinite() ? valid.from : Day("2018-01-01")).AddMonths(1 + Below(40));
    return valid;
  }

  std::mt19937 random_;
  std::vector<model::NodeNumber> units_, orgs_, people_;
  std::set<model::NodeNumber> withdrawn_;
};

}  // namespace jiceng::testing

#endif  // JICENG_TESTS_GRAPH_RANDOM_ORGANIZATION_H_
