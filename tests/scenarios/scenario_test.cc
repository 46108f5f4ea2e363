// Runs every scenario against every kind of store through the C interface.
#include "tests/scenarios/scenario.h"

#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <jiceng/jiceng.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiceng/v1/change.pb.h"
#include "tests/scenarios/matters.h"

namespace jiceng::scenarios {
namespace {

int32_t DateNumber(const std::string& iso) {
  return std::stoi(iso.substr(0, 4)) * 10000 + std::stoi(iso.substr(5, 2)) * 100 + std::stoi(iso.substr(8, 2));
}

// Fails the test with the error's words, and frees it.
void Check(jiceng_status status, jiceng_error* error, const char* what) {
  EXPECT_EQ(status, JICENG_OK) << what << ": " << (error != nullptr ? jiceng_error_message(error) : "no error given");
  jiceng_error_free(error);
}

std::string Text(const jiceng_table* table, int64_t row, const char* column) {
  return jiceng_table_text(table, row, jiceng_table_find_column(table, column), nullptr);
}
int64_t Number(const jiceng_table* table, int64_t row, const char* column) {
  return jiceng_table_int64(table, row, jiceng_table_find_column(table, column));
}

class Runner {
 public:
  Runner(const Scenario& scenario, bool in_memory) : scenario_(scenario) {
    std::string pattern = (std::filesystem::temp_directory_path() / "jiceng-scenario-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    const std::string url = in_memory ? "memory:" : "sqlite:" + folder_ + "/store.jiceng";
    jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
    options.flags = JICENG_OPEN_CREATE;
    jiceng_error* error = nullptr;
    Check(jiceng_store_open(url.c_str(), JICENG_NUL, &options, &store_, &error), error, "open");
    matters_ = Matters(store_);
  }
  ~Runner() {
    jiceng_store_close(store_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void Run() {
    for (const Step& step : scenario_.steps) {
      SCOPED_TRACE(scenario_.file + ":" + std::to_string(step.line));
      switch (step.kind) {
        case Step::kImport:
          Settle();
          Import(step);
          break;
        case Step::kRule:
          Settle();
          rule_ = step.words.at(0);
          break;
        case Step::kSet:
          Settle();
          parameters_.push_back(step.words.at(0));
          break;
        case Step::kOn:
          Settle();
          date_ = DateNumber(step.words.at(0));
          break;
        case Step::kExpect:
          Expect(step.words);
          break;
        case Step::kAttach:
        case Step::kDetach:
        case Step::kWaive:
          Settle();
          Apply(step);
          break;
        case Step::kMatter:
          Settle();
          if (step.words[0] == "revert") {
            matters_.Revert();
          } else {
            matters_.Take(step.words);
          }
          break;
      }
    }
    Settle();
    matters_.CheckPast();
    matters_.CheckLedgers(packs_);
    EXPECT_THAT(problems_, testing::IsEmpty()) << "rows were rejected and no expectation says so";
    EXPECT_THAT(refused_, testing::IsEmpty()) << "a change was refused and no expectation says so";
  }

 private:
  void Import(const Step& step) {
    const std::string folder = folder_ + "/ledgers" + std::to_string(++imports_);
    std::filesystem::create_directory(folder);
    for (const auto& [name, text] : step.ledgers) std::ofstream(folder + "/" + name) << text;
    jiceng_writer_options writer_options = JICENG_WRITER_OPTIONS_INIT;
    writer_options.recorded_at = recorded_at_ + imports_;
    jiceng_import_options options = JICENG_IMPORT_OPTIONS_INIT;
    for (size_t i = 0; i + 1 < step.words.size(); i += 2) {
      if (step.words[i] == "--date") options.date = DateNumber(step.words[i + 1]);
    }
    jiceng_writer* writer = nullptr;
    jiceng_import_report* report = nullptr;
    jiceng_error* error = nullptr;
    Check(jiceng_writer_open(store_, nullptr, &writer_options, &writer, &error), error, "writer");
    const char* paths[] = {folder.c_str()};
    error = nullptr;
    Check(jiceng_writer_import(writer, paths, 1, &options, &report, &error), error, "import");
    const jiceng_table* problems = jiceng_import_report_problems(report);
    for (int64_t i = 0; i < jiceng_table_rows(problems); ++i) {
      problems_.insert(Text(problems, i, "file") + ":" + std::to_string(Number(problems, i, "row")) + " " +
                       Text(problems, i, "code"));
    }
    jiceng_import_report_free(report);
    ReadRefusal(writer);
    jiceng_writer_close(writer);
  }

  // What the writer's last call was refused for, of the day it would have happened on.
  void ReadRefusal(const jiceng_writer* writer) {
    jiceng_findings* findings = nullptr;
    jiceng_error* error = nullptr;
    if (jiceng_writer_refused(writer, &findings, &error) != JICENG_OK) {
      EXPECT_STREQ(jiceng_error_reason(error), "NOTHING_REFUSED");
      jiceng_error_free(error);
      return;
    }
    jiceng_table* table = nullptr;
    Check(jiceng_findings_table(findings, JICENG_LANG_EN, 0, 0, &table, &error), error, "findings");
    for (int64_t i = 0; i < jiceng_table_rows(table); ++i)
      refused_.insert(Text(table, i, "rule") + " " + Text(table, i, "subject"));
    jiceng_table_free(table);
    jiceng_findings_free(findings);
  }

  // attach FILE UNIT FROM [TO], detach PACK UNIT ON, waive RULE NODE FROM TO; - for no unit and no day.
  void Apply(const Step& step) {
    const auto word = [&](size_t i) { return i < step.words.size() && step.words[i] != "-" ? step.words[i] : ""; };
    const auto day = [&](size_t i, jiceng::v1::Date* date) {
      if (word(i).empty()) return;
      const int32_t number = DateNumber(word(i));
      date->set_year(number / 10000);
      date->set_month(number / 100 % 100);
      date->set_day(number % 100);
    };
    jiceng::v1::Change change;
    if (step.kind == Step::kAttach) {
      auto* attach = change.mutable_attach_policy();
      std::ifstream in(std::string(JICENG_PACKS) + "/" + step.words.at(0) + ".textproto");
      if (!in.good()) in.open(std::string(JICENG_SCENARIOS) + "/packs/" + step.words.at(0) + ".textproto");
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, attach->mutable_pack())) << step.words.at(0);
      attach->set_unit(word(1));
      if (!word(2).empty()) day(2, attach->mutable_from());
      if (!word(3).empty()) day(3, attach->mutable_to());
    } else if (step.kind == Step::kDetach) {
      auto* detach = change.mutable_detach_policy();
      detach->set_pack(step.words.at(0));
      detach->set_unit(word(1));
      if (!word(2).empty()) day(2, detach->mutable_on());
    } else {
      auto* waive = change.mutable_waive();
      waive->set_rule(step.words.at(0));
      waive->set_node(step.words.at(1));
      waive->set_reason("正在整改");
      waive->set_basis("组字〔2026〕8号");
      if (!word(2).empty()) day(2, waive->mutable_from());
      day(3, waive->mutable_to());
    }
    std::string stream;
    {
      google::protobuf::io::StringOutputStream out(&stream);
      google::protobuf::util::SerializeDelimitedToZeroCopyStream(change, &out);
    }
    jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
    options.recorded_at = recorded_at_ + ++imports_;
    jiceng_writer* writer = nullptr;
    jiceng_error* error = nullptr;
    Check(jiceng_writer_open(store_, nullptr, &options, &writer, &error), error, "writer");
    int64_t seq = 0;
    if (jiceng_writer_apply(writer, stream.data(), stream.size(), &seq, &error) != JICENG_OK) {
      problems_.insert(std::string(step.words.at(0)) + " " + jiceng_error_reason(error));
      jiceng_error_free(error);
    } else if (step.kind != Step::kWaive) {
      packs_.push_back(stream);
    }
    ReadRefusal(writer);
    jiceng_writer_close(writer);
  }

  void Expect(const std::vector<std::string>& words) {
    const std::string& what = words.at(0);
    if (what == "rejected") {
      const std::string problem = words.at(1) + " " + words.at(2);
      EXPECT_EQ(problems_.erase(problem), 1u)
          << "expected " << problem << " among " << testing::PrintToString(problems_);
    } else if (what == "state" || what == "tally" || what == "clock" || what == "late" || what == "handovers") {
      matters_.Expect(words);
    } else if (what == "count" || what == "rollup" || what == "line" || what == "register" || what == "unreported" ||
               what == "cross" || what == "path" || what == "posts" || what == "pairings" || what == "effective") {
      Ask(words);
    } else if (what == "meets" || what == "skips") {
      expecting_ = true;
      for (size_t i = 1; i < words.size(); ++i)
        EXPECT_EQ(Explain(words[i]), what == "meets" ? "met" : "not_applicable") << words[i] << " on " << date_;
    } else if (what == "fails") {
      expecting_ = true;
      for (size_t i = 1; i < words.size(); ++i) {
        EXPECT_EQ(Explain(words[i]), "unmet") << words[i] << " on " << date_;
        expected_.insert(rule_ + " " + words[i] + " unmet");
      }
    } else if (what == "says") {
      std::string text;
      for (size_t i = 2; i < words.size(); ++i) text += (i > 2 ? " " : "") + words[i];
      EXPECT_EQ(Explain(words.at(1), "message"), text) << words[1] << " on " << date_;
    } else if (what == "refused") {
      const std::string refused = words.at(1) + " " + words.at(2);
      EXPECT_EQ(refused_.erase(refused), 1u) << "expected " << refused << " among " << testing::PrintToString(refused_);
    } else if (what == "waived") {
      expecting_ = true;
      expected_.insert(words.at(1) + " " + words.at(2) + " unmet waived");
    } else if (what == "nothing") {
      expecting_ = true;
    } else if (what == "unknown") {
      expecting_ = true;
      expected_.insert(words.at(1) + " " + words.at(2) + " unknown");
    } else {
      ASSERT_GE(words.size(), 2u) << "malformed expectation";
      expecting_ = true;
      for (size_t i = 1; i < words.size(); ++i) expected_.insert(words[0] + " " + words[i] + " unmet");
    }
  }

  // Audits when the expectations about findings on one date are complete.
  void Settle() {
    if (!expecting_) return;
    jiceng_snapshot* snapshot = Open();
    const std::vector<const char*> parameters = Parameters();
    // What a scenario without a rule of its own expects was written for these.
    std::vector<const char*> rules = {"branch.min-members",       "branch.max-members", "branch.committee-required",
                                      "branch.committee-size",    "grid.head-vacant",   "term.expired",
                                      "report.member-unreported", "report.duplicate"};
    if (!rule_.empty()) rules = {rule_.c_str()};
    jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
    options.rules = rules.data();
    options.rule_count = rules.size();
    options.parameters = parameters.data();
    options.parameter_count = parameters.size();
    jiceng_findings* findings = nullptr;
    jiceng_table* table = nullptr;
    jiceng_error* error = nullptr;
    Check(jiceng_audit(snapshot, nullptr, 0, date_, &options, &findings, &error), error, "audit");
    error = nullptr;
    Check(jiceng_findings_table(findings, JICENG_LANG_ZH, 0, 0, &table, &error), error, "findings");
    std::set<std::string> found;
    for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
      const std::string finding = Text(table, i, "rule") + " " + Text(table, i, "subject") + " " +
                                  Text(table, i, "status") + (Number(table, i, "waived") != 0 ? " waived" : "");
      // A parameter nobody has set is unknown in every audit; scenarios about something else need not say so.
      if (Text(table, i, "status") == "unknown" && expected_.count(finding) == 0) continue;
      found.insert(finding);
      EXPECT_NE(Text(table, i, "message"), "") << finding;
      EXPECT_NE(Text(table, i, "citation"), "") << finding;
    }
    EXPECT_EQ(found, expected_) << "on " << date_;
    jiceng_table_free(table);
    jiceng_findings_free(findings);
    jiceng_snapshot_close(snapshot);
    expected_.clear();
    expecting_ = false;
  }

