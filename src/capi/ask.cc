#include "capi/ask.h"

#include "base/status.h"
#include "base/strings.h"
#include "capi/arguments.h"

namespace jiceng::capi {

using model::NodeKind;
using model::NodeNumber;

absl::Status CheckSnapshot(const jiceng_snapshot* snapshot) {
  RETURN_IF_ERROR(Need(snapshot, "snapshot"));
  return snapshot->process.Check();
}

bool MaySee(const jiceng_snapshot& snapshot, NodeNumber node, base::Date day) {
  return snapshot.actor == nullptr || access::MaySee(snapshot.graph(), *snapshot.actor, node, day);
}

absl::StatusOr<NodeNumber> FindNode(const jiceng_snapshot& snapshot, const char* node, size_t length, base::Date day,
                                    const char* name) {
  RETURN_IF_ERROR(Need(node, name));
  ASSIGN_OR_RETURN(const std::string_view text, ReadText(node, length, name));
  const absl::StatusOr<model::NodeText> parsed = model::ParseNodeText(text);
  if (!parsed.ok()) {
    const absl::string_view message = parsed.status().message();
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_NODE", {message.data(), message.size()}, name);
  }
  const graph::Snapshot& graph = snapshot.graph();
  const std::optional<NodeNumber> found = graph.Find(parsed->kind, parsed->id, day);
  if (!found.has_value() || graph.Withdrawn(*found)) {
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE", base::StrCat("there is no ", text), name);
  }
  if (!MaySee(snapshot, *found, day)) {
    return base::Error(
        absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
        base::StrCat(text, " does not lie at or below ", snapshot.actor->scope(), ", the scope of the actor"), name);
  }
  return *found;
}

absl::StatusOr<std::optional<NodeNumber>> FindRoot(const jiceng_snapshot& snapshot, const char* node, size_t length,
                                                   base::Date day) {
  if (node == nullptr) return access::EffectiveRoot(snapshot.graph(), snapshot.actor.get(), std::nullopt, day);
  ASSIGN_OR_RETURN(const NodeNumber found, FindNode(snapshot, node, length, day, "node"));
  return std::optional<NodeNumber>(found);
}

std::string KindOf(const jiceng_snapshot& snapshot, NodeNumber node, base::Date day) {
  const graph::Snapshot& graph = snapshot.graph();
  switch (node.kind()) {
    case NodeKind::kUnit: {
      const int32_t level = graph.FactAt(node, model::Fact::kLevel, day);
      if (level <= 0 || level > static_cast<int32_t>(model::Level::kMicroGrid)) return "";
      return model::LevelName(static_cast<model::Level>(level));
    }
    case NodeKind::kOrganization: {
      const model::OrgKind* kind =
          snapshot.catalogue().model.FindOrgKind(graph.FactAt(node, model::Fact::kOrgKind, day));
      return kind == nullptr ? "" : kind->id;
    }
    case NodeKind::kPerson:
      return model::NodeKindName(NodeKind::kPerson);
    case NodeKind::kNone:
      break;
  }
  return "";
}

void PutNode(const graph::Snapshot& graph, NodeNumber node, TableBuilder* table) {
  const std::string_view id = graph.Id(node);
  if (id.empty()) return table->Text(graph.Text(node));  // someone who has been erased
  table->Text({model::NodeKindName(node.kind()), ":", id});
}

absl::StatusOr<NamesOn> NamesOn::Read(const jiceng_snapshot& snapshot, base::Date day,
                                      absl::Span<const NodeNumber> nodes) {
  NamesOn names;
  if (nodes.empty()) return names;
  ASSIGN_OR_RETURN(names.names_, engine::ReadNames(snapshot.engine.get(), snapshot.version, day, nodes));
  return names;
}

std::string_view NamesOn::Of(NodeNumber node) const {
  const auto found = names_.find(node);
  return found == names_.end() ? std::string_view() : std::string_view(found->second);
}

std::function<std::vector<std::string>()> NamesLater(const jiceng_snapshot& snapshot, base::Date day,
                                                     std::vector<NodeNumber> nodes) {
  return [snapshot, day, nodes = std::move(nodes)] {
    std::vector<std::string> texts(nodes.size());
    const auto names = NamesOn::Read(snapshot, day, nodes);
    if (!names.ok()) return texts;
    for (size_t i = 0; i < nodes.size(); ++i) texts[i] = std::string(names->Of(nodes[i]));
    return texts;
  };
}

void NamedNodes::Put(NodeNumber node) {
  if (node) {
    PutNode(snapshot_.graph(), node, table_);
  } else {
    table_->Null();
  }
  table_->Later();
  nodes_.push_back(node);
}

std::string PlacesOn::OfUnit(NodeNumber unit) const {
  const uint32_t community =
      unit.ordinal() < territory_->size() ? territory_->Community(unit.ordinal()) : graph::Territory::kNone;
  return graph_.Text(community == graph::Territory::kNone ? unit : NodeNumber(NodeKind::kUnit, community));
}

std::string PlacesOn::Of(NodeNumber node) const {
  if (!graph_.In(node)) return "";
  if (node.kind() == NodeKind::kUnit) return OfUnit(node);
  std::string place;
  const auto kind = node.kind() == NodeKind::kPerson ? model::TieKind::kResidence : model::TieKind::kSeat;
  graph_.ForEachOpenFrom(kind, node, day_, [&](const model::Tie& tie) {
    std::string here = OfUnit(tie.to);
    if (place.empty() || here < place) place = std::move(here);
  });
  return place;
}

}  // namespace jiceng::capi
