// What a host in C++ sees.  The organisation is the one of tests/abi/ledgers; built as C++17 and as C++20.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <jiceng/jiceng.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>
#if __cplusplus >= 202002L
#include <ranges>
#endif

namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr jiceng::Date kDay(2026, 6, 30);
const jiceng::Time kMoment{std::chrono::seconds(1782777600)};  // 2026-06-30T00:00:00Z

jiceng::WriterOptions At(jiceng::Time moment) {
  jiceng::WriterOptions options;
  options.recorded_at = moment;
  return options;
}

jiceng::Store Empty(const std::string& url = "memory:") {
  jiceng::OpenOptions options;
  options.create = true;
  return jiceng::Store::Open(url, options).value();
}

jiceng::Store Organization(const std::string& url = "memory:") {
  jiceng::Store store = Empty(url);
  jiceng::WriterOptions options = At(kMoment);
  options.author = "测试";
  EXPECT_EQ(store.OpenWriter(options).value().Import({JICENG_LEDGERS}).value().outcome(), jiceng::ImportOutcome::kDone);
  return store;
}

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "jiceng-cpp-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string Sub(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

TEST(Dates, AreNumbersAndText) {
  EXPECT_EQ(kDay.number(), 20260630);
  EXPECT_EQ(kDay.ToString(), "2026-06-30");
  EXPECT_EQ(jiceng::Date().ToString(), "");
  EXPECT_TRUE(jiceng::Date().is_none());
  EXPECT_LT(jiceng::Date(2026, 6, 29), kDay);
#if defined(__cpp_lib_chrono) && __cpp_lib_chrono >= 201907L
  EXPECT_EQ(jiceng::Date(std::chrono::year(2024) / 2 / 29).number(), 20240229);
  EXPECT_EQ(static_cast<std::chrono::year_month_day>(kDay), std::chrono::year(2026) / 6 / 30);
#endif
}

TEST(Handles, MoveAndAreNotCopied) {
  static_assert(!std::is_copy_constructible_v<jiceng::Store> && std::is_nothrow_move_constructible_v<jiceng::Store>);
  static_assert(!std::is_copy_constructible_v<jiceng::Table> && std::is_nothrow_move_assignable_v<jiceng::Table>);
  static_assert(std::is_copy_constructible_v<jiceng::TableView> && std::is_copy_constructible_v<jiceng::Error>);
  jiceng::Table first = jiceng::Rules().value(), second = jiceng::Roles().value();
  const int64_t rules = first.size();
  ASSERT_NE(rules, second.size());
  second = std::move(first);
  EXPECT_EQ(second.size(), rules);
  EXPECT_EQ(second.begin(), second.begin());
  EXPECT_EQ(std::distance(second.begin(), second.end()), rules);
}

TEST(Handles, AnEmptyOneFailsAndDoesNotCrash) {
  jiceng::Store store = Empty();
  const jiceng::Store moved = std::move(store);
  EXPECT_FALSE(store);  // NOLINT(bugprone-use-after-move)
  const jiceng::Result<jiceng::Snapshot> snapshot = store.OpenSnapshot();
  ASSERT_FALSE(snapshot.ok());
  EXPECT_EQ(snapshot.error().reason(), "NULL_ARGUMENT");
  EXPECT_EQ(jiceng::TableView().size(), 0);
  EXPECT_EQ(jiceng::TableView()[3]["nothing"].text(), "");
}

TEST(Handles, WhatWasOpenedKeepsTheStore) {
  const jiceng::Snapshot snapshot = Organization().OpenSnapshot().value();
  EXPECT_EQ(snapshot.Count("unit:320102", kDay)->at("members.full"), 2);
}

TEST(Results, HoldAValueOrAnError) {
  const jiceng::Store store = Organization();
  const jiceng::Result<jiceng::Measures> counted = store.OpenSnapshot()->Count("org:none", kDay);
  ASSERT_FALSE(counted);
  const jiceng::Error error = counted.error();
  EXPECT_EQ(error.code(), jiceng::Code::kNotFound);
  EXPECT_EQ(error.reason(), "UNKNOWN_NODE");
  EXPECT_THAT(std::string(error.text(jiceng::Language::kChinese)), HasSubstr("没有"));
  EXPECT_EQ(error.text(jiceng::Language::kEnglish), error.message());
  EXPECT_TRUE(store.OpenSnapshot());
}

