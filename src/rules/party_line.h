// The Party line (隶属) of a day: which Party organisations a node belongs to, and counts at them and at all above.
#ifndef JICENG_RULES_PARTY_LINE_H_
#define JICENG_RULES_PARTY_LINE_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "model/catalogue.h"
#include "rules/day.h"
#include "rules/open_ties.h"

namespace jiceng::rules {

// Lives no longer than the day and the catalogue.  Immutable.
class PartyLine {
 public:
  PartyLine(const Day& day, const model::Catalogue& catalogue);

  uint32_t size() const;  // organisations by ordinal

  // The Party organisations a node belongs to; one may come twice.  A Party organisation is its own; a person has those
  // of the formal affiliation; a unit those that cover it, else those that cover the nearest unit above that any covers;
  // another body those that cover it, else those of the units where it is seated.  Nothing else leads to the line: which
  // of the Party organisations seated on a unit answers for it, no tie says.
  void AppendOf(model::NodeNumber node, std::vector<uint32_t>* orgs) const;

  template <typename Visit>  // void(uint32_t)
  void ForEachUpper(uint32_t org, Visit visit) const {
    uppers_.ForEachFrom(model::NodeNumber(model::NodeKind::kOrganization, org),
                        [&](const OpenTie& tie) { visit(tie.to.ordinal()); });
  }

 private:
  bool AppendCovering(model::NodeNumber node, std::vector<uint32_t>* orgs) const;
  void AppendOfUnit(uint32_t unit, std::vector<uint32_t>* orgs) const;

  const Day& day_;
  const model::Catalogue& catalogue_;
  const OpenTies uppers_, affiliations_, covers_, seats_;
};

// Counts nodes over the organisations they belong to and all above, each once an organisation: an organisation may have
// several above it, and ways may meet again.
class LineCount {
 public:
  explicit LineCount(const PartyLine& line)
      : line_(line), direct_(line.size(), 0), count_(line.size(), 0), met_(line.size(), 0) {}

  // `nodes` that all belong to the same organisations.
  void Add(absl::Span<const uint32_t> orgs, int64_t nodes = 1) {
    if (orgs.size() == 1 && orgs[0] < direct_.size()) {
      direct_[orgs[0]] += nodes;
    } else {
      AddAbove(orgs, nodes);
    }
  }
  // By organisation; once, at the end.
  std::vector<int64_t> Finish();

 private:
  void AddAbove(absl::Span<const uint32_t> orgs, int64_t nodes);

  const PartyLine& line_;
  std::vector<int64_t> direct_, count_;
  std::vector<uint32_t> met_;  // the climb that met an organisation last
  std::vector<uint32_t> waiting_;
  uint32_t climb_ = 0;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_PARTY_LINE_H_
