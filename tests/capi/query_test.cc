// Questions to a snapshot, against every kind of store.  What is expected is read off the picture in organization.h.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::StartsWith;

class Query : public testing::TestWithParam<const char*> {
 protected:
  Query() : store_(MakeOrganization(Url())), snapshot_(OpenSnapshot(store_.get())) {}

  std::string Url() const {
    return std::string(GetParam()) == "memory:" ? "memory:" : "sqlite:" + folder_.Sub("a.jiceng");
  }
  const jiceng_snapshot* s() const { return snapshot_.get(); }
  int64_t Number(const char* node) const {
    int64_t number = 0;
    EXPECT_EQ(jiceng_find(s(), node, JICENG_NUL, kDay, &number, nullptr), JICENG_OK) << node;
    return number;
  }

  Folder folder_;
  Store store_;
  Snapshot snapshot_;
};
INSTANTIATE_TEST_SUITE_P(Stores, Query, testing::Values("memory:", "sqlite:"),
                         [](const auto& param) { return std::string(param.param) == "memory:" ? "Memory" : "Sqlite"; });

// p2, secretary of the branch and director, gives up the branch: the post is vacant, and one is left to them.
TEST_P(Query, SeatChangesOfWhatWasTried) {
  const Folder change;
  change.Write("appointments.csv",
               "person_id,org_id,unit_code,post,kind,from,to\n"
               "p2,1001,,secretary,elected,2021-05-01,2026-06-01\n"
               "p1,1001,,deputy_secretary,elected,2026-06-01,\n");
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.recorded_at = kRecordedAt;
  options.flags = JICENG_WRITER_TRY;
  jiceng_writer* raw = nullptr;
  ASSERT_EQ(jiceng_writer_open(store_.get(), nullptr, &options, &raw, nullptr), JICENG_OK);
  const Writer writer(raw);
  const char* const paths[] = {change.path().c_str()};
  jiceng_import_report* report = nullptr;
  ASSERT_EQ(jiceng_writer_import(writer.get(), paths, 1, nullptr, &report, nullptr), JICENG_OK);
  const Report read(report);
  jiceng_snapshot* raw_tried = nullptr;
  ASSERT_EQ(jiceng_writer_tried(writer.get(), &raw_tried, nullptr), JICENG_OK);
  const Snapshot tried(raw_tried);
  const auto changes = [&](int32_t day) {
    return Ask(
        [&](jiceng_table** t, jiceng_error** e) { return jiceng_list_seat_changes(s(), tried.get(), day, t, e); });
  };
  const Rows rows = changes(kDay);
  ASSERT_EQ(rows.size(), 5u) << testing::PrintToString(rows);
  EXPECT_THAT(rows, Contains(StartsWith("ends|org:1001|")));
  EXPECT_THAT(rows, Contains(AllOf(StartsWith("ends|org:1001|"), HasSubstr("|secretary|person:p2|"),
                                   HasSubstr("|elected|2|1"))));
  EXPECT_THAT(rows, Contains(AllOf(StartsWith("vacant|org:1001|"), HasSubstr("|secretary|-|-|-|1|0"))));
  EXPECT_THAT(rows, Contains(AllOf(StartsWith("begins|org:1001|"), HasSubstr("|deputy_secretary|person:p1|"),
                                   HasSubstr("|elected|0|1"))));
  EXPECT_THAT(rows, Contains(AllOf(StartsWith("filled|org:1001|"), HasSubstr("|deputy_secretary|-|-|-|0|1"))));
  EXPECT_EQ(changes(20260531).size(), 1u) << "on the day before nothing changes";
  const Store other = Open("memory:");
  const Snapshot foreign = OpenSnapshot(other.get());
  const Outcome refused = Try([&](jiceng_error** error) {
    jiceng_table* table = nullptr;
    return jiceng_list_seat_changes(s(), foreign.get(), kDay, &table, error);
  });
  EXPECT_EQ(refused.reason, "OTHER_STORE");
}

TEST_P(Query, FindGivesANumberAndTheNumberGivesTheTextBack) {
  const int64_t number = Number("org:1001");
  EXPECT_GT(number, 0);
  char text[80];
  EXPECT_EQ(jiceng_node_text(s(), number, text, sizeof(text)), 8u);
  EXPECT_STREQ(text, "org:1001");
}

TEST_P(Query, AZeroPaddedCodeIsTheSameUnit) { EXPECT_EQ(Number("unit:320102000000"), Number("unit:320102")); }