TEST(Results, ValueThrowsTheError) {
  const jiceng::Result<jiceng::Store> store = jiceng::Store::Open("/nowhere/at/all.jiceng");
  try {
    store.value();
    FAIL() << "no exception";
  } catch (const jiceng::Failure& failure) {
    EXPECT_EQ(failure.error().code(), jiceng::Code::kNotFound);
    EXPECT_EQ(failure.error().message(), failure.what());
  }
  EXPECT_EQ(store.error().code(), jiceng::Code::kNotFound);  // still there
  EXPECT_THROW(Empty().Backup("").value(), std::exception);
}

TEST(Feed, SaysAndWaits) {
  const jiceng::Store store = Organization();
  const jiceng::Table all = store.Changes(0).value();
  EXPECT_GT(all.size(), 0);
  EXPECT_EQ(all[0]["seq"].number(), 1);
  const jiceng::Row last = all[all.size() - 1];
  EXPECT_EQ(store.Changes(last["seq"].number(), last["row"].number())->size(), 0);
  EXPECT_EQ(store.Wait(0, std::chrono::seconds(-1)).value(), 1);
  EXPECT_EQ(store.Wait(1, std::chrono::milliseconds(1)).value(), 1);
  const auto stop = [](std::string_view, int64_t, int64_t) { return false; };
  EXPECT_EQ(store.Wait(1, std::chrono::seconds(-1), stop).error().code(), jiceng::Code::kCancelled);
}

TEST(Ledgers, NeedNoFiles) {
  const std::map<std::string, std::string> ledgers = Organization().OpenSnapshot()->ExportBytes().value();
  std::vector<std::pair<std::string, std::string_view>> given(ledgers.begin(), ledgers.end());
  const jiceng::Store other = Empty();
  EXPECT_EQ(other.OpenWriter(At(kMoment)).value().ImportBytes(given).value().outcome(), jiceng::ImportOutcome::kDone);
  EXPECT_EQ(other.OpenSnapshot()->ExportBytes().value(), ledgers);
}

TEST(Ties, OfANodeAndInColumns) {
  const jiceng::Snapshot snapshot = Organization().OpenSnapshot().value();
  const int64_t branch = snapshot.Find("org:1001").value();
  const std::vector<jiceng_tie> members = snapshot.NodeTies(branch, JICENG_TIE_AFFILIATION, JICENG_TIES_TO, kDay);
  EXPECT_FALSE(members.empty());
  for (const jiceng_tie& tie : members) EXPECT_EQ(tie.to, branch);
  const jiceng::Table columns = snapshot.Ties("affiliation", kDay).value();
  const int64_t* to = columns.numbers(columns.FindColumn("to_number"));
  EXPECT_EQ(std::count(to, to + columns.size(), branch), static_cast<int64_t>(members.size()));
  EXPECT_EQ(snapshot.Nodes("org").value()[0]["node"].text().substr(0, 4), "org:");
  EXPECT_EQ(jiceng::TieKinds()->size(), 20);
}

// Reads a stream the way its consumers do.
int64_t RowsOf(ArrowArrayStream* stream) {
  int64_t rows = 0;
  while (true) {
    ArrowArray batch;
    EXPECT_EQ(stream->get_next(stream, &batch), 0);
    if (batch.release == nullptr) return rows;
    rows += batch.length;
    batch.release(&batch);
  }
}

TEST(Arrow, StreamsOutliveWhatTheyCameFrom) {
  ArrowArrayStream of_table, of_findings;
  int64_t rows = 0, findings = 0;
  {
    const jiceng::Snapshot snapshot = Organization().OpenSnapshot().value();
    const jiceng::Table table = snapshot.Nodes("person").value();
    const jiceng::Findings found = snapshot.Audit(kDay).value();
    rows = table.size();
    findings = found.size();
    ASSERT_TRUE(table.ToArrow(&of_table).ok());
    ASSERT_TRUE(found.ToArrow(&of_findings, jiceng::Language::kEnglish).ok());
  }
  ArrowSchema schema;
  ASSERT_EQ(of_table.get_schema(&of_table, &schema), 0);
  EXPECT_EQ(std::string(schema.format), "+s");
  EXPECT_EQ(schema.n_children, 6);
  EXPECT_EQ(std::string(schema.children[2]->name), "name");
  ArrowSchema moved = *schema.children[2];  // a child may be moved out and lives on
  schema.children[2]->release = nullptr;
  schema.release(&schema);
  EXPECT_EQ(std::string(moved.format), "u");
  moved.release(&moved);
  EXPECT_EQ(RowsOf(&of_table), rows);
  EXPECT_EQ(RowsOf(&of_findings), findings);
  of_table.release(&of_table);
  of_findings.release(&of_findings);
  EXPECT_EQ(of_table.release, nullptr);
}

