#include "rules/party_line.h"

#include <algorithm>
#include <utility>

namespace jiceng::rules {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;

PartyLine::PartyLine(const Day& day, const model::Catalogue& catalogue)
    : day_(day),
      catalogue_(catalogue),
      uppers_(day.snapshot(), TieKind::kPartyLine, day.date()),
      affiliations_(day.snapshot(), TieKind::kAffiliation, day.date()),
      covers_(day.snapshot(), TieKind::kCovers, day.date()),
      seats_(day.snapshot(), TieKind::kSeat, day.date()) {}

uint32_t PartyLine::size() const { return day_.snapshot().Count(NodeKind::kOrganization); }

void PartyLine::AppendOf(NodeNumber node, std::vector<uint32_t>* orgs) const {
  const auto is_party = [&](NodeNumber org) {
    return day_.snapshot().In(org) && catalogue_.IsParty(day_.OrgKind(org));
  };
  switch (node.kind()) {
    case NodeKind::kPerson:
      affiliations_.ForEachFrom(node, [&](const OpenTie& tie) {
        if (model::IsFormal(tie) && is_party(tie.to)) orgs->push_back(tie.to.ordinal());
      });
      break;
    case NodeKind::kUnit:
      AppendOfUnit(node.ordinal(), orgs);
      break;
    case NodeKind::kOrganization:
      if (is_party(node)) {
        orgs->push_back(node.ordinal());
      } else if (!AppendCovering(node, orgs)) {
        seats_.ForEachFrom(node, [&](const OpenTie& seat) { AppendOfUnit(seat.to.ordinal(), orgs); });
      }
      break;
    case NodeKind::kNone:
      break;
  }
}

bool PartyLine::AppendCovering(NodeNumber node, std::vector<uint32_t>* orgs) const {
  const size_t before = orgs->size();
  covers_.ForEachTo(node, [&](const OpenTie& tie) { orgs->push_back(tie.from.ordinal()); });
  return orgs->size() != before;
}

void PartyLine::AppendOfUnit(uint32_t unit, std::vector<uint32_t>* orgs) const {
  const graph::Territory& territory = day_.territory();
  while (unit < territory.size() && !AppendCovering(NodeNumber(NodeKind::kUnit, unit), orgs))
    unit = territory.Parent(unit);
}

void LineCount::AddAbove(absl::Span<const uint32_t> orgs, int64_t nodes) {
  ++climb_;
  const auto reach = [&](uint32_t org) {  // a damaged base may name any, and go round in a circle
    if (org >= met_.size() || met_[org] == climb_) return;
    met_[org] = climb_;
    count_[org] += nodes;
    waiting_.push_back(org);
  };
  for (const uint32_t org : orgs) reach(org);
  while (!waiting_.empty()) {
    const uint32_t org = waiting_.back();
    waiting_.pop_back();
    line_.ForEachUpper(org, reach);
  }
}

std::vector<int64_t> LineCount::Finish() {
  for (uint32_t org = 0; org < direct_.size(); ++org) {
    if (direct_[org] != 0) AddAbove({&org, 1}, std::exchange(direct_[org], 0));
  }
  return std::move(count_);
}

}  // namespace jiceng::rules
