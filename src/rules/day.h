// One day of a snapshot as the rules see it: what people and bodies are, where they are, and the latest terms.
#ifndef JICENG_RULES_DAY_H_
#define JICENG_RULES_DAY_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/types/span.h"
#include "base/date.h"
#include "graph/snapshot.h"
#include "graph/territory.h"
#include "model/catalogue.h"
#include "rules/bound_rule.h"

namespace jiceng::rules {

inline constexpr uint32_t kNone = graph::Territory::kNone;

// The loaded facts of all people, for a loop: a copy keeps them in registers.
class People {
 public:
  explicit People(const std::vector<uint8_t>& packed) : packed_(packed.data()), size_(packed.size()) {}
  // Ordinals come out of ties, and a damaged base may hold any.
  bool Has(model::NodeNumber node) const { return node.kind() == model::NodeKind::kPerson && node.ordinal() < size_; }
  // 0, 1, 2 as model::PartyStatus, or kStatusUnsaid.
  int Status(uint32_t person) const { return packed_[person] & 3; }
  bool InService(uint32_t person) const { return (packed_[person] & 4) != 0; }
  bool IsFull(uint32_t person) const { return Status(person) == static_cast<int>(model::PartyStatus::kFull); }
  // Design §8.1: full or probationary on the day, whatever the affiliation.
  bool IsMember(uint32_t person) const {
    return IsFull(person) || Status(person) == static_cast<int>(model::PartyStatus::kProbationary);
  }

 private:
  const uint8_t* packed_;
  size_t size_;
};

// Cheap to make; what costs a pass is loaded by name.  Lives no longer than the snapshot.  One thread at a time while
// loading.
class Day {
 public:
  Day(const graph::Snapshot& snapshot, base::Date date);

  const graph::Snapshot& snapshot() const { return snapshot_; }
  base::Date date() const { return date_; }
  const graph::Territory& territory() const { return *territory_; }

  // Reads the facts of all people, or the kinds of all bodies, at once; without it each is looked up when asked for.  A
  // second time does nothing.
  void LoadPeople();
  void LoadOrgKinds();
  People people() const { return People(people_); }  // once loaded
  // Finds the latest term begun of every body, or of one.
  void LoadTerms();
  void LoadTermsOf(model::NodeNumber org);

  // 0, 1, 2 as model::PartyStatus, or kStatusUnsaid.
  int Status(uint32_t person) const { return person < people_.size() ? people_[person] & 3 : ReadStatus(person); }
  bool InService(uint32_t person) const {
    return person < people_.size() ? (people_[person] & 4) != 0 : ReadInService(person);
  }
  bool IsFull(uint32_t person) const { return Status(person) == static_cast<int>(model::PartyStatus::kFull); }
  // Design §8.1: full or probationary on the day, whatever the affiliation.
  bool IsMember(uint32_t person) const {
    const int status = Status(person);
    return status == static_cast<int>(model::PartyStatus::kFull) ||
           status == static_cast<int>(model::PartyStatus::kProbationary);
  }
  int32_t OrgKind(model::NodeNumber org) const {
    return org.ordinal() < org_kinds_.size() ? org_kinds_[org.ordinal()]
                                             : snapshot_.FactAt(org, model::Fact::kOrgKind, date_);
  }
  // 1 male, 2 female, 0 not said.
  int Sex(model::NodeNumber person) const {
    const int32_t sex = snapshot_.FactAt(person, model::Fact::kSex, date_);
    return sex == 1 || sex == 2 ? sex : 0;
  }
  model::Level Level(uint32_t unit) const {
    return unit < territory_->size() ? territory_->Level(unit) : model::Level::kNone;
  }
  // The community of a residence or seat, by the territory of the day; kNone where there is none.
  uint32_t Community(uint32_t unit) const { return unit < territory_->size() ? territory_->Community(unit) : kNone; }

  // Of the terms begun by the day the one elected last (of two on one day the greater number; a day not given is the
  // earliest); nullptr when none has begun.
  const model::TermRow* LatestTerm(uint32_t org) const;
  // The last day of a term (design §8.1), Forever() when the row says neither the day nor the years.
  static base::Date LastDay(const model::TermRow& term);

 private:
  // Ordinals come out of ties, and a damaged base may hold any: one that is nobody's has nothing said of it.
  int ReadStatus(uint32_t person) const { return PackStatus(ReadFact(status_, person, model::Fact::kPartyStatus)); }
  bool ReadInService(uint32_t person) const { return ReadFact(in_service_, person, model::Fact::kInService) == 1; }
  static int PackStatus(int32_t status) {
    return status >= 0 && status <= static_cast<int32_t>(model::PartyStatus::kFull) ? status : kStatusUnsaid;
  }
  int32_t ReadFact(absl::Span<const uint8_t> column, uint32_t person, model::Fact fact) const {
    const model::NodeNumber node(model::NodeKind::kPerson, person);
    if (person < column.size() && column.data()[person] < graph::FactColumn::kNarrowDated &&
        !snapshot_.MayHaveChanged(node))
      return column.data()[person];
    return snapshot_.FactAt(node, fact, date_);
  }
  void ConsiderTerm(const model::TermRow& term);

  const graph::Snapshot& snapshot_;
  const base::Date date_;
  const std::shared_ptr<const graph::Territory> territory_;
  absl::Span<const uint8_t> status_, in_service_;  // the base's columns: most people need no look-up
  std::vector<uint8_t> people_;                    // status | in service << 2; empty while not loaded
  std::vector<int32_t> org_kinds_;                 // empty while not loaded
  std::vector<int32_t> latest_term_;  // by organisation: index in terms_, or -1; empty when no body has a term
  std::vector<model::TermRow> terms_;
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_DAY_H_