TEST_P(Query, NodeTextIsCutToTheBufferAndTellsItsWholeLength) {
  const int64_t number = Number("person:p1");
  char text[6] = "?????";
  EXPECT_EQ(jiceng_node_text(s(), number, text, sizeof(text)), 9u);
  EXPECT_STREQ(text, "perso");
  EXPECT_EQ(jiceng_node_text(s(), number, text, 1), 9u);
  EXPECT_STREQ(text, "");
  EXPECT_EQ(jiceng_node_text(s(), number, nullptr, 0), 9u);
  for (const int64_t none : {int64_t{0}, int64_t{-1}, int64_t{4}, int64_t{1} << 33, INT64_MAX, INT64_MIN}) {
    EXPECT_EQ(jiceng_node_text(s(), none, text, sizeof(text)), 0u) << none;
    EXPECT_STREQ(text, "");
  }
}

TEST_P(Query, IsUnderClimbsTheWayOfBothKinds) {
  const int64_t grid = Number("unit:32010200200101"), district = Number("unit:320102"), branch = Number("org:1001"),
                committee = Number("org:1000"), person = Number("person:p1"), other = Number("unit:320102002002");
  EXPECT_EQ(jiceng_is_under(s(), grid, district, kDay), 1);
  EXPECT_EQ(jiceng_is_under(s(), district, grid, kDay), 0);
  EXPECT_EQ(jiceng_is_under(s(), grid, grid, kDay), 1);
  EXPECT_EQ(jiceng_is_under(s(), branch, committee, kDay), 1);
  EXPECT_EQ(jiceng_is_under(s(), branch, district, kDay), 1);
  EXPECT_EQ(jiceng_is_under(s(), person, committee, kDay), 1);
  EXPECT_EQ(jiceng_is_under(s(), person, district, kDay), 1);
  EXPECT_EQ(jiceng_is_under(s(), person, other, kDay), 0);
  EXPECT_EQ(jiceng_is_under(s(), person, committee, 20150101), 0);  // not yet affiliated
  for (const int64_t none : {int64_t{0}, int64_t{-5}, int64_t{1} << 40}) {
    EXPECT_EQ(jiceng_is_under(s(), none, district, kDay), 0);
    EXPECT_EQ(jiceng_is_under(s(), grid, none, kDay), 0);
  }
  for (const int32_t date : {0, -1, 20260230, INT32_MAX})
    EXPECT_EQ(jiceng_is_under(s(), grid, district, date), 0) << date;
}

TEST_P(Query, PathListsTheWayWithBothEnds) {
  const auto path = [&](const char* node, const char* ancestor, const char* via) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_path(s(), node, JICENG_NUL, ancestor, JICENG_NUL, kDay, via, table, error);
    });
  };
  EXPECT_THAT(path("person:p1", "unit:320102", nullptr),
              ElementsAre("node", "person:p1", "unit:320102002001", "unit:320102002", "unit:320102"));
  EXPECT_THAT(path("person:p1", "org:1000", nullptr), ElementsAre("node", "person:p1", "org:1001", "org:1000"));
  EXPECT_THAT(path("unit:320102", "person:p1", nullptr), ElementsAre("node"));
  EXPECT_THAT(path("person:p1", "org:3000", "employment"), ElementsAre("node", "person:p1", "org:3000"));
  EXPECT_THAT(path("person:p1", "org:3000", "friendship"), ElementsAre(HasSubstr("UNKNOWN_TIE_KIND")));
}

TEST_P(Query, CountTellsMembersAndWhatExistsBelow) {
  const Rows rows = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_count(s(), "unit:320102", JICENG_NUL, kDay, table, error);
  });
  EXPECT_EQ(rows[0], "measure|value");
  EXPECT_THAT(rows, IsSupersetOf({"members.full|2", "members.probationary|1", "units|6", "grids|2", "organizations|4",
                                  "branches|1"}));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_count(s(), "org:1000", JICENG_NUL, kDay, table, error);
              }),
              IsSupersetOf({"members.full|2", "members.probationary|1"}));
  const Outcome person = Try([&](jiceng_error** error) {
    jiceng_table* table = nullptr;
    return jiceng_count(s(), "person:p1", JICENG_NUL, kDay, &table, error);
  });
  EXPECT_EQ(person.status, JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(person.reason, "WRONG_NODE_KIND");
}

TEST_P(Query, RollupGivesUnitsWithSomethingToCount) {
  const auto rollup = [&](const char* indicator, const char* level) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_rollup(s(), indicator, level, kDay, table, error);
    });
  };
  // p1 and p3 are in service and live in the first community; p3 has reported.
  EXPECT_THAT(rollup("report.rate", nullptr),
              ElementsAre("node|name|level|numerator|denominator", "unit:320102|玄武区|district|1|2",
                          "unit:320102002|梅园街道|street|1|2", "unit:320102002001|梅园社区|community|1|2"));
  EXPECT_THAT(rollup("members.full", "community"),
              ElementsAre("node|name|level|numerator|denominator", "unit:320102002001|梅园社区|community|2|-"));
  EXPECT_THAT(
      rollup("happiness", nullptr),
      ElementsAre(HasSubstr("UNKNOWN_INDICATOR: no indicator 'happiness'; there are: members.full, report.rate")));
  EXPECT_THAT(rollup("members.full", "planet"), ElementsAre(HasSubstr("UNKNOWN_LEVEL")));
}

