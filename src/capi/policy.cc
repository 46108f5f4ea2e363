// Policy packs and waivers: checking a pack, what is attached, and what the rules are where a node lies.
#include "rules/policy.h"

#include <jiceng/policy.h>

#include <algorithm>

#include "base/strings.h"
#include "capi/arguments.h"
#include "capi/ask.h"
#include "capi/builtin.h"
#include "capi/guard.h"
#include "capi/verdicts.h"
#include "rules/effective.h"
#include "wire/policy.h"

namespace capi = jiceng::capi;
namespace base = jiceng::base;
namespace rules = jiceng::rules;
namespace wire = jiceng::wire;

namespace {

using jiceng::model::NodeNumber;

// The document a setting rests on: where the rule says it is written, else the pack.
const rules::Citation& CitationOf(const rules::PolicyPack& pack, const rules::PolicyRule& said) {
  return said.citations.empty() ? pack.citations.front() : said.citations.front();
}

std::string DocumentOf(const rules::Citation& citation) {
  std::string text = citation.document;
  if (citation.version.has_value()) text += base::StrCat(" (", citation.version->ToString(), ")");
  if (!citation.article.empty()) text += base::StrCat(" ", citation.article);
  return text;
}

void AddCitation(const rules::Citation& citation, capi::TableBuilder* table) {
  table->Text(DocumentOf(citation));
  table->Text(rules::ConfidenceName(citation.confidence));
}

// What each parameter and, with `settings`, each other thing a pack can set is called, and its value in words; null where
// nothing is set.
template <typename Values, typename Visit>  // void(name, override, optional<int64_t>, text)
void ForEachSetting(const rules::Rule& rule, const Values& values, bool settings, Visit visit) {
  for (size_t i = 0; i < rule.parameters.size(); ++i) {
    visit(rule.parameters[i].name, rules::OverrideName(rule.parameters[i].override_), values.parameters[i],
          [](int64_t value) { return std::to_string(value); });
  }
  for (int s = 0; settings && s < rules::kSettings; ++s) {
    const auto setting = static_cast<rules::Setting>(s);
    visit(rules::SettingName(setting), "", values.settings[s],
          [setting](int64_t value) { return rules::SettingText(setting, value); });
  }
}

// Whether a pack attached at all speaks of the rule.
bool Spoken(const rules::Attached* attached, int rule) {
  return attached != nullptr &&
         std::any_of(attached->policies.begin(), attached->policies.end(),
                     [rule](const rules::AttachedPolicy& policy) { return policy.policy->Find(rule) != nullptr; });
}

// What holds of the rules of `set`, or of `only` one, where a node lies: every parameter and, with `settings`, what else
// a pack can set.
void AddEffective(const jiceng_snapshot& snapshot, const rules::Day& day, const rules::RuleSet& set,
                  const std::shared_ptr<const rules::Attached>& attached, NodeNumber subject, int only, bool settings,
                  capi::TableBuilder* table) {
  const rules::Parameters none;
  const rules::EffectiveRules effective(day, set, none, attached);
  std::vector<int> order(static_cast<size_t>(set.size()));
  for (int i = 0; i < set.size(); ++i) order[static_cast<size_t>(set.rank()[static_cast<size_t>(i)])] = i;
  for (const int i : order) {
    if (only >= 0 ? i != only : set[i].parameters.empty() && !Spoken(attached.get(), i)) continue;
    const rules::EffectiveRule values = effective.Of(i, effective.ZoneOf(i, subject));
    ForEachSetting(set[i], values, settings,
                   [&](std::string_view name, const char* override_, const rules::EffectiveValue& value, auto text) {
                     table->Text(set[i].id);
                     table->Text(name);
                     table->TextOrNull(value.value.has_value() ? text(*value.value) : std::string());
                     table->TextOrNull(override_);
                     table->Text(value.source < 0 ? "catalogue" : "pack");
                     if (value.source < 0) {
                       for (int empty = 0; empty < 3; ++empty) table->Null();
                       AddCitation(set[i].citations.front(), table);
                       return;
                     }
                     const rules::AttachedPolicy& policy = attached->policies[static_cast<size_t>(value.source)];
                     table->Text(policy.policy->pack.id);
                     table->Text(policy.policy->pack.version);
                     table->Text(policy.unit ? snapshot.graph().Text(policy.unit) : std::string());
                     AddCitation(CitationOf(policy.policy->pack, *policy.policy->Find(i)->said), table);
                   });
  }
}

}  // namespace

