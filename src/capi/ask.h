// What questions to a snapshot share: finding the node that is meant, keeping to the actor's scope, naming and placing
// nodes.
#ifndef JICENG_CAPI_ASK_H_
#define JICENG_CAPI_ASK_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "capi/handles.h"
#include "engine/names.h"
#include "graph/territory.h"
#include "model/node.h"

namespace jiceng::capi {

// The day on which whatever has no end holds: for calls without a date.
inline constexpr base::Date kLatest = base::Date::FromDays(base::Date::Forever().days() - 1);

// That the snapshot is given and this is the process that opened it.  Questions take locks that a child of fork() may
// have inherited held.
absl::Status CheckSnapshot(const jiceng_snapshot* snapshot);

// Whether the snapshot's actor may see the node.
bool MaySee(const jiceng_snapshot& snapshot, model::NodeNumber node, base::Date day);

// The node a text means, by its id or a code in force on `day`, seen by the actor.
// Errors: INVALID_ARGUMENT (NULL_ARGUMENT, BAD_NODE, those of ReadText), NOT_FOUND UNKNOWN_NODE, PERMISSION_DENIED
// OUT_OF_SCOPE.
absl::StatusOr<model::NodeNumber> FindNode(const jiceng_snapshot& snapshot, const char* node, size_t length,
                                           base::Date day, const char* name);
// The same where null stands for everything the actor may see.
absl::StatusOr<std::optional<model::NodeNumber>> FindRoot(const jiceng_snapshot& snapshot, const char* node,
                                                          size_t length, base::Date day);

// The kind of a node in one word: a unit's level, an organisation's kind, "person"; "" where nothing is said on that
// day.
std::string KindOf(const jiceng_snapshot& snapshot, model::NodeNumber node, base::Date day);

// Fills the next cell with the text of a node.
void PutNode(const graph::Snapshot& graph, model::NodeNumber node, TableBuilder* table);

// Names of nodes on one day, read in one go.
class NamesOn {
 public:
  static absl::StatusOr<NamesOn> Read(const jiceng_snapshot& snapshot, base::Date day,
                                      absl::Span<const model::NodeNumber> nodes);
  std::string_view Of(model::NodeNumber node) const;  // "" where there is none

 private:
  engine::Names names_;
};

// Reads the names of `nodes`, in their order, when called; keeps the snapshot until then.
std::function<std::vector<std::string>()> NamesLater(const jiceng_snapshot& snapshot, base::Date day,
                                                     std::vector<model::NodeNumber> nodes);

// Two columns that stand beside each other: nodes, and their names, which are read when the first is asked for.
class NamedNodes {
 public:
  // `names` is the second column.  Snapshot and table outlive it.
  NamedNodes(const jiceng_snapshot& snapshot, base::Date day, const char* names, TableBuilder* table)
      : snapshot_(snapshot), day_(day), names_(names), table_(table) {}
  void Reserve(size_t rows) { nodes_.reserve(rows); }
  void Put(model::NodeNumber node);  // both cells; no node is null
  // Once all rows are there.
  void Finish() { table_->Fill(names_, NamesLater(snapshot_, day_, std::move(nodes_))); }

 private:
  const jiceng_snapshot& snapshot_;
  const base::Date day_;
  const char* const names_;
  TableBuilder* const table_;
  std::vector<model::NodeNumber> nodes_;
};

// Where nodes lie on one day.
class PlacesOn {
 public:
  PlacesOn(const graph::Snapshot& graph, base::Date day)
      : graph_(graph), day_(day), territory_(graph.TerritoryOn(day)) {}
  // The community in which a node lies (a person by residence, an organisation by seat), else the unit; bytewise the
  // smallest of several; "" for none.
  std::string Of(model::NodeNumber node) const;

 private:
  std::string OfUnit(model::NodeNumber unit) const;

  const graph::Snapshot& graph_;
  const base::Date day_;
  const std::shared_ptr<const graph::Territory> territory_;
};

}  // namespace jiceng::capi

#endif  // JICENG_CAPI_ASK_H_
