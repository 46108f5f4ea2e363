// Erasing a person: nothing of her is left in any file, the structure stays, the chain verifies, she does not come back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/capi/organization.h"
#include "tests/capi/policy_bytes.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Unlike anything else in a store.
constexpr char kId[] = "QXKZ-7714", kName[] = "欧阳晗曦", kStaff[] = "GHWX90417", kCitizen[] = "11010519491231002X";
constexpr char kHead[] = "姓名,人员编号,身份证号,工号,所在党支部\n";

class Erasing : public testing::TestWithParam<const char*> {
 protected:
  Erasing() : store_(MakeOrganization(Url())) {
    Import("people.csv", std::string("person_id,name,party_status,joined_on,in_service\n") + kId + "," + kName +
                             ",full,2001-07-01,1\n");
    Import("affiliations.csv", std::string("person_id,branch_id,kind,from,to\n") + kId + ",1001,formal,2016-01-01,\n");
    Import("ties.csv", std::string("kind,from_node,to_node,from,to,attributes\n") + "appointment,person:" + kId +
                           ",org:1001,2022-01-01,,\"{\"\"role\"\":\"\"committee_member\"\"," +
                           "\"\"capacity\"\":\"\"ZWXQ-part\"\"}\"\n");
    Import("history.csv", std::string("node,attribute,value,from,to\nperson:") + kId + ",name,欧阳旧名,,2010-01-01\n");
    Import("花名册.csv", std::string(kHead) + kName + "," + kId + "," + kCitizen + "," + kStaff + ",第一党支部\n");
  }
  bool memory() const { return std::string(GetParam()) == "memory:"; }
  std::string Url() const { return memory() ? "memory:" : folder_.Sub("a.jiceng"); }

  void Import(const std::string& file, const std::string& content) {
    const Folder more;
    more.Write(file, content);
    const Report report = jiceng_test::Import(store_.get(), more.path());
    EXPECT_EQ(jiceng_import_report_outcome(report.get()), JICENG_IMPORT_DONE)
        << testing::PrintToString(Print(jiceng_import_report_problems(report.get())));
  }
  Outcome Erase(std::vector<const char*> people) {
    const Writer writer = OpenWriter(store_.get());
    return Try([&](jiceng_error** error) {
      return jiceng_writer_erase(writer.get(), people.data(), people.size(), &seq_, error);
    });
  }
  std::string Person() const { return std::string("person:") + kId; }
  Rows Ask(const std::function<jiceng_status(jiceng_table**, jiceng_error**)>& call) { return jiceng_test::Ask(call); }
  Rows Verified() {
    return Ask(
        [&](jiceng_table** t, jiceng_error** e) { return jiceng_store_verify(store_.get(), nullptr, nullptr, t, e); });
  }
  int64_t Full(const jiceng_snapshot* snapshot) {
    jiceng_table* raw = nullptr;
    EXPECT_EQ(jiceng_count(snapshot, "org:1001", JICENG_NUL, kDay, &raw, nullptr), JICENG_OK);
    return jiceng_table_int64(Table(raw).get(), 0, 1);
  }

  const Folder folder_;
  Store store_;
  int64_t seq_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Stores, Erasing, testing::Values("memory:", "sqlite:"),
                         [](const auto& param) { return std::string(param.param) == "memory:" ? "Memory" : "Sqlite"; });

TEST_P(Erasing, LeavesNoByteInAnyFile) {
  if (memory()) GTEST_SKIP() << "nothing of it is in files";
  ASSERT_EQ(jiceng_store_optimize(store_.get(), nullptr, nullptr, nullptr), JICENG_OK);
  const std::vector<std::string> secrets = {kId, kName, "欧阳旧名", kStaff, "ZWXQ-part"};
  for (const std::string& secret : secrets) EXPECT_THAT(FilesWith(folder_.path(), secret), Not(IsEmpty())) << secret;
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  for (const std::string& secret : secrets) EXPECT_THAT(FilesWith(folder_.path(), secret), IsEmpty()) << secret;
  EXPECT_TRUE(std::filesystem::exists(folder_.Sub("a.jiceng.base"))) << "it is built anew";
  store_.reset();
  for (const std::string& secret : secrets) EXPECT_THAT(FilesWith(folder_.path(), secret), IsEmpty()) << secret;
  store_ = Open(Url(), 0);
  EXPECT_THAT(Verified(), ElementsAre("seq|what"));
  // Others are where they were.
  EXPECT_THAT(FilesWith(folder_.path(), "李二"), Not(IsEmpty()));
}

