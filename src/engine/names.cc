#include "engine/names.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/status.h"

namespace jiceng::engine {
namespace {

using base::Date;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;
using TextTimeline = model::Timeline<std::string>;

// From this share of all nodes on, one pass over the texts is cheaper than finding each node's.
constexpr size_t kOnePassShare = 20;

// The name in force on the day, else the last there was: who has left is still called something.
std::string_view NameOn(const TextTimeline& names, Date day) {
  const std::string& name = names.At(day);
  if (!name.empty()) return name;
  for (auto step = names.steps().rbegin(); step != names.steps().rend(); ++step) {
    if (!step->value.empty()) return step->value;
  }
  return {};
}

// Gathers the names of one node after the other.
class NameCollector {
 public:
  NameCollector(int64_t seq, Date day, Names* names) : seq_(seq), day_(day), names_(names) {}

  void Add(const store::StoredText& text) {
    if (text.seq > seq_ || text.attribute != TextAttribute::kName) return;
    if (text.node != node_) Finish();
    node_ = text.node;
    timeline_.Assign(text.valid, std::string(text.value));
  }

  void Finish() {
    if (!node_) return;
    const std::string_view name = NameOn(timeline_, day_);
    if (!name.empty()) names_->emplace(node_, name);
    node_ = NodeNumber();
    timeline_ = TextTimeline("");
  }

 private:
  const int64_t seq_;
  const Date day_;
  Names* const names_;
  NodeNumber node_;
  TextTimeline timeline_{""};
};

}  // namespace

absl::StatusOr<Names> ReadNames(Store* store, const Version& version, Date day, absl::Span<const NodeNumber> nodes) {
  Names names;
  const std::unordered_set<NodeNumber> wanted(nodes.begin(), nodes.end());
  if (wanted.empty()) return names;
  names.reserve(wanted.size());
  size_t all = 0;
  for (int k = 1; k < model::kNodeKinds; ++k) all += version.graph->Count(static_cast<NodeKind>(k));
  NameCollector collector(version.seq, day, &names);
  if (wanted.size() > all / kOnePassShare) {
    RETURN_IF_ERROR(store->rows().ReadAllTexts([&](const store::StoredText& text) {
      if (wanted.count(text.node) != 0) collector.Add(text);
    }));
    collector.Finish();
    return names;
  }
  for (const NodeNumber node : wanted) {
    RETURN_IF_ERROR(store->rows().ReadTexts(node, [&](const store::StoredText& text) { collector.Add(text); }));
    collector.Finish();
  }
  return names;
}

absl::StatusOr<std::vector<std::pair<TextAttribute, TextTimeline>>> ReadTextTimelines(Store* store,
                                                                                      const Version& version,
                                                                                      NodeNumber node) {
  std::map<TextAttribute, TextTimeline> timelines;
  RETURN_IF_ERROR(store->rows().ReadTexts(node, [&](const store::StoredText& text) {
    if (text.seq > version.seq) return;
    timelines.try_emplace(text.attribute, std::string()).first->second.Assign(text.valid, std::string(text.value));
  }));
  return std::vector<std::pair<TextAttribute, TextTimeline>>(timelines.begin(), timelines.end());
}

}  // namespace jiceng::engine
