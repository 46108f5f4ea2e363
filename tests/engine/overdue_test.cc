// Overdue matters as findings: an audit, a monitor that follows commits and days, and the days on which verdicts turn
// say what replaying every matter day by day says.
#include <map>
#include <random>
#include <set>

#include "engine/matters.h"
#include "rules/bound_rule.h"
#include "rules/evaluator.h"
#include "rules/monitor.h"
#include "rules/turns.h"
#include "tests/engine/organization.h"
#include "wire/changes.h"

namespace jiceng::engine {
namespace {

using base::Date;
using procedures::Field;
using procedures::FieldType;
using procedures::Stretch;

constexpr int kSteps = 120;

// By subject and rule: for how many days the clock longest overdue has been so, and how many are.
using Overdue = std::map<std::pair<std::string, std::string>, std::pair<int64_t, int64_t>>;

class OverdueTest : public ::testing::TestWithParam<uint64_t> {
 protected:
  OverdueTest() : random_(GetParam()) {
    Ledgers ledgers = SmallStreet();
    ledgers["appointments.csv"] =
        "person_id,org_id,unit_code,post,kind,from,to\n2,11,,secretary,elected,2020-01-01,\n3,30,,director,appointed,"
        "2020-01-01,\n";
    ledgers["orgs.csv"] += "30,服务中心,service_center,11,320102002001,2020-01-01,\n";
    org_.Import(ledgers);
    // A post for the members to claim.
    EXPECT_TRUE(Apply(
        {model::OpenMatter{"report.post",
                           "P",
                           {{"community", "unit:320102002001"}, {"host", "org:11"}},
                           Day("2025-01-01"),
                           0,
                           "person:2",
                           {{"title", "义务联防"}, {"kind", "patrol"}, {"capacity", "9"}, {"audience", "anybody"}}},
         model::TakeStep{"P", "offer", Day("2025-01-01"), 0, "person:2", {}}}));
    const rules::RuleSet& set = Rules();
    for (int i = 0; i < set.size(); ++i) {
      if (std::holds_alternative<rules::MatterOverdue>(set[i].shape)) asked_.push_back(i);
    }
  }

  uint64_t Below(uint64_t n) { return random_() % n; }
  const rules::RuleSet& Rules() { return org_.store()->catalogue().rules; }
  const model::Catalogue& Model() { return org_.store()->catalogue().model; }

  bool Apply(const std::vector<model::Change>& changes) {
    CommitOptions options;
    options.recorded_at = 1800000000 + ++commits_;
    std::optional<RefusedStep> refused;
    options.refused_step = &refused;
    const auto seq = ApplyChanges(org_.store(), wire::EncodeChanges(changes), options);
    return seq.ok() && *seq != 0;
  }

  model::Told Told(const std::vector<Field>& fields, Date day) {
    model::Told told;
    for (const Field& field : fields) {
      if (field.optional && Below(2) == 0) continue;
      std::string value = "说明";
      if (field.type == FieldType::kCount) value = std::to_string(1 + Below(4));
      if (field.type == FieldType::kFlag) value = "true";
      if (field.type == FieldType::kDate) value = day.AddDays(static_cast<int>(Below(20)) - 3).ToString();
      if (field.type == FieldType::kChoice) value = field.choices[Below(field.choices.size())];
      if (field.type == FieldType::kNode) value = Below(2) == 0 ? "org:11" : "org:30";
      if (field.type == FieldType::kMatter) value = "P";
      told.emplace_back(field.id, value);
    }
    return told;
  }