// The reason of a waiver may name her, whatever the header says.
TEST_P(Erasing, TakesTheReasonsOfHerWaiversAlong) {
  const std::string waive = WaiveBytes("report.member-unreported", Person(), 20270101);
  {
    const Writer writer = OpenWriter(store_.get());
    ASSERT_EQ(jiceng_writer_apply(writer.get(), waive.data(), waive.size(), &seq_, nullptr), JICENG_OK);
  }
  ASSERT_EQ(jiceng_store_optimize(store_.get(), nullptr, nullptr, nullptr), JICENG_OK);
  if (!memory()) {
    EXPECT_THAT(FilesWith(folder_.path(), "正在整改"), Not(IsEmpty()));
  }
  const auto waivers = [&] {
    const Snapshot snapshot = OpenSnapshot(store_.get());
    return Ask([&](jiceng_table** t, jiceng_error** e) { return jiceng_waivers(snapshot.get(), t, e); });
  };
  EXPECT_THAT(waivers(), ElementsAre("rule|node|from|to|reason|basis", HasSubstr("正在整改")));
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  if (!memory()) {
    EXPECT_THAT(FilesWith(folder_.path(), "正在整改"), IsEmpty());
  }
  EXPECT_THAT(waivers(), ElementsAre("rule|node|from|to|reason|basis", HasSubstr("report.member-unreported|person:#")));
  EXPECT_THAT(waivers(), Not(Contains(HasSubstr("正在整改"))));
  EXPECT_THAT(Verified(), ElementsAre("seq|what"));
}

TEST_P(Erasing, KeepsTheStructureUnderANumber) {
  const Snapshot before = OpenSnapshot(store_.get());
  int64_t number = 0;
  ASSERT_EQ(jiceng_find(before.get(), Person().c_str(), JICENG_NUL, 0, &number, nullptr), JICENG_OK);
  EXPECT_EQ(Full(before.get()), 3);
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  const Snapshot after = OpenSnapshot(store_.get());
  EXPECT_EQ(jiceng_snapshot_seq(after.get()), seq_);
  EXPECT_EQ(Full(after.get()), 3) << "counted as before";
  char text[64];
  jiceng_node_text(after.get(), number, text, sizeof(text));
  EXPECT_EQ(text, "person:#" + std::to_string(number));
  int64_t found = 0;
  EXPECT_EQ(jiceng_find(after.get(), Person().c_str(), JICENG_NUL, 0, &found, nullptr), JICENG_NOT_FOUND);
  EXPECT_THAT(Ask([&](jiceng_table** t, jiceng_error** e) {
                return jiceng_search(after.get(), "欧阳", JICENG_NUL, kDay, 0, t, e);
              }),
              ElementsAre("node|name|kind|place"));
  EXPECT_EQ(jiceng_node_ties(after.get(), number, 0, JICENG_TIES_FROM, 0, nullptr, 0), 2);
  // An earlier belief does not know her either.
  const Snapshot earlier = OpenSnapshot(store_.get(), nullptr, 2);
  EXPECT_EQ(jiceng_find(earlier.get(), Person().c_str(), JICENG_NUL, 0, &found, nullptr), JICENG_NOT_FOUND);
  EXPECT_THAT(Verified(), ElementsAre("seq|what"));
}

TEST_P(Erasing, TheFeedTellsIt) {
  ASSERT_EQ(Erase({Person().c_str(), Person().c_str()}).status, JICENG_OK);
  const Rows rows = Ask(
      [&](jiceng_table** t, jiceng_error** e) { return jiceng_store_changes(store_.get(), seq_ - 1, -1, 0, t, e); });
  ASSERT_EQ(rows.size(), 2u) << "one person, one row";
  EXPECT_THAT(rows[1], HasSubstr("|erased|person:#"));
  const Rows all =
      Ask([&](jiceng_table** t, jiceng_error** e) { return jiceng_store_changes(store_.get(), 0, -1, 0, t, e); });
  EXPECT_THAT(all, Not(Contains(HasSubstr(kName))));
  EXPECT_THAT(all, Not(Contains(HasSubstr(kId))));
}

