// Shape: no more than so many open ties of one kind between the same two nodes.
#include <algorithm>
#include <utility>

#include "base/sorted.h"
#include "rules/judge.h"
#include "rules/open_ties.h"

namespace jiceng::rules {
namespace {

using model::NodeNumber;
using model::Tie;

class UniquenessJudge : public Judge {
 public:
  UniquenessJudge(const Case& c, const BoundUniqueness& shape)
      : c_(c), shape_(shape), at_most_(shape.at_most.In(c.parameters)) {}

  // The ties between two nodes follow each other, so too many of them are a long run; whoever has a tie out of order is
  // looked at anyway.
  [[gnu::flatten]] void Prepare(const Counts&) override {
    const OpenTies ties(c_.day.snapshot(), shape_.kind, c_.day.date());
    NodeNumber from, to;
    int64_t run = 0;
    bool in_order = true;
    ties.ForEach([&](const OpenTie& tie) {
      if (!ties.sorted() && (tie.from < from || (tie.from == from && tie.to < to))) in_order = false;
      run = tie.from == from && tie.to == to ? run + 1 : 1;
      from = tie.from;
      to = tie.to;
      if (run > at_most_ || !in_order) suspects_[static_cast<int>(from.kind())].push_back(from.ordinal());
    });
    for (std::vector<uint32_t>& suspects : suspects_) {
      base::SortUnique(&suspects);
    }
  }
  std::optional<std::vector<uint32_t>> Suspects(model::NodeKind kind) override {
    return std::move(suspects_[static_cast<int>(kind)]);
  }

  Finding Run(NodeNumber node) override {
    Finding finding = c_.Blank(node);
    finding.comparator = Comparator::kAtMost;
    finding.threshold = at_most_;
    ties_.clear();
    c_.day.snapshot().ForEachOpenFrom(shape_.kind, node, c_.day.date(), [&](const Tie& tie) { ties_.push_back(tie); });
    if (ties_.empty() || (static_cast<int64_t>(ties_.size()) <= at_most_ && !c_.explain)) {
      const bool none = ties_.empty();
      c_.Decide(none ? Status::kNotApplicable : Status::kMet, none ? MessageCase::kNotApplicable : MessageCase::kMet,
                &finding);
      return finding;
    }
    std::sort(ties_.begin(), ties_.end(), [](const Tie& a, const Tie& b) { return a.key() < b.key(); });
    bool met = true;
    for (size_t first = 0, last = 0; first < ties_.size(); first = last) {
      last = first;
      while (last < ties_.size() && ties_[last].to == ties_[first].to) ++last;
      const int64_t count = static_cast<int64_t>(last - first);
      if (count > at_most_) {
        if (c_.explain) TellRun(first, last);
        if (met) finding.since = Exceeded(first, last);
        met = false;
      }
      if (count > finding.value) {
        finding.value = count;
        finding.object = ties_[first].to;
      }
    }
    if (met && c_.explain) TellRun(0, ties_.size());
    c_.Decide(met ? Status::kMet : Status::kUnmet, met ? MessageCase::kMet : MessageCase::kUnmet, &finding);
    return finding;
  }

 private:
  // The day on which the ties of one run became too many: the beginning of the first one beyond the limit.
  base::Date Exceeded(size_t first, size_t last) const {
    std::vector<base::Date> begun;
    for (size_t i = first; i < last; ++i) begun.push_back(ties_[i].valid.from);
    std::sort(begun.begin(), begun.end());
    return begun[static_cast<size_t>(at_most_)];
  }

  void TellRun(size_t first, size_t last) const {
    for (size_t i = first; i < std::min(last, first + kMostTies); ++i) c_.TellTie(ties_[i]);
  }

  const Case& c_;
  const BoundUniqueness& shape_;
  const int64_t at_most_;
  std::vector<Tie> ties_;
  std::vector<uint32_t> suspects_[model::kNodeKinds];
};

}  // namespace

std::unique_ptr<Judge> MakeUniquenessJudge(const Case& c, const BoundUniqueness& shape) {
  return std::make_unique<UniquenessJudge>(c, shape);
}

}  // namespace jiceng::rules