TEST(Erasing, LeavesANumber) {
  const jiceng::Store store = Organization();
  const std::string person(store.OpenSnapshot()->Nodes("person").value()[0]["node"].text());
  jiceng::Writer writer = store.OpenWriter(At(kMoment)).value();
  EXPECT_EQ(writer.Erase({person}).value(), 2);
  EXPECT_EQ(writer.Erase({person}).error().reason(), "UNKNOWN_NODE");
}

TEST(Imports, BadRowsAreNamedAndKeepEverythingOut) {
  const Folder folder;
  std::ofstream(folder.Sub("people.csv"))
      << "person_id,name,party_status,joined_on,in_service\np9,某某,full,2026-02-30,0\n";
  const jiceng::Store store = Organization();
  const jiceng::ImportReport report = store.OpenWriter(At(kMoment)).value().Import({folder.Sub("people.csv")}).value();
  EXPECT_EQ(report.outcome(), jiceng::ImportOutcome::kRejected);
  EXPECT_EQ(report.rejected(), 1);
  ASSERT_EQ(report.problems().size(), 1);
  const jiceng::Row problem = report.problems()[0];
  EXPECT_EQ(problem["file"].text(), "people.csv");
  EXPECT_EQ(problem["row"].number(), 2);
  EXPECT_EQ(problem["cell"].text(), "2026-02-30");
  EXPECT_EQ(store.Log()->size(), 1);
}

TEST(Imports, OptionsArrive) {
  const jiceng::Store store = Empty();
  jiceng::ImportOptions options;
  options.dry_run = true;
  EXPECT_EQ(store.OpenWriter(At(kMoment))->Import({JICENG_LEDGERS}, options)->outcome(),
            jiceng::ImportOutcome::kChecked);
  EXPECT_EQ(store.OpenSnapshot()->seq(), 0);
  EXPECT_FALSE(store.OpenWriter({}).ok());  // the library has no clock
}

TEST(Commits, AreLoggedFoundByTimeAndTakenBack) {
  const jiceng::Store store = Organization();
  jiceng::Writer writer = store.OpenWriter(At(kMoment)).value();
  EXPECT_EQ(*writer.Revert(1), 2);
  EXPECT_EQ(*store.SeqAt(kMoment), 2);
  const jiceng::Table log = store.Log(2).value();
  ASSERT_EQ(log.size(), 1);
  EXPECT_EQ(log[0]["author"].text(), "测试");
  EXPECT_EQ(log[0]["recorded_at"].time(), kMoment);
  EXPECT_EQ(store.OpenSnapshot(nullptr, 1)->Count("unit:320102", kDay)->at("members.full"), 2);
  EXPECT_FALSE(store.OpenSnapshot()->Count("unit:320102", kDay).ok());
  EXPECT_EQ(writer.Apply("\xFF").error().code(), jiceng::Code::kInvalidArgument);
  EXPECT_EQ(*writer.Apply(""), 2);
}

TEST(Stores, AreBackedUpVerifiedAndOptimized) {
  const Folder folder;
  const jiceng::Store store = Organization(folder.Sub("a.jiceng"));
  EXPECT_TRUE(store.Optimize().ok());
  EXPECT_TRUE(store.Backup(folder.Sub("b.jiceng")).ok());
  EXPECT_EQ(store.Backup(folder.Sub("b.jiceng")).error().code(), jiceng::Code::kAlreadyExists);
  jiceng::OpenOptions options;
  options.read_only = true;
  const jiceng::Store copy = jiceng::Store::Open(folder.Sub("b.jiceng"), options).value();
  EXPECT_TRUE(copy.Verify()->empty());
  EXPECT_EQ(copy.OpenWriter(At(kMoment)).error().reason(), "READ_ONLY");
}

class Questions : public testing::Test {
 protected:
  std::vector<std::string> Column(const jiceng::TableView& table, const char* name) const {
    std::vector<std::string> cells;
    for (const jiceng::Row row : table) cells.emplace_back(row[name].text());
    return cells;
  }