TEST_P(Erasing, SheDoesNotComeBack) {
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  const Folder more;
  more.Write("people.csv", std::string("person_id,name,party_status,joined_on,in_service\n") + kId + "," + kName +
                               ",full,2001-07-01,1\np77,某某,none,,0\n");
  const Report report = jiceng_test::Import(store_.get(), more.path(), JICENG_IMPORT_KEEP_GOOD);
  EXPECT_EQ(jiceng_import_report_rejected(report.get()), 1);
  EXPECT_THAT(Print(jiceng_import_report_problems(report.get())), Contains(HasSubstr("|ERASED_PERSON|")));
  const Snapshot snapshot = OpenSnapshot(store_.get());
  int64_t found = 0;
  EXPECT_EQ(jiceng_find(snapshot.get(), Person().c_str(), JICENG_NUL, 0, &found, nullptr), JICENG_NOT_FOUND);
  EXPECT_EQ(jiceng_find(snapshot.get(), "person:p77", JICENG_NUL, 0, &found, nullptr), JICENG_OK);
  if (!memory()) {
    // Nor in a process that opens the store later.
    store_.reset();
    store_ = Open(Url(), 0);
    const Report again = jiceng_test::Import(store_.get(), more.path());
    EXPECT_EQ(jiceng_import_report_outcome(again.get()), JICENG_IMPORT_REJECTED);
  }
}

TEST_P(Erasing, OnlyPeopleWhoAreThereAreErased) {
  EXPECT_EQ(Erase({"person:nobody"}).reason, "UNKNOWN_NODE");
  EXPECT_EQ(Erase({"org:1001"}).reason, "BAD_NODE");
  EXPECT_EQ(Erase({"unit:320102", "nonsense"}).reason, "BAD_NODE");
  EXPECT_EQ(Erase({nullptr}).reason, "NULL_ARGUMENT");
  EXPECT_EQ(seq_, 0);
  EXPECT_EQ(Erase({}).status, JICENG_OK) << "only cleans";
  EXPECT_EQ(seq_, 6);
}

TEST_P(Erasing, NorDoesSheComeBackByHerCitizenNumber) {
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  const Folder more;
  more.Write("花名册.csv", std::string(kHead) + kName + ",," + kCitizen + ",,第一党支部\n");
  const Report report = jiceng_test::Import(store_.get(), more.path());
  EXPECT_EQ(jiceng_import_report_outcome(report.get()), JICENG_IMPORT_REJECTED);
  EXPECT_THAT(Print(jiceng_import_report_problems(report.get())), Contains(HasSubstr("|ERASED_PERSON|")));
}

TEST_P(Erasing, CannotBeTakenBack) {
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  const Writer writer = OpenWriter(store_.get());
  int64_t head = 0;
  EXPECT_EQ(Try([&](jiceng_error** e) { return jiceng_writer_revert(writer.get(), seq_, &head, e); }).reason,
            "ERASED_PERSON");
}

TEST_P(Erasing, AnotherHandleLetsTheIdGo) {
  if (memory()) GTEST_SKIP() << "a store in memory has one handle";
  const Store other = Open(Url(), 0);
  const Snapshot held = OpenSnapshot(other.get());
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  int64_t found = 0;
  const Snapshot after = OpenSnapshot(other.get());
  EXPECT_EQ(jiceng_snapshot_seq(after.get()), seq_);
  EXPECT_EQ(jiceng_find(after.get(), Person().c_str(), JICENG_NUL, 0, &found, nullptr), JICENG_NOT_FOUND);
  EXPECT_EQ(Full(after.get()), 3);
  EXPECT_THAT(FilesWith(folder_.path(), kId), IsEmpty());
}

TEST_P(Erasing, ABackupHasNothingOfHer) {
  ASSERT_EQ(Erase({Person().c_str()}).status, JICENG_OK);
  const Folder other;
  const std::string copy = other.Sub("b.jiceng");
  ASSERT_EQ(jiceng_store_backup(store_.get(), copy.data(), copy.size(), nullptr), JICENG_OK);
  for (const char* secret : {kId, kName, kStaff}) EXPECT_THAT(FilesWith(other.path(), secret), IsEmpty()) << secret;
  store_ = Open(copy, 0);
  EXPECT_THAT(Verified(), ElementsAre("seq|what"));
  EXPECT_EQ(Full(OpenSnapshot(store_.get()).get()), 3);
}

}  // namespace
}  // namespace jiceng_test
