// Findings in words: messages in zh and en, citations, facts.  No names of people: numbers, dates and ids only.
#ifndef JICENG_RULES_MESSAGE_H_
#define JICENG_RULES_MESSAGE_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "model/catalogue.h"
#include "rules/findings.h"
#include "rules/rule.h"

namespace jiceng::rules {

enum class Language { kChinese, kEnglish };

// The text of a node, usually graph::Snapshot::Text(): "org:1000001".  Not called for "no node".
using NodeText = absl::FunctionRef<std::string(model::NodeNumber)>;

// What the finding says, by the rule's template for its case, else by its shape's.
std::string RenderMessage(const Rule& rule, const Findings& findings, const Finding& finding, Language language,
                          NodeText node_text);

// 《中国共产党支部工作条例(试行)》 (2018-10-28) Art. 4 [V-]; several are joined by "; ".
std::string RenderCitation(const Citation& citation);
std::string RenderCitations(const Rule& rule);

// One short text a fact: "appointment person:1 → org:2 secretary [2019-03-01, )".  The same in both languages.
std::string RenderEvidence(const Rule& rule, const Findings& findings, const Finding& finding, const Evidence& evidence,
                           const model::Catalogue& catalogue, NodeText node_text);
std::vector<std::string> RenderFacts(const Rule& rule, const Findings& findings, const Finding& finding,
                                     const model::Catalogue& catalogue, NodeText node_text);

// The least that would have to be there, or not be there, for an unmet rule to be met, or an unknown one to be judged:
// "missing 2 × affiliation …", "one too many: appointment …".  Empty where nothing could still be done: a day that has
// passed.  The finding has its evidence.
std::vector<std::string> RenderMissing(const Rule& rule, const Findings& findings, const Finding& finding,
                                       const model::Catalogue& catalogue, NodeText node_text);

}  // namespace jiceng::rules

#endif  // JICENG_RULES_MESSAGE_H_