  void Open() {
    const Date day = Day("2025-09-20").AddDays(static_cast<int>(Below(40)));
    const std::string id = "M" + std::to_string(matters_.size());
    model::OpenMatter change{
        "case.four-orders",  id, {{"place", "unit:320102002001"}, {"platform", "org:30"}}, day, 0, "",
        {{"matter", "路灯"}}};
    if (Below(2) == 0) {
      const bool first = Below(2) == 0;
      change = {"report.member",
                id,
                {{"member", first ? "person:1" : "person:2"}, {"community", "unit:320102002001"}, {"host", "org:11"}},
                day,
                0,
                "person:2",
                {}};
      if (first) change.subjects.emplace_back("home", "org:12");
      change.evidence = Told(org_.store()->catalogue().procedures.Find("report.member")->opening, day);
    }
    change.minute = static_cast<int32_t>(Below(1440));
    if (Apply({change})) matters_.emplace_back(id, procedures::Moment{change.day, change.minute});
  }

  void Step() {
    if (matters_.empty()) return;
    auto& [id, last] = matters_[Below(matters_.size())];
    const auto kept = FindMatter(org_.store(), org_.version(), id);
    const auto& transitions = kept->procedure->transitions;
    const auto& transition = transitions[Below(transitions.size())];
    const int64_t at = last.Minutes() + static_cast<int64_t>(Below(Below(3) == 0 ? 14400 : 600));
    model::TakeStep change{id,
                           transition.id,
                           Date::FromDays(static_cast<int32_t>(at / 1440)),
                           static_cast<int32_t>(at % 1440),
                           Below(2) == 0 ? "person:2" : "person:3",
                           {}};
    change.evidence = Told(transition.evidence, change.day);
    if (Apply({change})) last = {change.day, change.minute};
  }

  // The rule that asks for a clock, by its id.
  std::string RuleOf(const procedures::Procedure& procedure, int clock) {
    for (const int rule : asked_) {
      const auto& shape = std::get<rules::MatterOverdue>(Rules()[rule].shape);
      const std::string& id = procedure.clocks[static_cast<size_t>(clock)].id;
      if (shape.procedure == procedure.id && (shape.clocks.empty() || shape.clocks[0] == id)) return Rules()[rule].id;
    }
    return "";
  }

  // What every matter, replayed up to the last minute of the day, says; `running` has whom a clock runs about.
  Overdue Read(const Version& version, Date day, std::set<std::pair<std::string, std::string>>* running = nullptr) {
    Overdue all;
    for (const auto& [id, last] : matters_) {
      const auto kept = FindMatter(org_.store(), version, id);
      if (!kept.ok()) continue;
      const auto view = Replay(*kept->procedure, kept->matter, {day, 1439}, org_.store()->catalogue().calendar);
      if (!view.ok()) continue;
      for (const Stretch& stretch : view->stretches()) {
        if (stretch.until != procedures::kNever) continue;
        const std::pair key(version.graph->Text(kept->about), RuleOf(*kept->procedure, stretch.clock));
        if (running != nullptr) running->insert(key);
        int64_t days = 0;
        for (Date then = stretch.since.day; then <= day; then = then.AddDays(1))
          days += stretch.due.Minutes() < (int64_t{then.days()} + 1) * 1440;
        if (days == 0) continue;
        auto& [longest, count] = all[key];
        longest = std::max(longest, days);
        ++count;
      }
    }
    return all;
  }

  rules::AuditRequest Request(const Version& version, Date day) {
    rules::AuditRequest request;
    request.date = day;
    request.rules = asked_;
    request.matters = org_.store()->DocketOf(version);
    return request;
  }
  Overdue Lines(const Version& version, const std::vector<rules::Finding>& rows) {
    Overdue all;
    for (const rules::Finding& f : rows) {
      EXPECT_EQ(f.status, rules::Status::kUnmet);
      all[{version.graph->Text(f.subject), Rules()[f.rule].id}] = {f.value, f.condition};
    }
    EXPECT_EQ(all.size(), rows.size());
    return all;
  }
  Overdue Audited(const Version& version, Date day) {
    return Lines(version, rules::Audit(*version.graph, Model(), Rules(), Request(version, day)).value().rows);
  }
  Date SomeDay() { return Day("2025-09-15").AddDays(static_cast<int>(Below(90))); }