TEST_P(Query, RollupAlongThePartyLine) {
  const auto rollup = [&](const char* indicator) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_rollup_party_line(s(), indicator, kDay, table, error);
    });
  };
  EXPECT_THAT(rollup("members.full"),
              ElementsAre("node|name|kind|numerator|denominator", "org:1000|梅园社区党委|party_committee|2|-",
                          "org:1001|第一党支部|party_branch|2|-"));
  EXPECT_THAT(rollup("report.rate"), ElementsAre(testing::_, "org:1000|梅园社区党委|party_committee|1|2",
                                                 "org:1001|第一党支部|party_branch|1|2"));
  // The branch has 2 full members of 3; the committee is no branch.
  EXPECT_THAT(rollup("branch.min-members"), ElementsAre(testing::_, "org:1000|梅园社区党委|party_committee|0|1",
                                                        "org:1001|第一党支部|party_branch|0|1"));
  EXPECT_THAT(rollup("happiness"), ElementsAre(HasSubstr("UNKNOWN_INDICATOR")));
}

TEST_P(Query, Lists) {
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_list_unreported(s(), "unit:320102002001", JICENG_NUL, kDay, table, error);
              }),
              ElementsAre("node|name", "person:p1|张一"));
  EXPECT_THAT(
      Ask([&](jiceng_table** table, jiceng_error** error) {
        return jiceng_list_cross_appointments(s(), nullptr, 0, kDay, table, error);
      }),
      ElementsAre("node|name|community|kinds", "person:p2|李二|unit:320102002001|party_branch;residents_committee"));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_list_officers(s(), "unit:320102", JICENG_NUL, "secretary", kDay, table, error);
              }),
              ElementsAre("node|name|body|body_name|role|manner|from",
                          "person:p2|李二|org:1001|第一党支部|secretary|elected|20210501"));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_list_officers(s(), "unit:320102", JICENG_NUL, "emperor", kDay, table, error);
              }),
              ElementsAre(HasSubstr("UNKNOWN_ROLE: no role 'emperor'; there are: secretary")));
  const auto secretaries = [&](const char* node, const char* where) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_list_officers_at(s(), node, JICENG_NUL, "secretary", where, kDay, table, error);
    });
  };
  for (const char* node : {"unit:320102", "org:1000"}) {
    EXPECT_THAT(secretaries(node, "party_branch"),
                testing::Contains("person:p2|李二|org:1001|第一党支部|secretary|elected|20210501"));
    EXPECT_THAT(secretaries(node, "residents_committee"), testing::SizeIs(1));
    EXPECT_THAT(secretaries(node, "grid"), testing::SizeIs(1));
    EXPECT_THAT(secretaries(node, nullptr), testing::SizeIs(2));
    EXPECT_THAT(secretaries(node, "planet"), ElementsAre(HasSubstr("UNKNOWN_LEVEL")));
  }
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_list_posts(s(), "unit:320102", JICENG_NUL, "secretary", "party_branch", kDay, table,
                                         error);
              }),
              testing::Contains("org:1001|第一党支部|own|1|person:p2|李二|1|org:1001"));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_list_pairings(s(), nullptr, 0, kDay, table, error);
              }),
              ElementsAre("node|name|other|other_name|tier|from"));
}

TEST_P(Query, ShowHasFactsTextsAndTies) {
  const Rows rows = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_show(s(), "person:p2", JICENG_NUL, kDay, JICENG_LANG_EN, table, error);
  });
  EXPECT_EQ(rows[0], "section|key|value|node|from|to");
  EXPECT_THAT(rows, Contains(StartsWith("node|name|李二|")));
  EXPECT_THAT(rows, Contains(testing::AllOf(StartsWith("tie|"), HasSubstr("|org:1001|20210501|-"))));
  EXPECT_THAT(rows, Contains(StartsWith("fact|party_status|")));
}