jiceng_status jiceng_policy_check(const jiceng_store* store, const void* pack, size_t pack_len,
                                  jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    ASSIGN_OR_RETURN(const std::string_view bytes, capi::ReadBytes(pack, pack_len, "pack"));
    const wire::Catalogue* catalogue = nullptr;
    if (store != nullptr) {
      catalogue = &store->engine->catalogue();
    } else {
      ASSIGN_OR_RETURN(catalogue, capi::Builtin());
    }
    ASSIGN_OR_RETURN(rules::PolicyPack read, wire::DecodePolicy(bytes));
    rules::PolicyPack about = rules::AboutProcedures(read);
    capi::TableBuilder table({{"rule", JICENG_COLUMN_TEXT},
                              {"setting", JICENG_COLUMN_TEXT},
                              {"value", JICENG_COLUMN_TEXT},
                              {"document", JICENG_COLUMN_TEXT},
                              {"confidence", JICENG_COLUMN_TEXT}});
    const auto add = [&](rules::PolicyPack&& half, const rules::RuleSet& set) -> absl::Status {
      ASSIGN_OR_RETURN(const auto policy, rules::BindPolicy(std::move(half), set));
      for (const rules::BoundPolicyRule& said : policy->rules) {
        const rules::Rule& rule = set[said.rule];
        ForEachSetting(rule, said, true,
                       [&](std::string_view name, const char*, const std::optional<int64_t>& value, auto text) {
                         if (!value.has_value()) return;
                         table.Text(rule.id);
                         table.Text(name);
                         table.Text(text(*value));
                         AddCitation(CitationOf(policy->pack, *said.said), &table);
                       });
      }
      return absl::OkStatus();
    };
    ASSIGN_OR_RETURN(const rules::RuleSet set, rules::WithLocalRules(catalogue->rules, read, catalogue->model));
    RETURN_IF_ERROR(add(std::move(read), set));
    if (!about.rules.empty()) RETURN_IF_ERROR(add(std::move(about), catalogue->procedures.figures()));
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_snapshot_rules(const jiceng_snapshot* snapshot, int32_t lang, jiceng_table** out_table,
                                    jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Attached> attached, snapshot->attached());
    *out_table = capi::RulesTable(snapshot->RulesWith(attached), language).release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_policies(const jiceng_snapshot* snapshot, int32_t lang, jiceng_table** out_table,
                              jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const rules::Language language, capi::ReadLanguage(lang));
    capi::TableBuilder table({{"pack", JICENG_COLUMN_TEXT},
                              {"version", JICENG_COLUMN_TEXT},
                              {"title", JICENG_COLUMN_TEXT},
                              {"unit", JICENG_COLUMN_TEXT},
                              {"from", JICENG_COLUMN_DATE},
                              {"to", JICENG_COLUMN_DATE},
                              {"priority", JICENG_COLUMN_INT64},
                              {"document", JICENG_COLUMN_TEXT},
                              {"confidence", JICENG_COLUMN_TEXT}});
    for (const jiceng::model::AttachmentRow& row : *snapshot->graph().attachments()) {
      if (row.kind != jiceng::model::AttachmentKind::kPolicy) continue;
      if (row.node && !capi::MaySee(*snapshot, row.node, capi::kLatest)) continue;
      ASSIGN_OR_RETURN(const rules::PolicyPack pack, wire::DecodePolicy(row.content));
      table.Text(pack.id);
      table.Text(pack.version);
      table.Text(language == rules::Language::kChinese ? pack.title.zh : pack.title.en);
      table.Text(row.node ? snapshot->graph().Text(row.node) : std::string());
      table.Date(row.valid.from);
      table.Date(row.valid.to);
      table.Int64(row.priority);
      AddCitation(pack.citations.front(), &table);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_policy_effective(const jiceng_snapshot* snapshot, const char* node, size_t node_len, int32_t date,
                                      const char* rule, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Attached> attached, snapshot->attached());
    const rules::RuleSet& set = snapshot->RulesWith(attached);
    const rules::RuleSet& figures = snapshot->catalogue().procedures.figures();
    ASSIGN_OR_RETURN(const base::Date day, capi::ReadDate(date, "date"));
    ASSIGN_OR_RETURN(const NodeNumber subject, capi::FindNode(*snapshot, node, node_len, day, "node"));
    int only = -1, only_figures = -1;
    if (rule != nullptr) {
      ASSIGN_OR_RETURN(const std::string_view id, capi::ReadText(rule, JICENG_NUL, "rule"));
      only_figures = figures.Find(id);
      if (only_figures < 0) {
        ASSIGN_OR_RETURN(only, capi::FindRule(set, id, "rule"));
      }
    }
    capi::TableBuilder table({{"rule", JICENG_COLUMN_TEXT},
                              {"setting", JICENG_COLUMN_TEXT},
                              {"value", JICENG_COLUMN_TEXT},
                              {"override", JICENG_COLUMN_TEXT},
                              {"source", JICENG_COLUMN_TEXT},
                              {"pack", JICENG_COLUMN_TEXT},
                              {"version", JICENG_COLUMN_TEXT},
                              {"unit", JICENG_COLUMN_TEXT},
                              {"document", JICENG_COLUMN_TEXT},
                              {"confidence", JICENG_COLUMN_TEXT}});
    const rules::Day on(snapshot->graph(), day);
    if (only_figures < 0) AddEffective(*snapshot, on, set, attached, subject, only, true, &table);
    if (only < 0) {
      AddEffective(*snapshot, on, figures, attached == nullptr ? nullptr : attached->procedures, subject, only_figures,
                   false, &table);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}

jiceng_status jiceng_waivers(const jiceng_snapshot* snapshot, jiceng_table** out_table, jiceng_error** out_error) {
  return capi::Guard(out_error, [&]() -> absl::Status {
    RETURN_IF_ERROR(capi::Clear(out_table, "out_table"));
    RETURN_IF_ERROR(capi::CheckSnapshot(snapshot));
    capi::TableBuilder table({{"rule", JICENG_COLUMN_TEXT},
                              {"node", JICENG_COLUMN_TEXT},
                              {"from", JICENG_COLUMN_DATE},
                              {"to", JICENG_COLUMN_DATE},
                              {"reason", JICENG_COLUMN_TEXT},
                              {"basis", JICENG_COLUMN_TEXT}});
    for (const jiceng::model::AttachmentRow& row : *snapshot->graph().attachments()) {
      if (row.kind != jiceng::model::AttachmentKind::kWaiver || !capi::MaySee(*snapshot, row.node, capi::kLatest))
        continue;
      ASSIGN_OR_RETURN(const auto texts, wire::DecodeWaiver(row.content));
      table.Text(row.name);
      table.Text(snapshot->graph().Text(row.node));
      table.Date(row.valid.from);
      table.Date(row.valid.to);
      table.Text(texts.first);
      table.Text(texts.second);
    }
    *out_table = table.Finish().release();
    return absl::OkStatus();
  });
}
