#include <algorithm>
#include <charconv>
#include <iterator>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "base/sorted.h"
#include "base/status.h"
#include "base/strings.h"
#include "rules/bound_rule.h"
#include "rules/findings.h"
#include "rules/rule.h"

namespace jiceng::rules {
namespace {

template <typename Enum, size_t kCount>
const char* NameOf(Enum value, const char* const (&names)[kCount]) {
  const auto index = static_cast<size_t>(value);
  return index < kCount ? names[index] : "";
}

constexpr const char* kLevels[] = {"", "must", "must_not", "should", "may", "metric"};
constexpr const char* kConfidences[] = {"", "V", "V-", "S", "K", "house"};
constexpr const char* kParameterTypes[] = {"", "count"};
constexpr const char* kOverrides[] = {"", "replace", "tighten", "locked"};
constexpr const char* kComparators[] = {"", "at_least", "more_than", "at_most", "less_than", "odd"};
constexpr const char* kPeriods[] = {"", "days", "months", "years"};
constexpr const char* kStatuses[] = {"", "met", "unmet", "not_applicable", "unknown"};

// Binds the rule by what is known of procedures; one about the clocks of a template that cites nothing cites what that
// does.
absl::StatusOr<BoundRule> BindBy(const std::vector<ProcedureWords>& procedures, const model::Catalogue& catalogue,
                                 Rule* rule) {
  const ProcedureWords* about = nullptr;
  if (const auto* shape = std::get_if<MatterOverdue>(&rule->shape)) {
    for (const ProcedureWords& words : procedures) {
      if (words.id == shape->procedure) about = &words;
    }
  }
  if (about != nullptr && rule->citations.empty()) rule->citations = about->citations;
  return Bind(*rule, catalogue, about);
}

}  // namespace

const char* LevelName(Level level) { return NameOf(level, kLevels); }
const char* ConfidenceName(Confidence confidence) { return NameOf(confidence, kConfidences); }
const char* ParameterTypeName(ParameterType type) { return NameOf(type, kParameterTypes); }
const char* OverrideName(Override override_) { return NameOf(override_, kOverrides); }
const char* ComparatorName(Comparator comparator) { return NameOf(comparator, kComparators); }
const char* PeriodName(Period period) { return NameOf(period, kPeriods); }
const char* StatusName(Status status) { return NameOf(status, kStatuses); }

struct RuleSet::Content {
  std::vector<Rule> rules;
  std::vector<BoundRule> bound;
  std::vector<int> rank;
  std::unordered_map<std::string, int> by_id;
  std::vector<ProcedureWords> procedures;
};

absl::StatusOr<RuleSet> RuleSet::Create(std::vector<Rule> rules, const model::Catalogue& catalogue,
                                        std::vector<ProcedureWords> procedures) {
  auto content = std::make_shared<Content>();
  content->procedures = std::move(procedures);
  RuleSet none;
  none.content_ = std::move(content);
  return none.With(std::move(rules), catalogue);
}

absl::StatusOr<RuleSet> RuleSet::With(std::vector<Rule> more, const model::Catalogue& catalogue,
                                      std::string_view name) const {
  auto content = content_ == nullptr ? std::make_shared<Content>() : std::make_shared<Content>(*content_);
  const size_t before = content->rules.size();
  std::move(more.begin(), more.end(), std::back_inserter(content->rules));
  for (size_t i = before; i < content->rules.size(); ++i) {
    Rule& rule = content->rules[i];
    const std::string field = base::StrCat(name, "[", i - before, "]");
    absl::StatusOr<BoundRule> bound = BindBy(content->procedures, catalogue, &rule);
    if (!bound.ok()) {
      return base::Error(bound.status().code(), base::ErrorReason(bound.status()),
                         std::string(bound.status().message()), field);
    }
    content->bound.push_back(*std::move(bound));
    std::vector<std::string> ids = rule.aliases;
    ids.push_back(rule.id);
    for (const std::string& id : ids) {
      if (!content->by_id.emplace(id, static_cast<int>(i)).second) {
        return base::Error(absl::StatusCode::kInvalidArgument, "BAD_RULE", base::StrCat("id '", id, "' is given twice"),
                           field);
      }
    }
  }
  std::vector<int> order(content->rules.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) { return content->rules[a].id < content->rules[b].id; });
  content->rank.resize(order.size());
  for (size_t i = 0; i < order.size(); ++i) content->rank[order[i]] = static_cast<int>(i);
  RuleSet set;
  set.content_ = std::move(content);
  return set;
}

