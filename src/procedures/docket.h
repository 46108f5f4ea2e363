// The docket: where all matters of a store stand, and which of their clocks have run out.
#ifndef JICENG_PROCEDURES_DOCKET_H_
#define JICENG_PROCEDURES_DOCKET_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "graph/shared_map.h"
#include "procedures/matter.h"
#include "rules/matters.h"

namespace jiceng::procedures {

// A matter as its rows say.
struct KeptMatter {
  const Procedure* procedure = nullptr;
  model::NodeNumber about;
  Matter matter;
};

// A matter that refers to another.
struct Referring {
  uint32_t matter = 0;
  const Procedure* procedure = nullptr;
  Reference reference;
};

// Immutable, share freely; a later one shares with the earlier what has not changed.
class Docket : public rules::Matters {
 public:
  // What a list says of a matter: how it stands after its last step.
  struct Line {
    std::string id;
    const Procedure* procedure = nullptr;
    model::NodeNumber about;
    std::vector<model::NodeNumber> subjects;  // parallel to the template's
    int state = 0;
    bool over = false;
    Moment opened, entered, last;
    std::shared_ptr<const std::vector<Stretch>> stretches;
    std::shared_ptr<const std::vector<Played>> former;         // null: everybody plays the part they had at first
    std::shared_ptr<const std::vector<Reference>> references;  // to other matters; null: it never had any
  };

  // With what is to be said now of these matters; `read` gives none for one that is not there (any more).
  // A matter whose steps its template does not allow is left out; reading it says why.
  Docket With(const std::vector<uint32_t>& matters, const std::function<std::optional<KeptMatter>(uint32_t)>& read,
              const base::Calendar& calendar) const;

  std::optional<uint32_t> Find(std::string_view id) const;
  const Line* FindLine(uint32_t matter) const { return lines_.Find(matter); }
  template <typename Visit>  // void(uint32_t, const Line&)
  void ForEach(Visit visit) const {
    lines_.ForEach(visit);
  }

  // The clocks that had run out at a moment and still ran, as the matters stood then: by what they were due, those still
  // open first.  O(how many there are + how many that ran out have been stopped since).
  template <typename Visit>  // void(uint32_t, const Stretch&)
  void ForEachLate(Moment at, Visit visit) const {
    open_.ForEachFrom(Key(INT64_MIN, 0, 0), [&](const Key& key, const Stretch& stretch) {
      if (std::get<0>(key) >= at.Minutes()) return false;
      if (stretch.since <= at) visit(std::get<1>(key), stretch);
      return true;
    });
    ended_.ForEachFrom(Key(at.Minutes() + 1, 0, 0), [&](const Key& key, const Stretch& stretch) {
      if (stretch.Late(at)) visit(std::get<1>(key), stretch);
      return true;
    });
  }

  // What referred to a matter at a moment.  O(how much of it there is, and has come since).
  template <typename Visit>  // void(const Referring&)
  void ForEachReferring(uint32_t to, Moment at, Visit visit) const {
    const ReferringKey first(to, at.Minutes() + 1, 0, 0);
    referring_.ForEachFrom(first, [&](const ReferringKey& key, const Referring& referring) {
      if (std::get<0>(key) != to) return false;
      if (referring.reference.Holds(at)) visit(referring);
      return true;
    });
  }
  // A tally of a matter at a moment.
  int64_t Count(const Tally& tally, uint32_t matter, Moment at) const;

  // The same by days, for rules.
  void ForEachClock(model::NodeNumber about, absl::FunctionRef<void(const rules::MatterClock&)> visit) const override;
  void ForEachLate(base::Date day, absl::FunctionRef<void(const rules::MatterClock&)> visit) const override;
  void ForEachTurn(base::Validity days,
                   absl::FunctionRef<void(base::Date, const rules::MatterClock&)> visit) const override;
  // Who played a part at the end of a day; no node: nobody did.
  static model::NodeNumber PlayerOf(const Line& line, int part, base::Date day);
  rules::MatterFact Tell(const rules::MatterClock& clock) const override;
  model::NodeNumber Responsible(const rules::MatterClock& clock, base::Date day) const override;

 private:
  // (end, matter, place among the matter's stretches).
  using Key = std::tuple<int64_t, uint32_t, int32_t>;
  // (the matter referred to, end, matter, place among the matter's references).
  using ReferringKey = std::tuple<uint32_t, int64_t, uint32_t, int32_t>;
  graph::SharedMap<uint32_t, Line> lines_;
  graph::SharedMap<std::string, uint32_t> by_id_;
  graph::SharedMap<std::pair<model::NodeNumber, uint32_t>, std::monostate> by_node_;  // whom they are about
  graph::SharedMap<Key, Stretch> open_;   // by when they are due; those that go on
  graph::SharedMap<Key, Stretch> ended_;  // by when they ended; those that were late by then
  graph::SharedMap<ReferringKey, Referring> referring_;
};

}  // namespace jiceng::procedures

#endif  // JICENG_PROCEDURES_DOCKET_H_
