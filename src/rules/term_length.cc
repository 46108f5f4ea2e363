// Shape: an elected body is not older than its term.
#include <algorithm>

#include "rules/judge.h"
#include "rules/open_ties.h"

namespace jiceng::rules {
namespace {

using base::Date;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;

class TermLengthJudge : public Judge {
 public:
  TermLengthJudge(const Case& c, const BoundTermLength& shape) : c_(c), shape_(shape) {}

  // Most bodies have an officer whose post began recently enough: the earliest beginning of each body, found in one
  // pass, says so.
  [[gnu::flatten]] void Prepare(const Counts&) override {
    earliest_.assign(c_.day.snapshot().Count(NodeKind::kOrganization), Date::Forever());
    OpenTies(c_.day.snapshot(), TieKind::kAppointment, c_.day.date()).ForEach([&](const OpenTie& tie) {
      if (!shape_.evidence_roles.Has(tie.role) || tie.to.kind() != NodeKind::kOrganization) return;
      if (tie.to.ordinal() >= earliest_.size()) return;
      Date& earliest = earliest_[tie.to.ordinal()];
      if (tie.since < earliest) earliest = tie.since;
    });
  }

  void AppendClocks(std::vector<Clock>* clocks) const override {
    for (const BoundTermLength::Class& c : shape_.classes)
      clocks->push_back({TieKind::kAppointment, {}, TieEnd::kTo, Period::kYears, c.years.In(c_.parameters)});
  }

  Finding Run(NodeNumber org) override {
    Finding finding = c_.Blank(org);
    const model::TermRow* term = c_.day.LatestTerm(org.ordinal());
    if (term != nullptr && shape_.posts_only) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, &finding);
    } else if (term != nullptr) {
      JudgeTerm(*term, &finding);
    } else {
      JudgePosts(org, &finding);
    }
    return finding;
  }