  const jiceng::Store store_ = Organization();
  const jiceng::Snapshot snapshot_ = store_.OpenSnapshot().value();
};

TEST_F(Questions, NodesByTextAndNumber) {
  const int64_t branch = *snapshot_.Find("org:1001");
  EXPECT_EQ(snapshot_.NodeText(branch), "org:1001");
  EXPECT_EQ(snapshot_.NodeText(987654321), "");
  EXPECT_TRUE(snapshot_.IsUnder(branch, *snapshot_.Find("unit:320102"), kDay));
  EXPECT_THAT(*snapshot_.Path("org:1001", "unit:320102", kDay),
              ElementsAre("org:1001", "unit:320102002001", "unit:320102002", "unit:320102"));
  EXPECT_THAT(*snapshot_.Path("unit:320102", "org:1001", kDay), IsEmpty());
  EXPECT_THAT(*snapshot_.Path("org:1001", "unit:320102002001", kDay, "seat"),
              ElementsAre("org:1001", "unit:320102002001"));
}

TEST_F(Questions, ListsAreTables) {
  EXPECT_THAT(Column(*snapshot_.Tree("unit:320102", kDay, 1, true), "node"),
              ElementsAre("unit:320102", "unit:320102002"));
  EXPECT_EQ(Column(*snapshot_.Tree(jiceng::kEverything, kDay), "node")[0], "unit:320102");
  EXPECT_THAT(Column(*snapshot_.Search("支部", kDay), "node"), Contains("org:1001"));
  EXPECT_TRUE(snapshot_.Rollup("members.full", kDay, "district").ok());
  EXPECT_THAT(Column(*snapshot_.RollupAcross("members.full", kDay, jiceng::Date(2020, 1, 1)), "mapping"),
              Contains("exact"));
  EXPECT_EQ(snapshot_.Register("unit:320102", kDay)->size(), 0);
  EXPECT_EQ(snapshot_.Services(jiceng::kEverything, kDay, 2026)->size(), 0);
  EXPECT_THAT(Column(*snapshot_.RollupPartyLine("members.full", kDay), "node"), Contains("org:1001"));
  EXPECT_EQ(snapshot_.SeatChanges(snapshot_, kDay)->size(), 0);
  EXPECT_TRUE(snapshot_.Unreported("unit:320102", kDay).ok());
  EXPECT_TRUE(snapshot_.CrossAppointments(jiceng::kEverything, kDay).ok());
  EXPECT_TRUE(snapshot_.Officers("unit:320102", "secretary", kDay).ok());
  EXPECT_TRUE(snapshot_.Upcoming(jiceng::kEverything, kDay, jiceng::Date(2027, 6, 30)).ok());
  EXPECT_THAT(Column(*snapshot_.Posts("unit:320102", "secretary", "party_branch", kDay), "node"), Contains("org:1001"));
  EXPECT_TRUE(snapshot_.Pairings(jiceng::kEverything, kDay).ok());
  EXPECT_TRUE(snapshot_.Turns(kDay, jiceng::Date(2027, 6, 30), jiceng::kEverything, jiceng::AuditOptions()).ok());
  const jiceng::Findings why = snapshot_.Explain("branch.min-members", "org:1001", kDay).value();
  EXPECT_THAT(Column(*why.Evidence(0), "kind"), Contains("count"));
  EXPECT_EQ(snapshot_.Officers("unit:320102", "nobody", kDay).error().code(), jiceng::Code::kInvalidArgument);
}

TEST_F(Questions, TiesOfANodeAreRowsOfItsTable) {
  const jiceng::Table shown = snapshot_.Show("org:1001", kDay, jiceng::Language::kEnglish).value();
  std::vector<std::string> others;
  for (const jiceng::Row tie : shown.Where("section", "tie")) {
    EXPECT_EQ(tie["section"].text(), "tie");
    others.emplace_back(tie["node"].text());
  }
  EXPECT_THAT(others, Contains("unit:320102002001"));
  const auto none = shown.Where("no such column", "tie");
  EXPECT_EQ(none.begin(), none.end());
}