  std::vector<const char*> Parameters() const {
    std::vector<const char*> parameters;
    for (const std::string& parameter : parameters_) parameters.push_back(parameter.c_str());
    return parameters;
  }

  // What the scenario's rule says of one node.
  std::string Explain(const std::string& node, const char* column = "status") {
    jiceng_snapshot* snapshot = Open();
    const std::vector<const char*> parameters = Parameters();
    jiceng_audit_options options = JICENG_AUDIT_OPTIONS_INIT;
    options.parameters = parameters.data();
    options.parameter_count = parameters.size();
    jiceng_findings* findings = nullptr;
    jiceng_table* table = nullptr;
    jiceng_error* error = nullptr;
    Check(jiceng_explain(snapshot, rule_.c_str(), node.c_str(), JICENG_NUL, date_, &options, &findings, &error), error,
          "explain");
    error = nullptr;
    Check(jiceng_findings_table(findings, JICENG_LANG_EN, 0, 0, &table, &error), error, "findings");
    const std::string status = jiceng_table_rows(table) == 1 ? Text(table, 0, column) : "";
    jiceng_table_free(table);
    jiceng_findings_free(findings);
    jiceng_snapshot_close(snapshot);
    return status;
  }

  void Ask(const std::vector<std::string>& words) {
    jiceng_snapshot* snapshot = Open();
    jiceng_table* table = nullptr;
    jiceng_error* error = nullptr;
    const std::string& what = words[0];
    const char* first = words.at(1).c_str();
    std::vector<std::string> answer, expected(words.begin() + 2, words.end());
    if (what == "count") {
      Check(jiceng_count(snapshot, first, JICENG_NUL, date_, &table, &error), error, "count");
      for (const char* measure : {"members.full", "members.probationary"}) {
        for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
          if (Text(table, i, "measure") == measure) answer.push_back(std::to_string(Number(table, i, "value")));
        }
      }
    } else if (what == "rollup" || what == "line") {
      Check(what == "rollup" ? jiceng_rollup(snapshot, first, nullptr, date_, &table, &error)
                             : jiceng_rollup_party_line(snapshot, first, date_, &table, &error),
            error, "rollup");
      expected = {words.at(3)};
      answer = {"0"};
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
        if (Text(table, i, "node") != words.at(2)) continue;
        answer = {std::to_string(Number(table, i, "numerator"))};
        if (jiceng_table_is_null(table, i, jiceng_table_find_column(table, "denominator")) == 0)
          answer[0] += "/" + std::to_string(Number(table, i, "denominator"));
      }
    } else if (what == "register") {
      Check(jiceng_list_register(snapshot, first, JICENG_NUL, date_, 0, JICENG_LANG_ZH, &table, &error), error,
            "register");
      const int32_t posts = jiceng_table_find_column(table, "posts");
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
        std::string line = Text(table, i, "matter") + "=";
        for (size_t p = 0; p < jiceng_table_list_size(table, i, posts); ++p)
          line += (p > 0 ? "+" : "") + std::string(jiceng_table_list_text(table, i, posts, p, nullptr));
        answer.push_back(line + ":" + std::to_string(Number(table, i, "services")) + ":" +
                         std::to_string(Number(table, i, "hours")));
      }
    } else if (what == "unreported") {
      Check(jiceng_list_unreported(snapshot, first, JICENG_NUL, date_, &table, &error), error, "unreported");
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) answer.push_back(Text(table, i, "node"));
    } else if (what == "effective") {  // NODE RULE SETTING VALUE SOURCE
      Check(jiceng_policy_effective(snapshot, first, JICENG_NUL, date_, words.at(2).c_str(), &table, &error), error,
            "effective");
      expected = {words.at(4) + " " + words.at(5)};
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
        if (Text(table, i, "setting") != words.at(3)) continue;
        const std::string pack = Text(table, i, "pack"), value = Text(table, i, "value");
        answer = {(value.empty() ? "-" : value) + " " + (pack.empty() ? Text(table, i, "source") : pack)};
      }
    } else if (what == "cross") {
      Check(jiceng_list_cross_appointments(snapshot, first, JICENG_NUL, date_, &table, &error), error, "cross");
      const int32_t kinds = jiceng_table_find_column(table, "kinds");
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
        std::string line = Text(table, i, "node") + "@" + Text(table, i, "community") + "=";
        for (size_t k = 0; k < jiceng_table_list_size(table, i, kinds); ++k)
          line += (k > 0 ? "+" : "") + std::string(jiceng_table_list_text(table, i, kinds, k, nullptr));
        answer.push_back(line);
      }
    } else if (what == "posts") {
      expected.erase(expected.begin(), expected.begin() + 3);
      Check(jiceng_list_posts(snapshot, first, JICENG_NUL, words.at(2).c_str(), words.at(3).c_str(), date_, &table,
                              &error),
            error, "posts");
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
        if (Text(table, i, "state") == words.at(4)) answer.push_back(Text(table, i, "node"));
      }
    } else if (what == "pairings") {
      expected.erase(expected.begin());
      Check(jiceng_list_pairings(snapshot, first, JICENG_NUL, date_, &table, &error), error, "pairings");
      int64_t found = 0;
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) found += Text(table, i, "tier") == words.at(2) ? 1 : 0;
      answer = {std::to_string(found)};
    } else {
      expected.erase(expected.begin());
      Check(jiceng_path(snapshot, first, JICENG_NUL, words.at(2).c_str(), JICENG_NUL, date_, nullptr, &table, &error),
            error, "path");
      for (int64_t i = 0; i < jiceng_table_rows(table); ++i) answer.push_back(Text(table, i, "node"));
    }
    EXPECT_EQ(answer, expected) << what << " " << first << " on " << date_;
    jiceng_table_free(table);
    jiceng_snapshot_close(snapshot);
  }

  jiceng_snapshot* Open() {
    jiceng_snapshot* snapshot = nullptr;
    jiceng_error* error = nullptr;
    Check(jiceng_snapshot_open(store_, nullptr, 0, &snapshot, &error), error, "snapshot");
    return snapshot;
  }

  const Scenario& scenario_;
  std::string folder_;
  jiceng_store* store_ = nullptr;
  static constexpr int64_t recorded_at_ = 1700000000;  // 2023-11-15 in China
  Matters matters_{nullptr};
  std::vector<std::string> packs_;  // change sets that attached or detached one
  int imports_ = 0;
  std::string rule_;  // the only rule judged; empty: the eight of the fixed contract
  int32_t date_ = 0;
  std::vector<std::string> parameters_;
  std::set<std::string> problems_, refused_, expected_;
  bool expecting_ = false;
};