 private:
  void JudgeTerm(const model::TermRow& term, Finding* finding) const {
    const Date last_day = Day::LastDay(term);
    const bool by_years = term.extended_to == Date::Forever() && term.ends_on == Date::Forever();
    const bool unmet = last_day < c_.day.date();
    finding->value = by_years ? term.years : 0;
    finding->comparator = Comparator::kAtMost;
    if (unmet) Overdue(last_day, finding);
    if (c_.explain) {
      c_.TellNumber(Evidence::kTerm, term.org, static_cast<int64_t>(c_.findings->terms.size()));
      c_.findings->terms.push_back(term);
      if (last_day.IsFinite()) c_.TellNumber(Evidence::kLastDay, term.org, last_day.days());
    }
    if (unmet) {
      c_.Decide(Status::kUnmet, MessageCase::kUnmetByTerm, finding);
    } else if (last_day == Date::Forever()) {  // a term that says neither its last day nor its years does not run out
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, finding);
    } else {
      c_.Decide(Status::kMet, MessageCase::kMet, finding);
    }
  }

  void JudgePosts(NodeNumber org, Finding* finding) {
    const bool prepared = !earliest_.empty();
    const Date nobody = Date::Forever();
    if (prepared && earliest_[org.ordinal()] == nobody) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, finding);
      return;
    }
    const int64_t years = Years(org);
    finding->value = years;
    finding->comparator = Comparator::kAtMost;
    if (years == 0) {
      if (c_.explain) TellKind(org);
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, finding);
      return;
    }
    std::vector<Tie> posts;
    if (!prepared || c_.explain) posts = PostsOf(org);
    const Date from = prepared        ? earliest_[org.ordinal()]
                      : posts.empty() ? nobody
                                      : std::min_element(posts.begin(), posts.end(), Earlier)->valid.from;
    if (from == nobody) {
      c_.Decide(Status::kNotApplicable, MessageCase::kNotApplicable, finding);
      return;
    }
    const bool unmet = Expired(from, years);
    if (unmet) Overdue(LastDay(from, years), finding);
    if (c_.explain) TellPosts(posts, unmet, years);
    if (unmet) {
      c_.Decide(Status::kUnmet, from == Date::Beginning() ? MessageCase::kUnmetStartUnknown : MessageCase::kUnmet,
                finding);
    } else {
      c_.Decide(Status::kMet, MessageCase::kMet, finding);
    }
  }

  // The open posts that are evidence, in key order.
  std::vector<Tie> PostsOf(NodeNumber org) const {
    std::vector<Tie> posts;
    c_.day.snapshot().ForEachOpenTo(TieKind::kAppointment, org, c_.day.date(), [&](const Tie& tie) {
      if (shape_.evidence_roles.Has(tie.role)) posts.push_back(tie);
    });
    std::sort(posts.begin(), posts.end(), [](const Tie& a, const Tie& b) { return a.key() < b.key(); });
    return posts;
  }
  static bool Earlier(const Tie& a, const Tie& b) { return a.valid.from < b.valid.from; }

  // Of an overdue body the posts that say so, of another all.
  void TellPosts(const std::vector<Tie>& posts, bool unmet, int64_t years) const {
    size_t told = 0;
    for (const Tie& post : posts) {
      if (unmet && !Expired(post.valid.from, years)) continue;
      if (told++ == kMostTies) break;
      c_.TellTie(post);
      const Date last_day = LastDay(post.valid.from, years);
      if (last_day.IsFinite()) c_.TellNumber(Evidence::kLastDay, post.to, last_day.days());
    }
  }

  // What began before everything has run out.
  static Date LastDay(Date from, int64_t years) { return After(from, Period::kYears, years); }
  bool Expired(Date from, int64_t years) const { return LastDay(from, years) < c_.day.date(); }

  void Overdue(Date last_day, Finding* finding) const {
    if (!last_day.IsFinite()) return;
    finding->since = last_day.AddDays(1);
    finding->threshold = int64_t{c_.day.date().days()} - last_day.days();
    finding->ageing = Ageing::kThreshold;
  }

  // The years of a term of this body, 0 when no class fits.
  int64_t Years(NodeNumber org) const {
    const int32_t kind = c_.day.OrgKind(org);
    for (const BoundTermLength::Class& c : shape_.classes) {
      if (!c.org_kinds.Has(kind)) continue;
      if (c.place == TermPlace::kCommunityUnderParty && !IsCommunityBody(org)) continue;
      return c.years.In(c_.parameters);
    }
    return 0;
  }

  // Seated on a community, and its own parent is a Party organisation seated on a unit above that community (任期意见
  // item 1: the organisations of communities and villages, not those of companies with an address there).
  bool IsCommunityBody(NodeNumber org) const {
    const graph::Snapshot& snapshot = c_.day.snapshot();
    const Date date = c_.day.date();
    const int32_t bits = snapshot.FactAt(org, model::Fact::kOrgParent, date);
    if (bits == model::kNoValue) return false;
    const NodeNumber parent = NodeNumber::FromBits(static_cast<uint32_t>(bits));
    if (parent.kind() != NodeKind::kOrganization || !snapshot.In(parent) ||
        !c_.catalogue.IsParty(c_.day.OrgKind(parent)))
      return false;
    const graph::Territory& territory = c_.day.territory();
    bool found = false;
    snapshot.ForEachOpenFrom(TieKind::kSeat, org, date, [&](const Tie& seat) {
      const uint32_t community = seat.to.ordinal();
      if (found || community >= territory.size() || territory.Level(community) != model::Level::kCommunity) return;
      snapshot.ForEachOpenFrom(TieKind::kSeat, parent, date, [&](const Tie& above) {
        if (above.to != seat.to && territory.AtOrBelow(community, above.to.ordinal())) found = true;
      });
    });
    return found;
  }

  void TellKind(NodeNumber org) const {
    Evidence evidence;
    evidence.kind = Evidence::kFact;
    evidence.node = org;
    evidence.fact = model::Fact::kOrgKind;
    evidence.value = c_.day.OrgKind(org);
    c_.Tell(evidence);
  }

  const Case& c_;
  const BoundTermLength& shape_;
  std::vector<Date> earliest_;
};

}  // namespace

std::unique_ptr<Judge> MakeTermLengthJudge(const Case& c, const BoundTermLength& shape) {
  return std::make_unique<TermLengthJudge>(c, shape);
}

}  // namespace jiceng::rules