TEST_F(Questions, FindingsAreARangeOfNumbersAndATableOfTexts) {
  const jiceng::Findings findings = snapshot_.Audit(kDay).value();
  EXPECT_EQ(findings.size(), 4);  // too few members, no secretary, no grid head, and a deadline nobody has set
  EXPECT_EQ(findings.Counts()->at("branch.min-members"), 1);
  const jiceng::Table rules = jiceng::Rules().value();
  std::vector<std::string> read;
  for (const jiceng::Finding finding : findings) read.emplace_back(rules[finding.rule]["id"].text());
  EXPECT_THAT(read, ElementsAre("branch.min-members", "branch.secretary-vacant", "report.member-unreported",
                                "grid.head-vacant"));
  EXPECT_EQ(findings[0].subject, *snapshot_.Find("org:1001"));
  EXPECT_EQ(Column(*findings.Read(), "rule"), read);
  EXPECT_EQ(Column(*findings.Read(jiceng::Language::kChinese, 2, 1), "subject"), std::vector<std::string>{"store:"});
  EXPECT_THAT(Column(*findings.Read(jiceng::Language::kEnglish), "message")[0], HasSubstr("full member"));
}

TEST_F(Questions, AuditOptionsArrive) {
  jiceng::AuditOptions options;
  options.rules = {"report.member-unreported"};
  options.parameters = {"report.deadline_days=30"};
  for (const jiceng::Row finding : snapshot_.Audit(kDay, jiceng::kEverything, options).value().Read().value())
    EXPECT_EQ(finding["status"].text(), "unmet");
  options.parameters = {"no.such=1"};
  EXPECT_EQ(snapshot_.Audit(kDay, jiceng::kEverything, options).error().reason(), "UNKNOWN_PARAMETER");
}

TEST_F(Questions, AMonitorFollowsWhatIsTriedAndWhatIsKept) {
  jiceng::AuditOptions only;
  only.rules = {"branch.min-members"};
  only.max_threads = 2;
  jiceng::Monitor monitor = jiceng::Monitor::Open(snapshot_, kDay, only).value();
  EXPECT_EQ(monitor.All()->size(), 1);
  const int64_t district = *snapshot_.Find("unit:320102");
  EXPECT_EQ(monitor.Members(district)->full, 2);
  EXPECT_FALSE(monitor.Members(*snapshot_.Find("org:1001")).has_value());
  EXPECT_EQ(Column(*monitor.Rollup("members.full", "district"), "node"), std::vector<std::string>{"unit:320102"});

  jiceng::WriterOptions options = At(kMoment);
  options.keep = false;
  jiceng::Writer writer = store_.OpenWriter(options).value();
  EXPECT_EQ(writer.Tried().error().reason(), "NOTHING_TRIED");
  EXPECT_EQ(writer.Revert(1).value(), 1) << "everything taken back, and nothing kept";
  const jiceng::Snapshot tried = writer.Tried().value();
  const jiceng::Change change = monitor.Follow(tried).value();
  EXPECT_EQ(change.gone.size(), 1);
  EXPECT_TRUE(change.appeared.empty());
  EXPECT_TRUE(monitor.All()->empty());
  EXPECT_EQ(store_.OpenSnapshot()->Audit(kDay)->size(), 4);
  EXPECT_EQ(monitor.date(), kDay);
}

TEST_F(Questions, NoPackIsAttachedAndNothingRefused) {
  EXPECT_TRUE(snapshot_.Policies()->empty());
  EXPECT_TRUE(snapshot_.Waivers()->empty());
  const jiceng::Table effective = snapshot_.EffectivePolicy("org:1001", kDay, "report.member-unreported").value();
  EXPECT_EQ(effective[0]["setting"].text(), "report.deadline_days");
  EXPECT_EQ(effective[0]["source"].text(), "catalogue");
  EXPECT_EQ(jiceng::CheckPolicy("\xff").error().reason(), "BAD_MESSAGE");
  EXPECT_EQ(store_.OpenWriter(At(kMoment))->Refused().error().reason(), "NOTHING_REFUSED");
}