TEST_P(Query, TreeIsDepthFirst) {
  const Rows units = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_tree(s(), "unit:320102", JICENG_NUL, kDay, 0, JICENG_TREE_UNITS_ONLY, table, error);
  });
  EXPECT_THAT(units, ElementsAre("depth|node|name|kind|members", StartsWith("0|unit:320102|玄武区|district|"),
                                 StartsWith("1|unit:320102002|梅园街道|street|"),
                                 StartsWith("2|unit:320102002001|梅园社区|community|3"),
                                 StartsWith("3|unit:32010200200101|第一网格|grid|"),
                                 StartsWith("3|unit:32010200200102|第二网格|grid|"),
                                 StartsWith("2|unit:320102002002|兰园社区|community|")));
  const Rows all = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_tree(s(), nullptr, 0, kDay, 0, 0, table, error);
  });
  EXPECT_THAT(all, Contains(StartsWith("3|org:1000|梅园社区党委|party_committee|3")));
  EXPECT_THAT(all, Contains(StartsWith("4|org:1001|第一党支部|party_branch|3")));
  const Rows top = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_tree(s(), nullptr, 0, kDay, 1, 0, table, error);
  });
  EXPECT_THAT(top, Not(Contains(StartsWith("2|"))));
}

TEST_P(Query, SearchFindsByPartOfTheNameAndTellsThePlace) {
  const auto search = [&](const char* text, int64_t limit) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_search(s(), text, JICENG_NUL, kDay, limit, table, error);
    });
  };
  EXPECT_THAT(search("党支部", 0),
              ElementsAre("node|name|kind|place", "org:1001|第一党支部|party_branch|unit:320102002001"));
  EXPECT_THAT(search("网格", 0), testing::SizeIs(3));
  EXPECT_THAT(search("网格", 1), testing::SizeIs(2));
  EXPECT_THAT(search("张一", 0), ElementsAre("node|name|kind|place", "person:p1|张一|person|unit:320102002001"));
  EXPECT_THAT(search("不存在", 0), ElementsAre("node|name|kind|place"));
}

TEST_P(Query, UpcomingTellsWhenProbationIsOver) {
  // One year after joining (党章 Art. 7).
  const Rows rows = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_upcoming(s(), "unit:320102", JICENG_NUL, kDay, 20270630, JICENG_LANG_ZH, table, error);
  });
  EXPECT_EQ(rows[0], "due|what|node|name|detail");
  EXPECT_THAT(rows, Contains(StartsWith("20261201|probation_ends|person:p3|王三|")));
}

TEST_P(Query, AnUnknownNodeIsNotFoundWithItsText) {
  const Outcome outcome = Try([&](jiceng_error** error) {
    int64_t number = 99;
    const jiceng_status status = jiceng_find(s(), "org:9999", JICENG_NUL, 0, &number, error);
    EXPECT_EQ(number, 0);
    return status;
  });
  EXPECT_EQ(outcome.status, JICENG_NOT_FOUND);
  EXPECT_EQ(outcome.reason, "UNKNOWN_NODE");
  EXPECT_EQ(outcome.field, "node");
  EXPECT_THAT(outcome.message, HasSubstr("org:9999"));
  EXPECT_THAT(outcome.chinese, StartsWith("没有这个节点："));
}

TEST_P(Query, EarlierBeliefsCanBeAsked) {
  const Snapshot head = OpenSnapshot(store_.get());
  EXPECT_EQ(jiceng_snapshot_seq(head.get()), 1);
  const Folder more;
  more.Write("people.csv", "person_id,name,party_status,joined_on,in_service\np5,钱五,full,2000-07-01,0\n");
  Import(store_.get(), more.path(), 0, kRecordedAt + 60);
  const Snapshot now = OpenSnapshot(store_.get()), before = OpenSnapshot(store_.get(), nullptr, 1);
  int64_t number = 0;
  EXPECT_EQ(jiceng_find(now.get(), "person:p5", JICENG_NUL, 0, &number, nullptr), JICENG_OK);
  EXPECT_EQ(jiceng_find(before.get(), "person:p5", JICENG_NUL, 0, &number, nullptr), JICENG_NOT_FOUND);
  EXPECT_EQ(jiceng_find(head.get(), "person:p5", JICENG_NUL, 0, &number, nullptr), JICENG_NOT_FOUND);
  jiceng_snapshot* none = nullptr;
  for (const int64_t seq : {int64_t{3}, int64_t{-1}, INT64_MAX}) {
    const Outcome outcome =
        Try([&](jiceng_error** error) { return jiceng_snapshot_open(store_.get(), nullptr, seq, &none, error); });
    EXPECT_EQ(outcome.status, JICENG_OUT_OF_RANGE) << seq;
    EXPECT_EQ(outcome.reason, "NO_SUCH_SEQ");
    EXPECT_EQ(none, nullptr);
  }
}

TEST_P(Query, ASnapshotOutlivesItsStore) {
  store_.reset();
  EXPECT_EQ(jiceng_is_under(s(), Number("org:1001"), Number("unit:320102"), kDay), 1);
  EXPECT_THAT(
      Ask([&](jiceng_table** table, jiceng_error** error) {  // reads names through the store that its owner has closed
        return jiceng_search(s(), "张一", JICENG_NUL, kDay, 0, table, error);
      }),
      testing::SizeIs(2));
}

}  // namespace
}  // namespace jiceng_test
