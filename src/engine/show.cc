// One node whole, on one day.
#include <algorithm>
#include <tuple>

#include "base/status.h"
#include "base/strings.h"
#include "engine/describe.h"
#include "engine/names.h"
#include "engine/wording.h"
#include "model/change.h"

namespace jiceng::engine {
namespace {

using base::Date;
using base::Validity;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;
using model::Tie;
using model::TieKind;
using rules::Language;

// The stretch of the timeline in which the day lies.
template <typename Value>
Validity Stretch(const model::Timeline<Value>& timeline, Date day) {
  Validity valid;
  for (const auto& step : timeline.steps()) {
    if (step.from <= day) {
      valid.from = step.from;
    } else {
      valid.to = step.from;
      break;
    }
  }
  return valid;
}

class Describer {
 public:
  Describer(const Version& version, const model::Catalogue& catalogue, NodeNumber node, Date day, Language language)
      : graph_(*version.graph), catalogue_(catalogue), node_(node), day_(day), language_(language) {}

  void AddNode(std::string_view name, Validity named) {
    Add("node", "name", std::string(name), named);
    Add("node", "node_kind", NodeKindTitle(node_.kind(), language_), {});
    if (graph_.Withdrawn(node_)) {
      Add("node", "lifetime", Say("已撤回：不应入库", "withdrawn: never was"), graph_.Life(node_));
    } else if (node_.kind() != NodeKind::kPerson) {
      const Validity life = graph_.Life(node_);
      Add("node", "lifetime",
          day_ < life.from   ? Say("尚未设立", "not there yet")
          : life.Holds(day_) ? Say("存续", "exists")
                             : Say("已撤销", "gone"),
          life);
    }
  }

  void AddFacts() {
    for (int i = 0; i < model::FactCount(node_.kind()); ++i) {
      const Fact fact = static_cast<Fact>(i);
      const model::FactTimeline timeline = graph_.FactTimeline(node_, fact);
      const int32_t value = timeline.At(day_);
      if (value == model::kNoValue) continue;
      const bool is_node = model::HoldsNode(node_.kind(), fact);
      Add("fact", model::FactName(node_.kind(), fact),
          is_node ? "" : FactTitle(catalogue_, node_.kind(), fact, value, language_), Stretch(timeline, day_),
          is_node ? NodeNumber::FromBits(static_cast<uint32_t>(value)) : NodeNumber());
    }
  }

  void AddText(TextAttribute attribute, const model::Timeline<std::string>& timeline) {
    // The id is the node's text, the name stands on top, and the hash of a citizen number tells nobody anything.
    const bool hidden = attribute == TextAttribute::kId || attribute == TextAttribute::kName ||
                        attribute == TextAttribute::kCitizenIdHash;
    if (hidden || timeline.At(day_).empty()) return;
    Add("text", model::TextAttributeName(attribute), timeline.At(day_), Stretch(timeline, day_));
  }

  void AddTies() {
    struct Shown {
      std::string other_text;
      bool incoming;
      Tie tie;
    };
    for (int k = 1; k < model::kTieKinds; ++k) {
      const TieKind kind = static_cast<TieKind>(k);
      std::vector<Shown> ties;
      const auto collect = [&](bool incoming) {
        return [&ties, incoming, this](const Tie& tie) {
          ties.push_back({graph_.Text(incoming ? tie.from : tie.to), incoming, tie});
        };
      };
      graph_.ForEachOpenFrom(kind, node_, day_, collect(false));
      graph_.ForEachOpenTo(kind, node_, day_, collect(true));
      std::sort(ties.begin(), ties.end(), [](const Shown& a, const Shown& b) {
        return std::tie(a.other_text, a.incoming, a.tie.role, a.tie.valid.from) <
               std::tie(b.other_text, b.incoming, b.tie.role, b.tie.valid.from);
      });
      for (const Shown& shown : ties) {
        Add("tie", model::TieKindName(kind), TieValue(shown.tie, shown.incoming), shown.tie.valid,
            shown.incoming ? shown.tie.from : shown.tie.to);
      }
    }
  }

  std::vector<Detail> Take() { return std::move(details_); }

 private:
  const char* Say(const char* zh, const char* en) const { return language_ == Language::kChinese ? zh : en; }

  void Add(const char* section, const char* key, std::string value, Validity valid, NodeNumber other = NodeNumber()) {
    details_.push_back({section, key, std::move(value), other, valid});
  }

  // "←" when the tie comes from the other node, then role, manner and attributes, as far as the kind has them.
  std::string TieValue(const Tie& tie, bool incoming) const {
    std::string value;
    const auto append = [&](std::string_view part) {
      if (!part.empty()) value += base::StrCat(value.empty() ? "" : " ", part);
    };
    if (incoming && model::LawOf(tie.kind).shape != model::TieLaw::kSymmetric) append("←");
    if (tie.role != 0) append(RoleTitle(catalogue_, tie.role, language_));
    append(MannerTitle(tie.kind, tie.manner, language_));
    append(graph_.Extra(tie));
    return value;
  }

  const graph::Snapshot& graph_;
  const model::Catalogue& catalogue_;
  const NodeNumber node_;
  const Date day_;
  const Language language_;
  std::vector<Detail> details_;
};

}  // namespace

absl::StatusOr<std::vector<Detail>> Show(Store* store, const Version& version, NodeNumber node, Date day,
                                         Language language) {
  if (!version.graph->In(node))
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE", "no such node in the store");
  ASSIGN_OR_RETURN(const Names names, ReadNames(store, version, day, {node}));
  ASSIGN_OR_RETURN(const auto texts, ReadTextTimelines(store, version, node));
  Describer describer(version, store->catalogue().model, node, day, language);
  Validity named;
  for (const auto& [attribute, timeline] : texts) {
    if (attribute == TextAttribute::kName && !timeline.At(day).empty()) named = Stretch(timeline, day);
  }
  const auto name = names.find(node);
  describer.AddNode(name == names.end() ? std::string_view() : std::string_view(name->second), named);
  describer.AddFacts();
  for (const auto& [attribute, timeline] : texts) describer.AddText(attribute, timeline);
  describer.AddTies();
  return describer.Take();
}

}  // namespace jiceng::engine