TEST_F(Questions, AMatterIsOpenedRefusedAndLookedAt) {
  EXPECT_EQ(jiceng::Procedures()->size(), 8);
  EXPECT_EQ(jiceng::Procedure("deliberation").value()[0]["step"].text(), "open");
  jiceng::Writer writer = store_.OpenWriter(At(kMoment)).value();
  jiceng::StepOptions step;
  step.at = "2026-03-02 09:30";
  step.actor = "person:p1";
  const std::vector<std::string> subjects = {"member=person:p1", "community=unit:320102002001", "host=org:1001"};
  const int64_t seq = writer.OpenMatter("report.member", "R1", subjects, step).value();
  EXPECT_GT(seq, 1);
  EXPECT_EQ(writer.RefusedStep().error().reason(), "NOTHING_REFUSED");
  EXPECT_EQ(writer.TakeStep("R1", "report", step).value(), 0) << "she lives nowhere";
  EXPECT_EQ(writer.RefusedStep(jiceng::Language::kEnglish).value()[0]["place"].text(), "resides");
  EXPECT_EQ(writer.TakeStep("R1", "withdraw", step).value(), seq + 1);
  const jiceng::Snapshot after = store_.OpenSnapshot().value();
  EXPECT_EQ(after.Matters("2026-03-03").value()[0]["state"].text(), "withdrawn");
  jiceng::MattersOptions open;
  open.open = true;
  EXPECT_TRUE(after.Matters("2026-03-03", open)->empty());
  jiceng::MattersOptions told;
  told.told = true;
  EXPECT_TRUE(after.Matters("2026-03-03").value()[0]["told"].is_null());
  EXPECT_FALSE(after.Matters("2026-03-03", told).value()[0]["told"].is_null());
  EXPECT_TRUE(after.LateMatters("2026-03-03")->empty());
  EXPECT_TRUE(after.Handovers("2026-03-03")->empty());
  EXPECT_EQ(after.MatterSteps("R1", "2026-03-03")->size(), 2);
  EXPECT_TRUE(after.MatterClocks("R1", "2026-03-03")->empty());
  EXPECT_EQ(after.Matter("R2", "2026-03-03").error().reason(), "UNKNOWN_MATTER");
}

TEST_F(Questions, AVerdictIsExplainedWithFacts) {
  const jiceng::Table met = snapshot_.Explain("branch.max-members", "org:1001", kDay)->Read().value();
  EXPECT_EQ(met[0]["status"].text(), "met");
  const jiceng::Table unmet = snapshot_.Explain("branch.min-members", "org:1001", kDay)->Read().value();
  const jiceng::TextList facts = unmet[0]["facts"].texts();
  EXPECT_GT(facts.size(), 0);
  EXPECT_TRUE(std::any_of(facts.begin(), facts.end(),
                          [](std::string_view fact) { return fact.find("p1") != std::string_view::npos; }));
}

TEST_F(Questions, AnActorSeesNoMoreThanTheScope) {
  const jiceng::Actor actor = jiceng::Actor::Create("街道", "unit:320102002").value();
  const jiceng::Snapshot inside = store_.OpenSnapshot(&actor).value();
  EXPECT_EQ(inside.Tree(jiceng::kEverything, kDay).value()[0]["node"].text(), "unit:320102002");
  EXPECT_EQ(inside.Count("unit:320102", kDay).error().code(), jiceng::Code::kPermissionDenied);
}

TEST_F(Questions, ExportGivesLedgers) {
  const Folder folder;
  EXPECT_EQ(snapshot_.Export(folder.Sub("out"))->at("people.csv"), 3);
  EXPECT_TRUE(std::filesystem::exists(folder.Sub("out/people.csv")));
}

TEST_F(Questions, ColumnsHaveNamesTypesAndNumbers) {
  const jiceng::Table log = store_.Log().value();
  const int32_t rows = log.FindColumn("rows");
  EXPECT_EQ(log.column_name(rows), "rows");
  EXPECT_EQ(log.column_type(rows), jiceng::ColumnType::kInt64);
  ASSERT_NE(log.numbers(rows), nullptr);
  EXPECT_EQ(log.numbers(rows)[0], log[0][rows].number());
  EXPECT_EQ(log.numbers(log.FindColumn("author")), nullptr);
  EXPECT_EQ(log.column_type(log.columns()), jiceng::ColumnType::kNone);
}

TEST_F(Questions, EightThreadsShareASnapshot) {
  std::vector<std::thread> threads;
  std::vector<int64_t> wrong(8, 0);
  for (size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 50; ++n) wrong[i] += snapshot_.Audit(kDay)->Read()->size() == 4 ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, testing::Each(0));
}

TEST(ProgressFunctions, AreToldAndStopTheWork) {
  std::vector<std::string> stages;
  jiceng::WriterOptions options = At(kMoment);
  options.progress = [&](std::string_view stage, int64_t, int64_t) {
    stages.emplace_back(stage);
    return true;
  };
  const jiceng::Store store = Empty();
  jiceng::Writer writer = store.OpenWriter(options).value();
  jiceng::Writer moved = std::move(writer);  // the function moves with it
  ASSERT_TRUE(moved.Import({JICENG_LEDGERS}).ok());
  EXPECT_THAT(stages, Contains("read"));
  EXPECT_EQ(store.Verify([](std::string_view, int64_t, int64_t) { return false; }).error().code(),
            jiceng::Code::kCancelled);
}

