// Everything an organisation answers, as lines of text in which no internal number occurs: two stores that say the same
// give the same lines.
#ifndef JICENG_TESTS_ENGINE_ANSWERS_H_
#define JICENG_TESTS_ENGINE_ANSWERS_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/names.h"
#include "tests/engine/organization.h"
#include "wire/changes.h"

namespace jiceng::engine {

inline std::string Days(base::Validity valid) { return "[" + valid.from.ToString() + ", " + valid.to.ToString() + ")"; }

// `with_references`: parents and seats as facts, not only the ties that follow from them.
inline std::vector<std::string> Answers(Organization& organization, bool with_references = true) {
  std::vector<std::string> lines;
  const graph::Snapshot& graph = organization.now();
  for (int k = 1; k < model::kNodeKinds; ++k) {
    for (uint32_t i = 0; i < graph.Count(static_cast<model::NodeKind>(k)); ++i) {
      const model::NodeNumber node(static_cast<model::NodeKind>(k), i);
      if (graph.Withdrawn(node)) continue;
      const std::string text = graph.Text(node);
      lines.push_back(text + " life " + Days(graph.Life(node)) + " " + std::to_string(graph.Precision(node)));
      for (int f = 0; f < model::FactCount(node.kind()); ++f) {
        const auto fact = static_cast<model::Fact>(f);
        const bool is_node = model::HoldsNode(node.kind(), fact);
        if (is_node && !with_references) continue;
        graph.FactTimeline(node, fact).ForEach([&](base::Validity valid, int32_t value) {
          const std::string shown =
              is_node ? graph.Text(model::NodeNumber::FromBits(static_cast<uint32_t>(value))) : std::to_string(value);
          lines.push_back(text + " " + model::FactName(node.kind(), fact) + " " + shown + " " + Days(valid));
        });
      }
      const auto texts = ReadTextTimelines(organization.store(), organization.version(), node);
      EXPECT_TRUE(texts.ok()) << texts.status();
      for (const auto& [attribute, timeline] : *texts) {
        timeline.ForEach(
            [&, name = model::TextAttributeName(attribute)](base::Validity valid, const std::string& value) {
              lines.push_back(text + " " + name + " '" + value + "' " + Days(valid));
            });
      }
    }
  }
  for (int k = 1; k < model::kTieKinds; ++k) {
    const auto kind = static_cast<model::TieKind>(k);
    graph.ForEachTie(kind, [&](const model::Tie& tie) {
      lines.push_back(std::string(model::TieKindName(kind)) + " " + graph.Text(tie.from) + " → " + graph.Text(tie.to) +
                      " " + Days(tie.valid) + " " + std::to_string(tie.role) + " " +
                      model::MannerName(kind, tie.manner) + " " + std::string(graph.Extra(tie)));
    });
  }
  graph.ForEachTerm([&](const model::TermRow& term) {
    if (term.withdrawn) return;
    lines.push_back("term " + graph.Text(term.org) + " " + std::to_string(term.number) + " " +
                    term.elected_on.ToString() + " " + std::to_string(term.years) + " " + term.ends_on.ToString() +
                    " " + term.extended_to.ToString());
  });
  std::sort(lines.begin(), lines.end());
  return lines;
}

inline void Apply(Organization& organization, const std::vector<model::Change>& changes) {
  CommitOptions options;
  options.recorded_at = organization.store()->rows().ReadHead()->recorded_at;
  const auto seq = ApplyChanges(organization.store(), wire::EncodeChanges(changes), options);
  ASSERT_TRUE(seq.ok()) << seq.status();
}

// The text of each ledger, without the byte order mark.
inline Ledgers Exported(Organization& organization) {
  TemporaryFolder folder;
  const auto rows = Export(organization.store(), organization.version(), folder.path(), nullptr);
  EXPECT_TRUE(rows.ok()) << rows.status();
  Ledgers ledgers;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (text.rfind("\xEF\xBB\xBF", 0) == 0) text.erase(0, 3);
    ledgers[entry.path().filename().string()] = text;
  }
  return ledgers;
}

}  // namespace jiceng::engine

#endif  // JICENG_TESTS_ENGINE_ANSWERS_H_