const std::vector<Rule>& RuleSet::rules() const {
  static const std::vector<Rule>* const kNone = new std::vector<Rule>();
  return content_ == nullptr ? *kNone : content_->rules;
}

int RuleSet::Find(std::string_view id) const {
  if (content_ == nullptr) return -1;
  const auto it = content_->by_id.find(std::string(id));
  return it == content_->by_id.end() ? -1 : it->second;
}

std::vector<int> RuleSet::IndexesIn(const RuleSet& other) const {
  std::vector<int> indexes(static_cast<size_t>(size()));
  for (int i = 0; i < size(); ++i)
    indexes[static_cast<size_t>(i)] = content_ == other.content_ ? i : other.Find((*this)[i].id);
  return indexes;
}

bool RuleSet::CanBind(Rule rule, const model::Catalogue& catalogue) const {
  static const std::vector<ProcedureWords>* const kNone = new std::vector<ProcedureWords>();
  return BindBy(content_ == nullptr ? *kNone : content_->procedures, catalogue, &rule).ok();
}

bool RuleSet::LookAtMatters(const std::vector<int>& some) const {
  const auto looks = [&](const Rule& rule) { return std::holds_alternative<MatterOverdue>(rule.shape); };
  if (some.empty()) return std::any_of(rules().begin(), rules().end(), looks);
  return std::any_of(some.begin(), some.end(), [&](int i) { return i >= 0 && i < size() && looks((*this)[i]); });
}

std::vector<int> RuleSet::Select(const std::vector<int>& asked, const Parameters& parameters, base::Date day) const {
  const auto is_on = [&](const Rule& rule) {
    return (!rule.off && !rule.is_local()) ||
           std::any_of(rule.parameters.begin(), rule.parameters.end(),
                       [&](const Parameter& p) { return parameters.count(p.name) != 0; });
  };
  std::vector<int> selected = asked;
  if (asked.empty()) {
    for (int i = 0; i < size(); ++i) {
      if (is_on((*this)[i])) selected.push_back(i);
    }
  }
  const auto idle = [&](int i) { return !(*this)[i].evaluable() || !(*this)[i].MayGovern(day); };
  selected.erase(std::remove_if(selected.begin(), selected.end(), idle), selected.end());
  std::sort(selected.begin(), selected.end(), [&](int a, int b) { return rank()[a] < rank()[b]; });
  selected.erase(std::unique(selected.begin(), selected.end()), selected.end());
  return selected;
}

absl::Status RuleSet::SetParameter(std::string_view name, std::string_view value, Parameters* parameters) const {
  const Parameter* found = nullptr;
  std::vector<std::string> names;
  for (const Rule& rule : rules()) {
    for (const Parameter& parameter : rule.parameters) {
      if (parameter.name == name) found = &parameter;
      names.push_back(parameter.name);
    }
  }
  if (found == nullptr) {
    base::SortUnique(&names);
    std::string list;
    for (const std::string& n : names) list += (list.empty() ? "" : ", ") + n;
    return base::Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_PARAMETER",
                       base::StrCat("no rule has a parameter '", name, "'; there are: ", list), name);
  }
  if (found->override_ == Override::kLocked) {
    return base::Error(absl::StatusCode::kInvalidArgument, "PARAMETER_LOCKED",
                       base::StrCat("'", name, "' is fixed by its norm"), name);
  }
  int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  // A count of days or people; nothing counted in this field comes near the limit, which keeps the arithmetic of days
  // safe.
  constexpr int64_t kMost = 1000000000;
  if (error != std::errc() || end != value.data() + value.size() || number < 0 || number > kMost) {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_PARAMETER",
                       base::StrCat("'", name, "' takes a whole number from 0 to ", kMost, ", not '", value, "'"),
                       name);
  }
  (*parameters)[std::string(name)] = number;
  return absl::OkStatus();
}

const std::vector<int>& RuleSet::rank() const {
  static const std::vector<int>* const kNone = new std::vector<int>();
  return content_ == nullptr ? *kNone : content_->rank;
}

const BoundRule& RuleSet::bound(int index) const { return content_->bound[static_cast<size_t>(index)]; }

}  // namespace jiceng::rules
