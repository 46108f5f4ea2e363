// One day of a snapshot as the rules see it: what people and bodies are, where they are, and the latest terms.
#ifndef JICENG_RULES_DAY_H_
#define JICENG_RULES_DAY_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "base/date.h"
#include "graph/snapshot.h"
#include "graph/territory.h"
#include "model/catalogue.h"
#include "rules/bound_rule.h"

namespace jiceng::rules {

inline constexpr uint32_t kNone = graph::Territory::kNone;

// Cheap to make; what costs a pass is loaded by name.  Lives no longer than the snapshot.  One thread at a time while
// loading.
class Day {
 public:
  Day(const graph::Snapshot& snapshot, base::Date date)
      : snapshot_(snapshot), date_(date), territory_(snapshot.TerritoryOn(date)) {}

  const graph::Snapshot& snapshot() const { return snapshot_; }
  base::Date date() const { return date_; }
  const graph::Territory& territory() const { return *territory_; }

  // Reads the facts of all people at once; without it each is looked up when asked for.
  void LoadPeople();
  // Finds the latest term begun of every body, or of one.
  void LoadTerms();
  void LoadTermsOf(model::NodeNumber org);

  // 0, 1, 2 as model::PartyStatus, or kStatusUnsaid.
  int Status(uint32_t person) const { return Packed(person) & 3; }
  bool InService(uint32_t person) const { return (Packed(person) & 4) != 0; }
  bool IsFull(uint32_t person) const { return Status(person) == static_cast<int>(model::PartyStatus::kFull); }
  // Design §8.1: full or probationary on the day, whatever the affiliation.
  bool IsMember(uint32_t person) const {
    const int status = Status(person);
    return status == static_cast<int>(model::PartyStatus::kFull) ||
           status == static_cast<int>(model::PartyStatus::kProbationary);
  }
  int32_t OrgKind(model::NodeNumber org) const { return snapshot_.FactAt(org, model::Fact::kOrgKind, date_); }
  // The community of a residence or seat, by the territory of the day; kNone where there is none.
  uint32_t Community(uint32_t unit) const { return unit < territory_->size() ? territory_->Community(unit) : kNone; }

  // Of the terms begun by the day the one elected last (of two on one day the greater number; a day not given is the
  // earliest); nullptr when none has begun.
  const model::TermRow* LatestTerm(uint32_t org) const;
  // The last day of a term (design §8.1), Forever() when the row says neither the day nor the years.
  static base::Date LastDay(const model::TermRow& term);

 private:
  // Ordinals come out of ties, and a damaged base may hold any: one that is nobody's has nothing said of it.
  uint8_t Packed(uint32_t person) const { return person < people_.size() ? people_[person] : ReadPerson(person); }
  uint8_t ReadPerson(uint32_t person) const;
  void ConsiderTerm(const model::TermRow& term);

  const graph::Snapshot& snapshot_;
  const base::Date date_;
  const std::shared_ptr<const graph::Territory> territory_;
  std::vector<uint8_t> people_;       // status | in service << 2
  std::vector<int32_t> latest_term_;  // by organisation: index in terms_, or -1; empty when no body has a term
  std::vector<model::TermRow> terms_;
};

// The values of one fact for all nodes of a kind on a day.
std::vector<int32_t> FactsOn(const graph::Snapshot& snapshot, model::NodeKind kind, model::Fact fact, base::Date date);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_DAY_H_
