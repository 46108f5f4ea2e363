#include "engine/policies.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/status.h"
#include "base/strings.h"
#include "rules/effective.h"
#include "rules/enforcement.h"
#include "wire/policy.h"

namespace jiceng::engine {
namespace {

using model::AttachmentKind;
using model::AttachmentRow;

absl::Status Damaged(const AttachmentRow& row, const absl::Status& status) {
  return base::Error(absl::StatusCode::kDataLoss, "BAD_ATTACHMENT",
                     base::StrCat("what is attached as '", row.name,
                                  "' cannot be read: ", std::string(status.message().data(), status.message().size())));
}

// The days within `valid` on which other packs begin or end to hold, and its first: between them nothing changes but the
// territory, and what that brings is for the strictest value to settle.
std::set<base::Date> TurningDays(const rules::AttachedPolicy& policy, const rules::Attached& attached) {
  std::set<base::Date> days;
  const auto add = [&](base::Date day) {
    if (day.IsFinite() && policy.valid.Holds(day)) days.insert(day);
  };
  add(policy.valid.from);
  for (const rules::AttachedPolicy& other : attached.policies) {
    add(other.valid.from);
    add(other.valid.to);
  }
  if (days.empty()) days.insert(policy.valid.to.IsFinite() ? policy.valid.to.AddDays(-1) : base::Date());
  return days;
}

absl::Status CheckTightened(const graph::Snapshot& candidate, const rules::RuleSet& set,
                            const rules::AttachedPolicy& policy, const std::shared_ptr<const rules::Attached>& others) {
  const rules::Parameters none;
  for (const base::Date day : TurningDays(policy, *others)) {
    const rules::Day on(candidate, day);
    const rules::EffectiveRules effective(on, set, none, others);
    const int zone = effective.ZoneAt(policy.unit);
    for (const rules::BoundPolicyRule& said : policy.policy->rules) {
      const rules::Rule& rule = set[said.rule];
      const rules::EffectiveRule above = effective.Of(said.rule, zone);
      for (size_t i = 0; i < rule.parameters.size(); ++i) {
        const rules::EffectiveValue& there = above.parameters[i];
        if (rule.parameters[i].override_ != rules::Override::kTighten || !said.parameters[i].has_value() ||
            there.source < 0 ||
            !rules::IsLooser(set, said.rule, static_cast<int>(i), *said.parameters[i], *there.value))
          continue;
        const rules::AttachedPolicy& other = others->policies[static_cast<size_t>(there.source)];
        return base::Error(
            absl::StatusCode::kFailedPrecondition, "PARAMETER_LOOSENED",
            base::StrCat(
                rules::PolicyPlace(policy.policy->pack, rule.id, rules::ParameterPlace(rule.parameters[i].name)),
                ": a place may only tighten it, and ", *said.parameters[i], " is looser than the ", *there.value,
                " of pack ", other.policy->pack.id, " above, on ", day.ToString()));
      }
    }
  }
  return absl::OkStatus();
}

// The days on which something in the batch begins or ends to hold, later than `today`.
std::set<base::Date> LaterDays(const model::Batch& batch, base::Date today) {
  std::set<base::Date> days;
  const auto add = [&](base::Date day) {
    if (day.IsFinite() && today < day) days.insert(day);
  };
  const auto both = [&](base::Validity valid) {
    add(valid.from);
    add(valid.to);
  };
  for (const auto& row : batch.nodes) both(row.life);
  for (const auto& row : batch.facts) both(row.valid);
  for (const auto& row : batch.attachments) both(row.valid);
  for (const auto& row : batch.ties) both(row.valid);
  for (const auto& row : batch.terms) {
    add(row.elected_on);
    // Both are the last day of something.
    if (row.ends_on.IsFinite()) add(row.ends_on.AddDays(1));
    if (row.extended_to.IsFinite()) add(row.extended_to.AddDays(1));
  }
  return days;
}

base::Date DayInChina(int64_t seconds) {
  constexpr int64_t kDay = 86400, kEastOfGreenwich = 8 * 3600;
  const int64_t local = seconds + kEastOfGreenwich;
  return base::Date::FromDays(static_cast<int32_t>((local - (local % kDay + kDay) % kDay) / kDay));
}

// What the packs say of procedures, as what is attached about their figures; null where they say nothing.
std::shared_ptr<const rules::Attached> ReadFigures(const rules::Attached& attached, const wire::Catalogue& catalogue) {
  auto figures = std::make_shared<rules::Attached>();
  figures->rules = catalogue.procedures.figures();
  for (const rules::AttachedPolicy& policy : attached.policies) {
    if (policy.policy->pack.procedures.empty()) continue;
    figures->policies.push_back(policy);
    figures->policies.back().policy = rules::BindKept(rules::AboutProcedures(policy.policy->pack), figures->rules);
  }
  return figures->policies.empty() ? nullptr : figures;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const rules::Attached>> ReadAttached(const model::Attachments& attachments,
                                                                    const wire::Catalogue& catalogue) {
  auto attached = std::make_shared<rules::Attached>();
  std::vector<rules::PolicyPack> packs;
  for (const AttachmentRow& row : attachments) {
    if (row.kind != AttachmentKind::kPolicy) continue;
    absl::StatusOr<rules::PolicyPack> pack = wire::DecodePolicy(row.content);
    if (!pack.ok()) return Damaged(row, pack.status());
    packs.push_back(*std::move(pack));
  }
  ASSIGN_OR_RETURN(attached->rules, rules::WithKeptRules(catalogue.rules, packs, catalogue.model));
  auto pack = packs.begin();
  for (const AttachmentRow& row : attachments) {
    if (row.kind == AttachmentKind::kPolicy) {
      const base::Validity valid = row.valid.Intersect(pack->in_force);
      attached->policies.push_back(
          {row.node, valid, row.priority, rules::BindKept(std::move(*pack++), attached->rules)});
    } else if (row.kind == AttachmentKind::kWaiver) {
      const int rule = attached->rules.Find(row.name);
      if (rule < 0) continue;
      auto texts = wire::DecodeWaiver(row.content);
      if (!texts.ok()) return Damaged(row, texts.status());
      attached->waivers.push_back({rule, row.node, row.valid, std::move(texts->first), std::move(texts->second)});
    }
  }
  attached->Sort();
  attached->procedures = ReadFigures(*attached, catalogue);
  return std::shared_ptr<const rules::Attached>(std::move(attached));
}

absl::Status CheckPolicy(const graph::Snapshot& candidate, const wire::Catalogue& catalogue,
                         const model::AttachmentRow& row) {
  ASSIGN_OR_RETURN(rules::PolicyPack pack, wire::DecodePolicy(row.content));
  rules::AttachedPolicy policy;
  policy.unit = row.node;
  policy.valid = row.valid.Intersect(pack.in_force);
  policy.priority = row.priority;
  if (policy.valid.IsEmpty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "EMPTY_INTERVAL",
                       base::StrCat("pack ", pack.id, " is attached for days on which it is not in force"));
  }
  model::Attachments without = *candidate.attachments();
  without.erase(std::remove_if(without.begin(), without.end(), [&](const auto& r) { return r.key() == row.key(); }),
                without.end());
  ASSIGN_OR_RETURN(std::shared_ptr<const rules::Attached> others, ReadAttached(without, catalogue));
  ASSIGN_OR_RETURN(const rules::RuleSet set, rules::WithLocalRules(others->rules, pack, catalogue.model));
  const rules::PolicyPack about = rules::AboutProcedures(pack);
  ASSIGN_OR_RETURN(policy.policy, rules::BindPolicy(std::move(pack), set));
  RETURN_IF_ERROR(rules::CheckConflicts(policy, others->policies, set));
  RETURN_IF_ERROR(CheckTightened(candidate, set, policy, others));
  if (about.rules.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(policy.policy, rules::BindPolicy(about, catalogue.procedures.figures()));
  // No figure of a procedure may only be tightened, so that what lies above does not matter.
  return others->procedures == nullptr
             ? absl::OkStatus()
             : rules::CheckConflicts(policy, others->procedures->policies, catalogue.procedures.figures());
}

absl::StatusOr<AttachmentRow> FindAttachment(const model::Attachments& attachments, AttachmentKind kind,
                                             model::NodeNumber node, const std::string& name, base::Date on,
                                             const std::optional<base::Date>& from) {
  std::vector<const model::AttachmentRow*> found;
  for (const model::AttachmentRow& row : attachments) {
    if (row.kind != kind || row.node != node || row.name != name) continue;
    if (from.has_value() ? row.valid.from == *from : !on.IsFinite() || (row.valid.from < on && on < row.valid.to))
      found.push_back(&row);
  }
  if (found.size() == 1) return *found[0];
  return base::Error(found.empty() ? absl::StatusCode::kNotFound : absl::StatusCode::kFailedPrecondition,
                     found.empty() ? "NOT_ATTACHED" : "AMBIGUOUS_ATTACHMENT",
                     found.empty() ? base::StrCat("'", name, "' is not attached there beyond that day")
                                   : base::StrCat("'", name, "' is attached there ", found.size(),
                                                  " times; say from which day the one is attached that is meant"));
}

absl::StatusOr<std::optional<rules::Findings>> NewlyBlocked(Store* store, const Version& before,
                                                            const graph::Snapshot& candidate, const model::Batch& batch,
                                                            int64_t recorded_at) {
  if (candidate.attachments()->empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Attached> attached, store->AttachedTo(candidate));
  const base::Date today = DayInChina(recorded_at);
  std::set<base::Date> days = LaterDays(batch, today);
  days.insert(today);
  for (const base::Date day : days) {
    if (!attached->Blocks(day)) continue;
    ASSIGN_OR_RETURN(rules::Findings found, rules::NewlyBlocked(*before.graph, candidate, store->catalogue().model,
                                                                attached->rules, attached, day));
    if (!found.rows.empty()) return std::optional(std::move(found));
  }
  return std::nullopt;
}

}  // namespace jiceng::engine