TEST(ProgressFunctions, WhatTheyThrowComesOutOfTheCall) {
  const jiceng::Store store = Organization();
  const jiceng::Progress thrower = [](std::string_view, int64_t, int64_t) -> bool { throw std::out_of_range("mine"); };
  EXPECT_THROW(static_cast<void>(store.Verify(thrower)), std::out_of_range);
  jiceng::WriterOptions options = At(kMoment);
  options.progress = thrower;
  jiceng::Writer writer = store.OpenWriter(options).value();
  EXPECT_THROW(static_cast<void>(writer.Import({JICENG_LEDGERS})), std::out_of_range);
}

TEST(NoticeFunctions, AreToldAsLongAsTheStoreIsOpen) {
  const Folder folder;
  const std::string path = folder.Sub("a.jiceng");
  ASSERT_TRUE(Organization(path).Optimize().ok());
  std::ofstream(path + ".base") << "no base";
  std::vector<std::string> told;
  jiceng::OpenOptions options;
  options.notice = [&](jiceng::NoticeLevel level, std::string_view event, std::string_view text) {
    EXPECT_EQ(level, jiceng::NoticeLevel::kWarning);
    EXPECT_NE(text.find(path), std::string_view::npos);
    told.emplace_back(event);
    throw std::out_of_range("mine");  // is lost
  };
  jiceng::Store store = jiceng::Store::Open(path, options).value();
  EXPECT_THAT(told, ElementsAre("BASE_UNUSABLE"));
  jiceng::Store moved = std::move(store);
  moved = Empty();  // closes the one that was told of
  EXPECT_THAT(told, ElementsAre("BASE_UNUSABLE"));
}

TEST(Catalogue, RulesKindsRolesCodesAndWorkingDays) {
  EXPECT_FALSE(jiceng::OrganizationKinds(jiceng::Language::kEnglish)->empty());
  const jiceng::Table codes = jiceng::CheckCodes({"320102", "320102198001011238"}).value();
  EXPECT_EQ(codes[0]["kind"].text(), "division");
  EXPECT_EQ(codes[1]["kind"].text(), "citizen_id");
  EXPECT_TRUE(codes[1]["valid"].truth());
  EXPECT_TRUE(codes[1]["reason"].is_null() || codes[1]["reason"].text().empty());
  // The State Council's schedule of 2026: 1 to 7 October are holidays, Saturday 10 October is worked.
  EXPECT_EQ(*jiceng::WorkingDay(jiceng::Date(2026, 9, 30), 1), jiceng::Date(2026, 10, 8));
  EXPECT_EQ(*jiceng::WorkingDays(jiceng::Date(2026, 10, 1), jiceng::Date(2026, 10, 11)), 3);
  EXPECT_EQ(jiceng::WorkingDay(jiceng::Date(2035, 1, 1), 1).error().code(), jiceng::Code::kOutOfRange);
  EXPECT_FALSE(jiceng::Version().empty());
}

#if __cplusplus >= 202002L
static_assert(std::ranges::random_access_range<jiceng::TableView> && std::ranges::sized_range<jiceng::Table>);
static_assert(std::ranges::random_access_range<jiceng::Findings> && std::ranges::random_access_range<jiceng::TextList>);
static_assert(std::ranges::input_range<jiceng::RowsWhere>);

TEST(Ranges, TablesAreFilteredAndDesignatedOptionsAreRead) {
  const jiceng::Store store = jiceng::Store::Open("memory:", {.create = true}).value();
  ASSERT_TRUE(store.OpenWriter({.recorded_at = kMoment, .author = "测试"})->Import({JICENG_LEDGERS}).ok());
  const jiceng::Table tree = store.OpenSnapshot()->Tree(jiceng::kEverything, kDay).value();
  const auto is_unit = [](jiceng::Row row) { return row["node"].text().starts_with("unit:"); };
  EXPECT_EQ(std::ranges::count_if(tree, is_unit), std::count_if(tree.begin(), tree.end(), is_unit));
  EXPECT_GT(std::ranges::count_if(tree, is_unit), 3);
}
#endif

}  // namespace
