// The documented views, read as another program would.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

using testing::ElementsAre;

class ViewsTest : public testing::Test {
 protected:
  ViewsTest() {
    OpenOptions options;
    options.create = true;
    FillWithEverything(Open(folder_.File("a"), options)->get());
    sqlite3_open_v2(folder_.File("a").c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr);
  }
  ~ViewsTest() override { sqlite3_close(db_); }

  // Rows with columns set apart by "|", NULL as nothing.
  std::vector<std::string> Query(const char* sql) {
    std::vector<std::string> rows;
    char* error = nullptr;
    sqlite3_exec(
        db_, sql,
        [](void* out, int columns, char** values, char**) {
          std::string row;
          for (int i = 0; i < columns; ++i) row += (i ? "|" : "") + std::string(values[i] ? values[i] : "");
          static_cast<std::vector<std::string>*>(out)->push_back(row);
          return 0;
        },
        &rows, &error);
    if (error != nullptr) rows.push_back(std::string("error: ") + error);
    sqlite3_free(error);
    return rows;
  }

  TestFolder folder_;
  sqlite3* db_ = nullptr;
};

TEST_F(ViewsTest, PeopleAsNowBelieved) {
  EXPECT_THAT(
      Query("SELECT node, id, name, party_status, in_service, joined_on, sex, seq FROM jiceng_people ORDER BY node"),
      ElementsAre("3|1000023522|李四光|2|0|1999-07|1|1", "7|1000023523|买买提·吐尔逊|1||||1"))
      << "the withdrawn person is no more";
}

TEST_F(ViewsTest, OrganizationsAndUnits) {
  EXPECT_THAT(Query("SELECT node, id, name, exists_from, exists_to, kind, parent, seat, seq FROM jiceng_organizations"),
              ElementsAre("2|1000001|第一党支部|2001-01-01|2027-01-01|11||1|2"));
  EXPECT_THAT(Query("SELECT node, id, name, exists_from, level, households, population, parent FROM jiceng_units"),
              ElementsAre("1|320102|玄武区||3|1200|3600|"));
  EXPECT_THAT(Query("SELECT node, kind FROM jiceng_nodes ORDER BY node"),
              ElementsAre("1|unit", "2|org", "3|person", "7|person"));
}

TEST_F(ViewsTest, TiesAsNowBelieved) {
  EXPECT_THAT(Query("SELECT tie, kind, from_node, to_node, manner, valid_from, valid_to, attributes, seq FROM "
                    "jiceng_ties ORDER BY tie"),
              ElementsAre("0|seat|2|1|0||||1", "1|affiliation|3|2|1|2010-05-04|2026-03-01||2"));
}

TEST_F(ViewsTest, IdsAreTextsWhateverTheyLookLike) {
  EXPECT_THAT(Query("SELECT DISTINCT typeof(id) FROM jiceng_nodes"), ElementsAre("text"));
  EXPECT_THAT(Query("SELECT node FROM jiceng_people WHERE id = '1000023523'"), ElementsAre("7"));
}

TEST_F(ViewsTest, WhatIsAttached) {
  EXPECT_THAT(
      Query("SELECT kind, node, name, valid_from, valid_to, priority, seq FROM jiceng_attachments ORDER BY kind"),
      ElementsAre("policy|1|xuanwu.reports|2026-01-01||-3|2", "waiver|3|report.member-unreported||2026-07-01|0|2"))
      << "the one above all units was taken back";
}

TEST_F(ViewsTest, TheWholeLog) {
  EXPECT_THAT(Query("SELECT seq, ordinal, tie, withdrawn, attributes FROM jiceng_tie_log ORDER BY seq, ordinal"),
              ElementsAre("1|7|0|0|", "1|8|1|0|", R"(1|9|2|0|{"capacity":"书记","channel":"elected"})", "2|10|1|0|",
                          R"(3|3|2|1|{"capacity":"书记"})"));
  EXPECT_THAT(Query("SELECT seq, recorded_at, operation, author, rows FROM jiceng_commits ORDER BY seq"),
              ElementsAre("1|1970-01-01T00:16:40Z|apply|王书记|10", "2|1970-01-01T00:33:20Z|apply|王书记|11",
                          "3|1970-01-01T00:50:00Z|apply|王书记|4"));
  EXPECT_THAT(
      Query("SELECT seq, node, fact, valid_from, valid_to, value FROM jiceng_fact_log WHERE seq = 2 ORDER BY ordinal"),
      ElementsAre("2|11|party_status|||", "2|11|in_service|||", "2|11|joined_on|||", "2|11|full_on|||", "2|11|sex|||",
                  "2|3|in_service|2025-08-01||0", "2|7|party_status|2024-01-01|2025-01-01|"))
      << "a created node's facts come first";
  EXPECT_THAT(Query("SELECT seq, node, attribute, valid_from, value FROM jiceng_text_log WHERE node = 1"),
              ElementsAre("1|1|code||320102000000", "2|1|code|2026-01-01|320199000000"));
  EXPECT_THAT(Query("SELECT org, number, elected_on, years, ends_on, extended_to FROM jiceng_terms"),
              ElementsAre("2|6|2021-12-09|3|2024-12-09|"));
}

TEST_F(ViewsTest, QueriesOfTheDocumentation) {
  EXPECT_THAT(
      Query("SELECT node, value FROM (SELECT node, value, max(seq << 32 | ordinal) FROM jiceng_fact_log "
            "WHERE fact = 'party_status' AND coalesce(valid_from, '') <= '2026-06-30' AND "
            "coalesce(valid_to, '9999-12-31') > '2026-06-30' GROUP BY node) WHERE value IN (1, 2) ORDER BY node"),
      ElementsAre("3|2", "7|1"));
  EXPECT_THAT(
      Query("SELECT tie FROM (SELECT *, max(seq << 32 | ordinal) FROM jiceng_tie_log WHERE seq <= 1 GROUP BY tie) "
            "WHERE NOT withdrawn AND coalesce(valid_from, '') <= '2026-06-30' AND "
            "coalesce(valid_to, '9999-12-31') > '2026-06-30' ORDER BY tie"),
      ElementsAre("0", "1", "2"))
      << "before the affiliation was closed and the appointment withdrawn";
}

}  // namespace
}  // namespace jiceng::store
