// What the library knows without a store, and tables as readers see them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Catalogue, RulesHaveTheirClauses) {
  const Rows rules =
      Ask([](jiceng_table** table, jiceng_error** error) { return jiceng_rules(JICENG_LANG_ZH, table, error); });
  EXPECT_EQ(rules[0], "id|level|title|citations|parameters|evaluable|on|in_force_from|in_force_to|pack");
  for (const char* id :
       {"branch.min-members|must|", "branch.max-members|", "branch.committee-required|", "branch.committee-size|",
        "grid.head-vacant|", "term.expired|", "report.member-unreported|", "report.duplicate|"}) {
    EXPECT_THAT(rules, Contains(StartsWith(id)));
  }
  EXPECT_THAT(rules, Contains(testing::AllOf(StartsWith("report.member-unreported|"),
                                             HasSubstr("report.deadline_days (count, days, no default)"))));
  EXPECT_THAT(rules,
              Contains(testing::AllOf(StartsWith("branch.min-members|"), HasSubstr("《中国共产党支部工作条例"))));
}

TEST(Catalogue, KindsAndRolesHaveTitlesInBothLanguages) {
  const auto kinds = [](int32_t lang) {
    return Ask(
        [&](jiceng_table** table, jiceng_error** error) { return jiceng_organization_kinds(lang, table, error); });
  };
  EXPECT_EQ(kinds(JICENG_LANG_ZH)[0], "number|id|title");
  EXPECT_THAT(kinds(JICENG_LANG_ZH), Contains(HasSubstr("|party_branch|党支部")));
  EXPECT_EQ(kinds(JICENG_LANG_ZH).size(), kinds(JICENG_LANG_EN).size());
  EXPECT_NE(kinds(JICENG_LANG_ZH), kinds(JICENG_LANG_EN));
  EXPECT_THAT(
      Ask([](jiceng_table** table, jiceng_error** error) { return jiceng_roles(JICENG_LANG_EN, table, error); }),
      Contains(HasSubstr("|grid_head|")));
}

TEST(Catalogue, CodesAreCheckedAndCitizenNumbersMasked) {
  // 11010519491231002X is the example of GB 11643-1999; 91350100M000100Y43 that of GB 32100-2015.
  const char* codes[] = {
      "11010519491231002X", "110105194912310020", "91350100M000100Y43", "320102", "32010200200101", "?"};
  const Rows rows =
      Ask([&](jiceng_table** table, jiceng_error** error) { return jiceng_codes_check(codes, 6, table, error); });
  ASSERT_EQ(rows.size(), 7u);
  EXPECT_EQ(rows[0], "code|kind|valid|reason|parts");
  EXPECT_THAT(rows[1], StartsWith("110105********002X|citizen_id|1||"));
  EXPECT_THAT(rows[2], HasSubstr("|citizen_id|0|CHECK_CHARACTER|"));
  EXPECT_THAT(rows[3], StartsWith("91350100M000100Y43|uscc|1||"));
  EXPECT_THAT(rows[4], StartsWith("320102|division|1||"));
  EXPECT_THAT(rows[5], StartsWith("32010200200101|grid|1||"));
  EXPECT_THAT(rows[6], StartsWith("?|unknown|0|"));
}

TEST(Catalogue, WorkingDaysFollowTheSchedulesOfTheStateCouncil) {
  // National Day 2025 (国办发明电〔2024〕12号): 1 to 8 October off, Sunday 28 September and Saturday 11 October worked.
  int32_t due = 0, days = 0;
  EXPECT_EQ(jiceng_calendar_due(20250930, 1, &due, nullptr), JICENG_OK);
  EXPECT_EQ(due, 20251009);
  EXPECT_EQ(jiceng_calendar_due(20250930, 3, &due, nullptr), JICENG_OK);
  EXPECT_EQ(due, 20251011);
  EXPECT_EQ(jiceng_calendar_count(20250928, 20251012, &days, nullptr), JICENG_OK);
  EXPECT_EQ(days, 6);  // 28, 29, 30 September; 9, 10, 11 October
  const Outcome unknown = Try([&](jiceng_error** error) { return jiceng_calendar_due(19500101, 1, &due, error); });
  EXPECT_EQ(unknown.status, JICENG_OUT_OF_RANGE);
  EXPECT_EQ(unknown.reason, "NO_SCHEDULE");
  EXPECT_EQ(due, 0);
  EXPECT_EQ(Try([&](jiceng_error** error) { return jiceng_calendar_due(20250930, -1, &due, error); }).status,
            JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(Try([&](jiceng_error** error) { return jiceng_calendar_count(20251012, 20250928, &days, error); }).reason,
            "REVERSED_INTERVAL");
}

TEST(Catalogue, TheVersionHasThreeNumbers) {
  EXPECT_THAT(jiceng_version(), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

TEST(Tables, ReadAsNothingOutsideTheirBounds) {
  jiceng_table* raw = nullptr;
  ASSERT_EQ(jiceng_rules(JICENG_LANG_EN, &raw, nullptr), JICENG_OK);
  const Table table(raw);
  const int64_t rows = jiceng_table_rows(raw);
  const int32_t id = jiceng_table_find_column(raw, "id"), citations = jiceng_table_find_column(raw, "citations"),
                evaluable = jiceng_table_find_column(raw, "evaluable");
  EXPECT_EQ(jiceng_table_find_column(raw, "ID"), -1);
  EXPECT_EQ(jiceng_table_find_column(raw, nullptr), -1);
  EXPECT_EQ(jiceng_table_column_type(raw, id), JICENG_COLUMN_TEXT);
  EXPECT_EQ(jiceng_table_column_type(raw, citations), JICENG_COLUMN_TEXT_LIST);
  EXPECT_EQ(jiceng_table_column_type(raw, evaluable), JICENG_COLUMN_BOOL);
  for (const int64_t row : {int64_t{-1}, rows, INT64_MAX, INT64_MIN}) {
    EXPECT_EQ(jiceng_table_is_null(raw, row, id), 1);
    EXPECT_STREQ(jiceng_table_text(raw, row, id, nullptr), "");
    EXPECT_EQ(jiceng_table_int64(raw, row, evaluable), 0);
    EXPECT_EQ(jiceng_table_list_size(raw, row, citations), 0u);
  }
  for (const int32_t column : {-1, 10, INT32_MAX, INT32_MIN}) {
    EXPECT_EQ(jiceng_table_is_null(raw, 0, column), 1);
    EXPECT_STREQ(jiceng_table_column_name(raw, column), "");
    EXPECT_EQ(jiceng_table_int64_column(raw, column), nullptr);
  }
  EXPECT_EQ(jiceng_table_int64(raw, 0, id), 0);
  EXPECT_STREQ(jiceng_table_text(raw, 0, citations, nullptr), "");
  EXPECT_STREQ(jiceng_table_list_text(raw, 0, id, 0, nullptr), "");
  EXPECT_STREQ(jiceng_table_list_text(raw, 0, citations, SIZE_MAX, nullptr), "");
  EXPECT_EQ(jiceng_table_int64_column(raw, id), nullptr);
  size_t length = 0;
  const char* text = jiceng_table_text(raw, 0, id, &length);
  EXPECT_EQ(text[length], '\0');
  const int64_t* column = jiceng_table_int64_column(raw, evaluable);
  ASSERT_NE(column, nullptr);
  for (int64_t r = 0; r < rows; ++r) EXPECT_EQ(column[r], jiceng_table_int64(raw, r, evaluable));
}

}  // namespace
}  // namespace jiceng_test