  Organization org_;
  std::mt19937_64 random_;
  std::vector<int> asked_;
  int commits_ = 0;
  std::vector<std::pair<std::string, procedures::Moment>> matters_;  // with the moments of their last steps
};

TEST_P(OverdueTest, AuditMonitorAndTurnsAgreeWithReplay) {
  Date day = SomeDay();
  std::shared_ptr<const rules::Monitor> monitor =
      rules::Monitor::Build(org_.version().graph, Model(), Rules(), Request(org_.version(), day)).value();
  std::map<int64_t, Overdue> said;  // by commit, of one day
  const Date fixed = Day("2025-10-20");
  size_t found = 0;
  for (int i = 0; i < kSteps; ++i) {
    if (Below(6) == 0) {
      Open();
    } else {
      Step();
    }
    const Version version = org_.version();
    if (Below(3) == 0) day = SomeDay();
    const Overdue expected = Read(version, day);
    ASSERT_EQ(Audited(version, day), expected) << "on " << day.ToString() << ", step " << i;
    monitor = monitor->Next(version.graph, day, Rules(), nullptr, org_.store()->DocketOf(version), nullptr).value();
    ASSERT_EQ(Lines(version, monitor->findings().rows), expected) << "on " << day.ToString() << ", step " << i;
    said[version.seq] = Audited(version, fixed);
    found += expected.size();
  }
  EXPECT_GT(found, 20u) << "the walk proves little";
  // What was believed by each commit.
  for (const auto& [seq, then] : said) {
    if (Below(4) != 0) continue;
    EXPECT_EQ(Audited(*org_.store()->At(seq), fixed), then) << "commit " << seq;
  }
  // Turns, met and explained, day by day.
  const Version version = org_.version();
  Date on = Day("2025-09-20");
  const Date until = on.AddDays(60);
  std::set<std::pair<std::string, std::string>> turned, expected;
  const auto turns = rules::Turns(*version.graph, Model(), Rules(), Request(version, on), until).value();
  for (const rules::Turn& turn : turns)
    turned.emplace(turn.day.ToString() + (turn.unmet ? "+" : "-"),
                   version.graph->Text(turn.node) + Rules()[turn.rule].id);
  Overdue before = Read(version, on);
  for (on = on.AddDays(1); on <= until; on = on.AddDays(1)) {
    std::set<std::pair<std::string, std::string>> running;
    const Overdue now = Read(version, on, &running);
    for (const auto& [key, value] : now) {
      if (before.count(key) == 0) expected.emplace(on.ToString() + "+", key.first + key.second);
    }
    for (const auto& [key, value] : before) {
      if (now.count(key) == 0) expected.emplace(on.ToString() + "-", key.first + key.second);
    }
    rules::AuditRequest met = Request(version, on);
    met.met = true;
    std::set<std::pair<std::string, std::string>> governed;
    const rules::Findings all = rules::Audit(*version.graph, Model(), Rules(), met).value();
    for (const rules::Finding& f : all.rows) governed.emplace(version.graph->Text(f.subject), Rules()[f.rule].id);
    EXPECT_EQ(governed, running) << on.ToString();
    before = now;
  }
  EXPECT_EQ(turned, expected);
}

// The indicators, worked out from every matter replayed up to the end of the day.
TEST_P(OverdueTest, IndicatorsAgreeWithReplay) {
  size_t told = 0, on_lines = 0;
  for (int i = 0; i < 20 * kSteps; ++i) {  // few of the steps tried are allowed
    if (Below(30) == 0) {
      Open();
    } else {
      Step();
    }
    if (i % 100 != 0) continue;
    const Version version = org_.version();
    const Date day = SomeDay();
    const procedures::Moment end{day, procedures::kEndOfDay};
    using Sums = std::map<std::string, std::pair<int64_t, int64_t>>;  // numerator and denominator by indicator
    Sums expected, on_line;
    for (const auto& [id, last] : matters_) {
      const auto kept = FindMatter(org_.store(), version, id);
      const auto view = Replay(*kept->procedure, kept->matter, {day, 1439}, org_.store()->catalogue().calendar);
      if (!view.ok()) continue;
      const auto times = [&](const char* step) { return view->times(kept->procedure->FindTransition(step)); };
      // At the community, and at the home of who reported or who covers the handler.
      const bool reports = kept->procedure->id == "report.member";
      const int party = kept->procedure->FindSubject(reports ? "home" : "handler");
      const bool is_on_line = static_cast<bool>(view->subjects()[static_cast<size_t>(party)]);
      const auto add = [&](const char* indicator, int64_t counted, int64_t among) {
        for (Sums* sums : {&expected, is_on_line ? &on_line : nullptr}) {
          if (sums == nullptr) continue;
          (*sums)[indicator].first += counted;
          (*sums)[indicator].second += among;
        }
      };
      if (reports) {
        const procedures::Value* hours = procedures::Find(view->sums(), "hours");
        add("report.hours", hours == nullptr ? 0 : hours->number, 0);
        add("report.posts-claimed", times("claim"), 0);
        if (view->stretches().empty()) continue;
        const Stretch& feedback = view->stretches().back();
        const bool over = feedback.due <= end && (feedback.until == procedures::kNever ||
                                                  feedback.due < feedback.until || times("feed_back") > 0);
        add("report.feedback-rate", over && times("feed_back") > 0, over);
        continue;
      }
      const std::string& state = kept->procedure->states[static_cast<size_t>(view->state())].id;
      if (state != "done" && state != "rated" && state != "explained") continue;
      bool late = false;
      for (const Stretch& stretch : view->stretches()) {
        const procedures::Moment until = stretch.until < end ? stretch.until : end;
        late =
            late || (kept->procedure->clocks[static_cast<size_t>(stretch.clock)].id == "solve" && stretch.due < until);
      }
      add("case.on-time-rate", !late, 1);
    }
    for (const auto& indicator : org_.store()->catalogue().indicators.indicators()) {
      const auto rows = procedures::Rollup(*version.graph, *org_.store()->DocketOf(version), indicator, day, {});
      std::pair<int64_t, int64_t> said;
      for (const rules::RollupRow& row : rows) {
        if (version.graph->Text(row.node) != "unit:320102002001") continue;
        said = {row.numerator, indicator.IsRatio() ? row.denominator : 0};
        ++told;
      }
      EXPECT_EQ(said, expected[indicator.id]) << indicator.id << " on " << day.ToString() << ", step " << i;
      // One community, so the street has the same, and nobody else any.
      EXPECT_EQ(rows.size(), said.first + said.second == 0 ? 0u : 2u);
      const auto line =
          procedures::RollupOnLine(*version.graph, Model(), *org_.store()->DocketOf(version), indicator, day);
      const auto& [counted, among] = on_line[indicator.id];
      const std::string home = indicator.procedure == "report.member" ? "org:12" : "org:11";
      std::vector<std::pair<std::string, std::pair<int64_t, int64_t>>> found, both;
      for (const rules::RollupRow& row : line)
        found.push_back({version.graph->Text(row.node), {row.numerator, indicator.IsRatio() ? row.denominator : 0}});
      if (counted + among != 0) both = {{"org:10", {counted, among}}, {home, {counted, among}}};
      EXPECT_EQ(found, both) << indicator.id << " on " << day.ToString() << ", step " << i;
      on_lines += line.size();
    }
  }
  EXPECT_GT(told, 5u);
  EXPECT_GT(on_lines, 5u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, OverdueTest, ::testing::Range<uint64_t>(1, 9));

}  // namespace
}  // namespace jiceng::engine
