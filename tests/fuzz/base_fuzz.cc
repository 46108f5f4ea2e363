// Arbitrary bytes as a base file: refused, or answered from without leaving the file.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "graph/base.h"
#include "graph/base_builder.h"
#include "graph/snapshot.h"
#include "graph/walk.h"

namespace {

using jiceng::base::Date;
using jiceng::model::NodeKind;
using jiceng::model::NodeNumber;
using jiceng::model::TieKind;

// A small good base whose columns the fuzzer damages: random bytes alone never pass the directory's digest.
std::vector<uint8_t> Seed() {
  jiceng::graph::BaseBuilder builder;
  const char* ids[] = {"a", "b", "c", "d"};
  for (NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson}) {
    for (uint32_t i = 0; i < 4; ++i) {
      jiceng::model::NodeRow row;
      row.node = NodeNumber(kind, i);
      row.facts[0] = static_cast<int32_t>(i + 1);
      builder.OnNode(row);
      builder.OnText(row.node, jiceng::model::TextAttribute::kId, {}, ids[i]);
    }
  }
  for (uint32_t i = 1; i < 4; ++i) {
    jiceng::model::Tie tie;
    tie.kind = TieKind::kTerritory;
    tie.from = NodeNumber(NodeKind::kUnit, i);
    tie.to = NodeNumber(NodeKind::kUnit, i - 1);
    tie.number = i;
    builder.OnTie(tie, "{}");
    tie.kind = TieKind::kResidence;
    tie.from = NodeNumber(NodeKind::kPerson, i);
    tie.number = i + 10;
    builder.OnTie(tie, "");
  }
  builder.OnFact(
      {NodeNumber(NodeKind::kPerson, 1), jiceng::model::Fact::kPartyStatus, {Date::FromDays(100), Date::Forever()}, 2});
  const auto base = builder.Finish({});
  const auto bytes = (*base)->file().bytes();
  return {bytes.begin(), bytes.end()};
}

void AskEverything(const jiceng::graph::Snapshot& snapshot) {
  const Date day = Date::FromDays(20000);
  uint64_t sum = 0;
  for (int k = 1; k < jiceng::model::kNodeKinds; ++k) {
    const NodeKind kind = static_cast<NodeKind>(k);
    for (uint32_t i = 0; i < snapshot.Count(kind) && i < 64; ++i) {
      const NodeNumber node(kind, i);
      sum += snapshot.Id(node).size() + static_cast<uint64_t>(snapshot.Exists(node, day));
      for (int f = 0; f < jiceng::model::FactCount(kind); ++f)
        sum += static_cast<uint64_t>(snapshot.FactAt(node, static_cast<jiceng::model::Fact>(f), day));
      for (int t = 1; t < jiceng::model::kTieKinds; ++t) {
        snapshot.ForEachFrom(static_cast<TieKind>(t), node,
                             [&](const jiceng::model::Tie& tie) { sum += snapshot.Extra(tie).size(); });
        snapshot.ForEachTo(static_cast<TieKind>(t), node, [&](const jiceng::model::Tie& tie) { sum += tie.number; });
      }
      sum += jiceng::graph::IsUnder(snapshot, node, NodeNumber(NodeKind::kUnit, 0), day);
    }
    sum += snapshot.Find(kind, "b", day).has_value();
  }
  sum += snapshot.TerritoryOn(day)->size();
  if (sum == 0x6a09e667f3bcc908ull) abort();  // the sum is looked at, so nothing above may be left out
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Raw bytes as a file.
  auto raw = jiceng::graph::ColumnFile::FromBytes({data, size});
  if (raw.ok()) {
    auto base = jiceng::graph::Base::Open(*std::move(raw));
    if (base.ok()) AskEverything(jiceng::graph::Snapshot(*std::move(base)));
  }
  // Damage to a good file: pairs of (position, value), past the directory, which a digest guards.
  static const std::vector<uint8_t> seed = Seed();
  std::vector<uint8_t> bytes = seed;
  for (size_t i = 0; i + 3 <= size; i += 3) {
    const size_t at = (size_t{data[i]} << 8 | data[i + 1]) % bytes.size();
    bytes[at] = data[i + 2];
  }
  auto file = jiceng::graph::ColumnFile::FromBytes(bytes);
  if (!file.ok()) return 0;
  auto base = jiceng::graph::Base::Open(*std::move(file));
  if (base.ok()) AskEverything(jiceng::graph::Snapshot(*std::move(base)));
  return 0;
}