const std::vector<Scenario>& All() {
  static const auto* all = new std::vector<Scenario>(ReadScenarios(JICENG_SCENARIOS));
  return *all;
}

class ScenarioTest : public testing::TestWithParam<size_t> {};

TEST_P(ScenarioTest, HoldsInMemory) { Runner(All()[GetParam()], true).Run(); }
TEST_P(ScenarioTest, HoldsInAFile) { Runner(All()[GetParam()], false).Run(); }

// "branches.scenario" line 12 is branches_scenario_12.
std::string CaseName(const testing::TestParamInfo<size_t>& instance) {
  std::string name = All()[instance.param].file + "_" + std::to_string(All()[instance.param].line);
  for (char& c : name) {
    if (isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}
INSTANTIATE_TEST_SUITE_P(All, ScenarioTest, testing::Range(size_t{0}, All().size()), CaseName);

// Every rule that can be judged has a case that meets it and one that does not, and both have just been run.
TEST(ScenarioFiles, HaveBothCasesOfEveryRule) {
  std::set<std::string> met, unmet;
  for (const Scenario& scenario : All()) {
    std::string rule;
    for (const Step& step : scenario.steps) {
      if (step.kind == Step::kRule) {
        rule = step.words[0];
        EXPECT_NE(scenario.source, "") << scenario.file << ":" << scenario.line;
      }
      if (step.kind != Step::kExpect || step.words.size() < 2) continue;
      if (step.words[0] == "meets") met.insert(rule);
      if (step.words[0] == "fails") unmet.insert(rule);
    }
  }
  jiceng_table* table = nullptr;
  jiceng_error* error = nullptr;
  Check(jiceng_rules(JICENG_LANG_EN, &table, &error), error, "rules");
  int64_t evaluable = 0;
  for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
    if (jiceng_table_int64(table, i, jiceng_table_find_column(table, "evaluable")) == 0) continue;
    ++evaluable;
    const std::string id = Text(table, i, "id");
    EXPECT_EQ(met.count(id), 1u) << "no case meets " << id;
    EXPECT_EQ(unmet.count(id), 1u) << "no case fails " << id;
  }
  EXPECT_GE(evaluable, 50);
  jiceng_table_free(table);
}

TEST(ScenarioFiles, AreThere) { EXPECT_GE(All().size(), 20u); }

}  // namespace
}  // namespace jiceng::scenarios
