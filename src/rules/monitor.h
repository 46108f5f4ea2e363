// A monitor: the findings of a whole store and its counts of people, kept current from version to version.
#ifndef JICENG_RULES_MONITOR_H_
#define JICENG_RULES_MONITOR_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "graph/shared_column.h"
#include "graph/shared_map.h"
#include "graph/snapshot.h"
#include "rules/evaluator.h"
#include "rules/indicators.h"
#include "rules/lists.h"

namespace jiceng::rules {

class NodeJudge;  // monitor.cc

// One version of it, for one snapshot and date.  Immutable, share freely; it shares with its predecessor what did not
// change, so that following a commit costs what the commit touches.
class Monitor {
 public:
  // What one step did.
  struct Step {
    bool rebuilt = false;  // everything was judged anew
    int64_t judged = 0;    // nodes judged
    // In the order of findings; a finding that changed is in both.  One that has aged by the days gone by has not.
    std::vector<Finding> appeared, gone;
  };

  // Judges everything: an audit, and a pass for the counts.  `request` has no root; `catalogue` must outlive the
  // monitor and those that follow it.  Errors: those of Audit().
  static absl::StatusOr<std::shared_ptr<const Monitor>> Build(std::shared_ptr<const graph::Snapshot> snapshot,
                                                              const model::Catalogue& catalogue, const RuleSet& rules,
                                                              const AuditRequest& request);

  // The monitor of a later version of the same store, or of one that was tried on top of it, and of the same or another
  // date.  Judges the nodes that what has come since, and the days gone by, can have changed; everything when the
  // territory changed, when other rules are in force, with other packs or waivers than before (`attached` is another
  // pointer, or one of them begins or ends between the dates), when the base was built anew meanwhile, and when most
  // would have to be judged.  `rules` are those the packs were resolved against.  `step` may be null.
  // Errors: INVALID_ARGUMENT, reason UNKNOWN_RULE, when a rule that was asked for is no longer there.
  absl::StatusOr<std::shared_ptr<const Monitor>> Next(std::shared_ptr<const graph::Snapshot> snapshot, base::Date date,
                                                      const RuleSet& rules, std::shared_ptr<const Attached> attached,
                                                      std::shared_ptr<const Matters> matters, Step* step) const;
  // The same with the packs and waivers there were, of a version with no other matters.
  absl::StatusOr<std::shared_ptr<const Monitor>> Next(std::shared_ptr<const graph::Snapshot> snapshot, base::Date date,
                                                      Step* step) const {
    return Next(std::move(snapshot), date, rules_, request_.attached, request_.matters, step);
  }

  const graph::Snapshot& snapshot() const { return *snapshot_; }
  base::Date date() const { return request_.date; }
  const Parameters& parameters() const { return request_.parameters; }
  const std::shared_ptr<const Attached>& attached() const { return request_.attached; }
  const std::shared_ptr<const Matters>& matters() const { return request_.matters; }
  const std::vector<int>& judged() const { return judged_; }  // the rules judged by
  // Equal to those of Audit().  O(findings).
  Findings findings() const;
  size_t size() const { return size_; }
  // How many findings that are not waived a rule has, by index in the rule set.
  const std::vector<int64_t>& unmet() const { return unmet_; }
  // Equal to Rollup().  O(units).
  std::vector<RollupRow> RollUp(const Indicator& indicator, std::optional<model::Level> level) const;
  // Members as in CountMembers(), at or below a unit.  O(1).
  int64_t FullMembers(uint32_t unit) const { return Count(PeopleCount::kFullOfBranches, unit); }
  int64_t ProbationaryMembers(uint32_t unit) const { return Count(PeopleCount::kProbationaryOfBranches, unit); }

 private:
  using Key =
      std::pair<std::string, int>;  // the subject's text, the rule's place in the order of ids: as they are listed
  using FindingMap = graph::SharedMap<Key, Finding>;

  Monitor(std::shared_ptr<const graph::Snapshot> snapshot, const model::Catalogue& catalogue, const RuleSet& rules,
          AuditRequest request)
      : snapshot_(std::move(snapshot)), catalogue_(&catalogue), rules_(rules), request_(std::move(request)) {}

  int64_t Count(PeopleCount count, uint32_t unit) const {
    const auto& column = counts_[static_cast<size_t>(count)];
    return unit < column.size() ? column[unit] : 0;
  }
  Key KeyOf(const Finding& finding) const;
  // Findings are kept as if the days that they count had been counted up to 1970-01-01, so that they stay as they are
  // from day to day.
  Finding ToKeep(Finding finding) const {
    finding.Age(-request_.date.days());
    return finding;
  }
  Finding Kept(Finding finding) const {
    finding.Age(request_.date.days());
    return finding;
  }
  absl::StatusOr<std::shared_ptr<const Monitor>> Rebuild(std::shared_ptr<const graph::Snapshot> snapshot,
                                                         base::Date date, const RuleSet& rules,
                                                         std::shared_ptr<const Attached> attached,
                                                         std::shared_ptr<const Matters> matters, Step* step) const;
  // What follows this one, with nothing judged yet.
  std::shared_ptr<Monitor> Successor(std::shared_ptr<const graph::Snapshot> snapshot, base::Date date,
                                     std::shared_ptr<const Matters> matters) const;
  void JudgeAgain(NodeJudge* judge, const std::vector<model::NodeNumber>& nodes, const Monitor& before, Step* step);
  void CountAgain(const std::vector<model::NodeNumber>& people, const Monitor& before);
  void Keep(const FindingMap& before, const FindingMap::Changes& changes);

  std::shared_ptr<const graph::Snapshot> snapshot_;
  const model::Catalogue* catalogue_;
  RuleSet rules_;
  AuditRequest request_;
  std::vector<int> judged_;
  FindingMap findings_;
  size_t size_ = 0;
  std::vector<int64_t> unmet_;
  std::array<graph::SharedColumn<int64_t>, kPeopleCounts> counts_;
  std::shared_ptr<const std::vector<model::NodeNumber>> units_;  // all, in the order in which they are listed
};

}  // namespace jiceng::rules

#endif  // JICENG_RULES_MONITOR_H_
