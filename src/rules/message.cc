#include "rules/message.h"

#include <string_view>
#include <utility>

#include "base/strings.h"

namespace jiceng::rules {
namespace {

using base::StrCat;
using model::NodeKind;
using model::NodeNumber;

// How many of what a figure is for make one; 0 where the figure is for the whole.
int64_t PerSize(const Rule& rule) {
  const auto* shape = std::get_if<CountBounds>(&rule.shape);
  return shape == nullptr || !shape->per.has_value() ? 0 : shape->per_size;
}

// A share to two places, halves upwards; only for reading, verdicts compare whole numbers.
std::string Average(int64_t value, int64_t per, int64_t size) {
  if (per <= 0) return "–";
  const auto hundredths = static_cast<int64_t>(__extension__(static_cast<__int128>(value) * size * 200 + per) /
                                               (__extension__ static_cast<__int128>(2) * per));
  const int64_t rest = hundredths % 100;
  return StrCat(hundredths / 100, rest < 10 ? ".0" : ".", rest);
}

// The step of a resolution that answered, in words.
std::string StepTitle(const Rule& rule, int64_t step, Language language) {
  const auto* shape = std::get_if<Resolution>(&rule.shape);
  if (shape == nullptr || step < 1 || step > static_cast<int64_t>(shape->steps.size())) return {};
  const Text& title = shape->steps[static_cast<size_t>(step - 1)].title;
  return language == Language::kChinese ? title.zh : title.en;
}

// What a shape says where its rule has no words of its own for a case.
// What a number has to be, before the figure.
Text Requirement(Comparator comparator) {
  switch (comparator) {
    case Comparator::kAtLeast:
      return {"应不少于 {threshold}", "at least {threshold} wanted"};
    case Comparator::kMoreThan:
      return {"应多于 {threshold}", "more than {threshold} wanted"};
    case Comparator::kAtMost:
      return {"应不超过 {threshold}", "at most {threshold} allowed"};
    case Comparator::kLessThan:
      return {"应少于 {threshold}", "less than {threshold} allowed"};
    case Comparator::kOdd:
      return {"应为单数", "an odd number wanted"};
    case Comparator::kUnspecified:
      break;
  }
  return {"限值 {threshold}", "limit {threshold}"};
}

Text DefaultUnmet(const Rule& rule, Comparator comparator) {
  const auto say = [&](std::string_view zh, std::string_view en) {
    return Text{StrCat(rule.title.zh, "：", zh), StrCat(rule.title.en, ": ", en)};
  };
  if (const auto* duration = std::get_if<Duration>(&rule.shape)) {
    constexpr const char* kPeriods[] = {"", "天", "个月", "年"};
    const char* zh = kPeriods[static_cast<size_t>(duration->period)];
    return say(StrCat("已 {value} 天，限 {threshold} ", zh, "，{last_day} 届满"),
               StrCat("{value} days; {threshold} ", PeriodName(duration->period), " ended on {last_day}"));
  }
  if (std::holds_alternative<MatterOverdue>(rule.shape))
    return {"{procedure} {matter}：{clock}，{due} 到期，已逾期 {value} 天{more}",
            "{procedure} {matter}: {clock}, due {due}, overdue since {since} (day {value}){more}"};
  if (std::holds_alternative<TiePair>(rule.shape)) return say("涉及 {object}", "see {object}");
  if (std::holds_alternative<TermShift>(rule.shape))
    return say("相差 {value} 天，限 {threshold} 年", "{value} days, within {threshold} years allowed");
  if (std::holds_alternative<Resolution>(rule.shape))
    return say("{step} 有 {value} 个，应只有1个", "{step} gives {value} instead of one");
  const Text wanted = Requirement(comparator);
  if (PerSize(rule) != 0)
    return say(StrCat("{value}，对 {condition}，平均 {average}，", wanted.zh),
               StrCat("{value} for {condition}, {average} each, ", wanted.en));
  return say(StrCat("现为 {value}，", wanted.zh), StrCat("{value}, ", wanted.en));
}

Text DefaultText(const Rule& rule, MessageCase when, Comparator comparator) {
  switch (when) {
    case MessageCase::kUnknown:
      return {"无法判断:未设定参数 {parameter}", "cannot be judged: parameter {parameter} has no value"};
    case MessageCase::kMet:
      return {"符合要求", "met"};
    case MessageCase::kNotApplicable:
      return {"不适用", "does not apply"};
    case MessageCase::kUnmetNone:
      return {StrCat(rule.title.zh, "：没有"), StrCat(rule.title.en, ": there is none")};
    case MessageCase::kUnspecified:
    case MessageCase::kUnmet:
    case MessageCase::kUnmetByTerm:
    case MessageCase::kUnmetStartUnknown:
      break;
  }
  return DefaultUnmet(rule, comparator);
}

// The words for the case: the rule's own, else those of `unmet` for its variants, else the shape's.
Text Template(const Rule& rule, MessageCase when, Comparator comparator) {
  for (const Message& message : rule.messages) {
    if (message.when == when) return message.text;
  }
  const bool variant = when == MessageCase::kUnmetByTerm || when == MessageCase::kUnmetStartUnknown;
  return variant ? Template(rule, MessageCase::kUnmet, comparator) : DefaultText(rule, when, comparator);
}

std::string DateOr(base::Date date, std::string_view otherwise) {
  return date.IsFinite() ? date.ToString() : std::string(otherwise);
}

std::string MissingParameters(const Rule& rule, const Findings& findings, const Finding& finding) {
  std::string names;
  for (const Evidence& evidence : findings.EvidenceOf(finding)) {
    if (evidence.kind != Evidence::kParameter) continue;
    names += StrCat(names.empty() ? "" : ", ", rule.parameters[static_cast<size_t>(evidence.value)].name);
  }
  return names;
}

// The matter longest overdue, which a finding about matters is about.
const MatterFact* FirstMatter(const Findings& findings, const Finding& finding) {
  for (const Evidence& evidence : findings.EvidenceOf(finding)) {
    if (evidence.kind == Evidence::kMatter) return &findings.overdue[static_cast<size_t>(evidence.value)];
  }
  return nullptr;
}

// How many more clocks than the first are late, where there are any.
std::string More(const Finding& finding, Language language) {
  const int64_t more = finding.condition - 1;
  if (more < 1) return {};
  return language == Language::kChinese ? StrCat("；另有 ", more, " 项") : StrCat("; and ", more, " more");
}

std::string Value(std::string_view name, const Rule& rule, const Findings& findings, const Finding& finding,
                  Language language, NodeText node_text) {
  const std::string_view unknown = language == Language::kChinese ? "不详" : "unknown";
  const auto node = [&](NodeNumber n) {
    return n ? node_text(n) : std::string(language == Language::kChinese ? "全库" : "the store");
  };
  if (name == "subject") return node(finding.subject);
  if (name == "object") return node(finding.object);
  if (name == "date") return findings.date.ToString();
  if (name == "value") return StrCat(finding.value);
  if (name == "threshold") return StrCat(finding.threshold);
  if (name == "condition") return StrCat(finding.condition);
  const int64_t size = PerSize(rule);
  const int64_t nearest = size == 0 ? Nearest(finding.comparator, finding.threshold)
                                    : Nearest(finding.comparator, finding.threshold, finding.condition, size);
  if (name == "missing") return StrCat(nearest - finding.value);
  if (name == "excess") return StrCat(finding.value - nearest);
  if (name == "average") return Average(finding.value, finding.condition, size);
  if (name == "step") return StepTitle(rule, finding.condition, language);
  if (name == "since") return DateOr(finding.since, unknown);
  if (name == "last_day") return finding.since.IsFinite() ? finding.since.AddDays(-1).ToString() : std::string(unknown);
  if (name == "more") return More(finding, language);
  const bool about_a_matter = name == "matter" || name == "procedure" || name == "clock" || name == "due";
  if (const MatterFact* matter = about_a_matter ? FirstMatter(findings, finding) : nullptr) {
    const auto say = [&](const Text& text) { return language == Language::kChinese ? text.zh : text.en; };
    if (name == "matter") return matter->id;
    if (name == "due") return matter->due;
    return say(name == "clock" ? matter->clock_title : matter->procedure_title);
  }
  if (name == "parameter") return MissingParameters(rule, findings, finding);
  return StrCat("{", name, "}");
}

// The name of one of an end's roles or manners as a fact shows it.
std::string RoleName(const model::Catalogue& catalogue, model::RoleNumber number) {
  const model::Role* role = catalogue.FindRole(number);
  return role == nullptr ? StrCat("role ", int{number}) : role->id;
}

std::string Interval(base::Validity valid) {
  return StrCat("[", valid.from.ToString(), ", ", valid.to.ToString(), ")");
}

std::string TieText(const model::Tie& tie, const model::Catalogue& catalogue, NodeText node_text) {
  std::string text = StrCat(model::TieKindName(tie.kind), " ", tie.from ? node_text(tie.from) : "?", " → ",
                            tie.to ? node_text(tie.to) : "?");
  if (tie.role != 0) text += StrCat(" ", RoleName(catalogue, tie.role));
  if (tie.manner != 0) text += StrCat(" ", model::MannerName(tie.kind, tie.manner));
  return text;
}

std::string Join(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text += StrCat(text.empty() ? "" : between, word);
  return text;
}

// What a measure counts, in the words of its record: "affiliation formal (party_status full)".
std::string MeasureText(const Measure& measure) {
  if (!measure.fact.empty()) return measure.fact;
  std::string text = measure.tie_kind;
  if (measure.ever) text += " ever";
  if (!measure.roles.empty()) text += StrCat(" ", Join(measure.roles, "/"));
  if (!measure.manners.empty()) text += StrCat(" ", Join(measure.manners, "/"));
  if (!measure.party_statuses.empty()) text += StrCat(" (party_status ", Join(measure.party_statuses, "/"), ")");
  for (const auto* words : {&measure.org_kinds, &measure.unit_levels, &measure.sexes}) {
    if (!words->empty()) text += StrCat(" (", Join(*words, "/"), ")");
  }
  if (measure.below.has_value()) {
    text += " at or below";
    for (const auto* words : {&measure.below->org_kinds, &measure.below->unit_levels}) {
      if (!words->empty()) text += StrCat(" ", Join(*words, "/"));
    }
  }
  return text;
}

const Measure* MeasureOf(const Rule& rule, bool condition) {
  const auto* shape = std::get_if<CountBounds>(&rule.shape);
  if (shape == nullptr) return nullptr;
  if (!condition) return shape->plus.empty() ? &shape->measure : nullptr;
  if (shape->per.has_value()) return shape->conditions.empty() ? &*shape->per : nullptr;
  return shape->conditions.size() == 1 ? &shape->conditions.front().measure : nullptr;
}

std::string FactValue(const Evidence& evidence, const model::Catalogue& catalogue, NodeText node_text) {
  using model::Fact;
  if (evidence.value == model::kNoValue) return "unknown";
  const NodeKind kind = evidence.node.kind();
  if (kind == NodeKind::kUnit && evidence.fact == Fact::kLevel)
    return model::LevelName(static_cast<model::Level>(evidence.value));
  if (kind == NodeKind::kOrganization && evidence.fact == Fact::kOrgKind) {
    const model::OrgKind* org_kind = catalogue.FindOrgKind(evidence.value);
    return org_kind == nullptr ? StrCat(evidence.value) : org_kind->id;
  }
  if (kind == NodeKind::kOrganization && (evidence.fact == Fact::kOrgParent || evidence.fact == Fact::kOrgSeat)) {
    return node_text(NodeNumber::FromBits(static_cast<uint32_t>(evidence.value)));
  }
  if (kind == NodeKind::kPerson && evidence.fact == Fact::kPartyStatus)
    return model::PartyStatusName(static_cast<model::PartyStatus>(evidence.value));
  if (kind == NodeKind::kPerson && (evidence.fact == Fact::kJoinedOn || evidence.fact == Fact::kFullOn))
    return base::PartialDate::Unpack(evidence.value).ToString();
  return StrCat(evidence.value);
}

std::string TermText(const model::TermRow& term, NodeText node_text) {
  std::string text = StrCat("term ", node_text(term.org), " no. ", term.number);
  if (term.elected_on.IsFinite()) text += StrCat(" elected ", term.elected_on.ToString());
  if (term.years > 0) text += StrCat(" for ", term.years, " years");
  if (term.ends_on.IsFinite()) text += StrCat(" ends ", term.ends_on.ToString());
  if (term.extended_to.IsFinite()) text += StrCat(" extended to ", term.extended_to.ToString());
  return text;
}

std::string CountText(const Rule& rule, const Evidence& evidence, NodeText node_text) {
  const Measure* measure = MeasureOf(rule, evidence.kind == Evidence::kConditionCount);
  if (measure == nullptr) return StrCat("count ", node_text(evidence.node), " = ", evidence.value);
  const std::string node = node_text(evidence.node);
  const bool to = measure->end == TieEnd::kTo;
  return StrCat("count ", MeasureText(*measure), to ? " → " : " ← ", node, " = ", evidence.value);
}

std::string MissingText(const Rule& rule, const Evidence& evidence, const model::Catalogue& catalogue,
                        NodeText node_text) {
  const Measure* measure = MeasureOf(rule, false);
  std::string text = "missing ";
  if (evidence.value != 1) text += StrCat(evidence.value, " × ");
  if (measure == nullptr) return text + TieText(evidence.tie, catalogue, node_text);
  const model::Tie& tie = evidence.tie;
  return text + StrCat(MeasureText(*measure), ": ", tie.from ? node_text(tie.from) : "?", " → ",
                       tie.to ? node_text(tie.to) : "?");
}

}  // namespace

std::string RenderMessage(const Rule& rule, const Findings& findings, const Finding& finding, Language language,
                          NodeText node_text) {
  const Text text = Template(rule, finding.message, finding.comparator);
  const std::string& words = language == Language::kChinese ? text.zh : text.en;
  std::string message;
  for (size_t i = 0; i < words.size();) {
    const size_t open = words.find('{', i);
    const size_t close = open == std::string::npos ? open : words.find('}', open);
    if (close == std::string::npos) {
      message.append(words, i, std::string::npos);
      break;
    }
    message.append(words, i, open - i);
    message +=
        Value(std::string_view(words).substr(open + 1, close - open - 1), rule, findings, finding, language, node_text);
    i = close + 1;
  }
  return message;
}

std::string RenderCitation(const Citation& citation) {
  std::string text = citation.document;
  if (citation.version.has_value()) text += StrCat(" (", citation.version->ToString(), ")");
  if (!citation.article.empty()) text += StrCat(" ", citation.article);
  return text + StrCat(" [", ConfidenceName(citation.confidence), "]");
}

std::string RenderCitations(const Rule& rule) {
  std::string text;
  for (const Citation& citation : rule.citations) text += StrCat(text.empty() ? "" : "; ", RenderCitation(citation));
  return text;
}

namespace {

// What a pack set: "pack a.b (2026-01-01) at unit:1: c = 3".
std::string PolicyText(const Rule& rule, const Finding& finding, const Evidence& evidence, const AttachedPolicy& at,
                       NodeText node_text) {
  const PolicyPack& pack = at.policy->pack;
  const BoundPolicyRule& said = *at.policy->Find(finding.rule);
  const bool is_parameter = evidence.which >= 0;
  const auto index = static_cast<size_t>(is_parameter ? evidence.which : -1 - evidence.which);
  const std::string what = is_parameter ? rule.parameters[index].name : SettingName(static_cast<Setting>(index));
  const std::string value = is_parameter ? std::to_string(said.parameters[index].value_or(0))
                                         : SettingText(static_cast<Setting>(index), said.settings[index].value_or(1));
  return StrCat("pack ", pack.id, pack.version.empty() ? std::string() : StrCat(" (", pack.version, ")"),
                at.unit ? StrCat(" at ", node_text(at.unit)) : std::string(), ": ", what, " = ", value);
}

}  // namespace

std::string RenderEvidence(const Rule& rule, const Findings& findings, const Finding& finding, const Evidence& evidence,
                           const model::Catalogue& catalogue, NodeText node_text) {
  switch (evidence.kind) {
    case Evidence::kTie:
      return StrCat(TieText(evidence.tie, catalogue, node_text), " ", Interval(evidence.tie.valid));
    case Evidence::kMissingTie:
      return MissingText(rule, evidence, catalogue, node_text);
    case Evidence::kFact:
      return StrCat(node_text(evidence.node), " ", model::FactName(evidence.node.kind(), evidence.fact), " = ",
                    FactValue(evidence, catalogue, node_text));
    case Evidence::kCount:
    case Evidence::kConditionCount:
      return CountText(rule, evidence, node_text);
    case Evidence::kTerm:
      return TermText(findings.terms[static_cast<size_t>(evidence.value)], node_text);
    case Evidence::kParameter:
      return StrCat("parameter ", rule.parameters[static_cast<size_t>(evidence.value)].name, " has no value");
    case Evidence::kLastDay:
      return StrCat("last day ", base::Date::FromDays(evidence.value).ToString());
    case Evidence::kStep:
      return StrCat("step ", evidence.value + 1, ": ", StepTitle(rule, evidence.value + 1, Language::kEnglish));
    case Evidence::kInForce:
      return StrCat("in force in ", Interval(evidence.tie.valid));
    case Evidence::kPolicy:
      return PolicyText(rule, finding, evidence, findings.attached->policies[static_cast<size_t>(evidence.value)],
                        node_text);
    case Evidence::kWaiver: {
      const Waiver& waiver = findings.attached->waivers[static_cast<size_t>(evidence.value)];
      return StrCat("waived ", Interval(waiver.valid), ": ", waiver.reason,
                    waiver.basis.empty() ? std::string() : StrCat(" (", waiver.basis, ")"));
    }
    case Evidence::kMatter: {
      const MatterFact& matter = findings.overdue[static_cast<size_t>(evidence.value)];
      return StrCat("matter ", matter.id, " (", matter.procedure, ") ", matter.clock, " begun ", matter.begun, " due ",
                    matter.due);
    }
    case Evidence::kLife:
      return StrCat(node_text(evidence.node), " exists in ", Interval(evidence.tie.valid));
  }
  return {};
}

std::vector<std::string> RenderFacts(const Rule& rule, const Findings& findings, const Finding& finding,
                                     const model::Catalogue& catalogue, NodeText node_text) {
  std::vector<std::string> facts;
  for (const Evidence& evidence : findings.EvidenceOf(finding)) {
    facts.push_back(RenderEvidence(rule, findings, finding, evidence, catalogue, node_text));
  }
  return facts;
}

namespace {

std::string TooMany(int64_t count, std::string_view what) {
  return count == 1 ? StrCat("one too many: ", what) : StrCat(count, " too many: ", what);
}

// The ties of which one or more would have to end.
std::string Surplus(const Rule& rule, const Findings& findings, const Finding& finding,
                    const model::Catalogue& catalogue, NodeText node_text) {
  const std::string subject = finding.subject ? node_text(finding.subject) : std::string();
  const auto first_tie = [&]() -> std::string {
    for (const Evidence& evidence : findings.EvidenceOf(finding)) {
      if (evidence.kind == Evidence::kTie) return TieText(evidence.tie, catalogue, node_text);
    }
    return {};
  };
  if (const auto* count = std::get_if<CountBounds>(&rule.shape)) {
    const bool above = finding.comparator == Comparator::kAtMost || finding.comparator == Comparator::kLessThan;
    if (!count->measure.fact.empty() || !(above || finding.comparator == Comparator::kOdd)) return {};
    if (finding.comparator == Comparator::kOdd) return StrCat("one more or one less: ", MeasureText(count->measure));
    const int64_t size = PerSize(rule);
    const int64_t most = size == 0 ? Nearest(finding.comparator, finding.threshold)
                                   : Nearest(finding.comparator, finding.threshold, finding.condition, size);
    return TooMany(finding.value - most, MeasureText(count->measure));
  }
  if (std::holds_alternative<Uniqueness>(rule.shape)) return TooMany(finding.value - finding.threshold, first_tie());
  if (std::holds_alternative<Resolution>(rule.shape))
    return finding.value > 1 ? TooMany(finding.value - 1, first_tie()) : std::string();
  if (std::holds_alternative<Duration>(rule.shape)) {
    const std::string tie = first_tie();
    return tie.empty() ? std::string() : TooMany(1, tie);
  }
  if (const auto* pair = std::get_if<TiePair>(&rule.shape))
    return pair->relation == PairRelation::kExcludes ? TooMany(1, StrCat("one of the two, ", first_tie()))
                                                     : std::string();
  if (std::holds_alternative<MatterOverdue>(rule.shape)) {
    const MatterFact* matter = FirstMatter(findings, finding);
    if (matter == nullptr) return {};
    return matter->stops.empty() ? StrCat("missing the end of matter ", matter->id)
                                 : StrCat("missing step ", Join(matter->stops, "/"), " of matter ", matter->id);
  }
  if (std::holds_alternative<TermLength>(rule.shape)) return StrCat("missing an election of ", subject);
  return {};
}

}  // namespace

std::vector<std::string> RenderMissing(const Rule& rule, const Findings& findings, const Finding& finding,
                                       const model::Catalogue& catalogue, NodeText node_text) {
  std::vector<std::string> missing;
  if (finding.status != Status::kUnmet && finding.status != Status::kUnknown) return missing;
  for (const Evidence& evidence : findings.EvidenceOf(finding)) {
    if (evidence.kind == Evidence::kMissingTie || evidence.kind == Evidence::kParameter)
      missing.push_back(RenderEvidence(rule, findings, finding, evidence, catalogue, node_text));
  }
  if (!missing.empty() || finding.status == Status::kUnknown) return missing;
  const std::string surplus = Surplus(rule, findings, finding, catalogue, node_text);
  if (!surplus.empty()) missing.push_back(surplus);
  return missing;
}

}  // namespace jiceng::rules
