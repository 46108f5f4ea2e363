// Ties of a node, ties and nodes in columns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class Ties : public testing::Test {
 protected:
  Ties() : store_(MakeOrganization("memory:")), snapshot_(OpenSnapshot(store_.get())) {}

  int64_t Find(const char* node) {
    int64_t number = 0;
    EXPECT_EQ(jiceng_find(snapshot_.get(), node, JICENG_NUL, 0, &number, nullptr), JICENG_OK) << node;
    return number;
  }
  std::string Text(int64_t number) {
    char text[80];
    jiceng_node_text(snapshot_.get(), number, text, sizeof(text));
    return text;
  }
  std::vector<jiceng_tie> Of(const char* node, int32_t kind, int32_t ends, int32_t date = 0) {
    const int64_t number = Find(node);
    std::vector<jiceng_tie> ties(
        static_cast<size_t>(jiceng_node_ties(snapshot_.get(), number, kind, ends, date, nullptr, 0)));
    EXPECT_EQ(jiceng_node_ties(snapshot_.get(), number, kind, ends, date, ties.data(), 100),
              static_cast<int64_t>(ties.size()));
    return ties;
  }
  Rows Words(const std::vector<jiceng_tie>& ties) {
    Rows words;
    for (const jiceng_tie& tie : ties) {
      words.push_back(std::to_string(tie.kind) + " " + Text(tie.from) + " " + Text(tie.to) + " " +
                      std::to_string(tie.valid_from) + " " + std::to_string(tie.valid_to));
    }
    return words;
  }
  Rows Table(const char* kind, int32_t date = 0) {
    return Ask([&](jiceng_table** t, jiceng_error** e) { return jiceng_ties(snapshot_.get(), kind, date, t, e); });
  }

  Store store_;
  Snapshot snapshot_;
};

TEST_F(Ties, OfANodeByKindAndEnd) {
  EXPECT_THAT(Words(Of("person:p2", JICENG_TIE_APPOINTMENT, JICENG_TIES_FROM)),
              UnorderedElementsAre("17 person:p2 org:1001 20210501 0", "17 person:p2 org:2000 20210501 0"));
  EXPECT_THAT(Words(Of("org:1001", JICENG_TIE_AFFILIATION, JICENG_TIES_TO)),
              UnorderedElementsAre("14 person:p1 org:1001 20160101 0", "14 person:p2 org:1001 20160101 0",
                                   "14 person:p3 org:1001 20251201 0"));
  EXPECT_THAT(Words(Of("org:1001", 0, JICENG_TIES_FROM)),
              ElementsAre("2 org:1001 org:1000 20150301 0", "7 org:1001 unit:320102002001 20150301 0"));
  EXPECT_EQ(Of("org:1001", 0, JICENG_TIES_BOTH).size(), 2u + 3u + 1u);
}

TEST_F(Ties, OnADay) {
  EXPECT_EQ(Of("org:1001", JICENG_TIE_AFFILIATION, JICENG_TIES_TO, 20251130).size(), 2u);
  EXPECT_EQ(Of("org:1001", JICENG_TIE_AFFILIATION, JICENG_TIES_TO, 20251201).size(), 3u);
  EXPECT_EQ(Of("org:1001", JICENG_TIE_AFFILIATION, JICENG_TIES_TO, 20151231).size(), 0u);
}

TEST_F(Ties, SecretaryWasElected) {
  const std::vector<jiceng_tie> posts = Of("org:1001", JICENG_TIE_APPOINTMENT, JICENG_TIES_TO);
  ASSERT_EQ(posts.size(), 1u);
  EXPECT_EQ(posts[0].manner, 1);
  const Rows roles = Ask([](jiceng_table** t, jiceng_error** e) { return jiceng_roles(JICENG_LANG_EN, t, e); });
  EXPECT_THAT(roles, testing::Contains(testing::StartsWith(std::to_string(posts[0].role) + "|secretary|")));
}

TEST_F(Ties, NoMoreThanThereIsRoomForAreCopied) {
  jiceng_tie ties[2] = {};
  ties[1].number = -5;
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), Find("org:1001"), JICENG_TIE_AFFILIATION, JICENG_TIES_TO, 0, ties, 1), 3);
  EXPECT_GT(ties[0].number, 0);
  EXPECT_EQ(ties[1].number, -5);
}

TEST_F(Ties, WhatMeansNothingHasNone) {
  const int64_t branch = Find("org:1001");
  EXPECT_EQ(jiceng_node_ties(nullptr, branch, 0, JICENG_TIES_BOTH, 0, nullptr, 0), 0);
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), 0, 0, JICENG_TIES_BOTH, 0, nullptr, 0), 0);
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), -1, 0, JICENG_TIES_BOTH, 0, nullptr, 0), 0);
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), int64_t{1} << 40, 0, JICENG_TIES_BOTH, 0, nullptr, 0), 0);
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), branch, 99, JICENG_TIES_BOTH, 0, nullptr, 0), 0);
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), branch, -1, JICENG_TIES_BOTH, 0, nullptr, 0), 0);
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), branch, 0, 8, 0, nullptr, 0), 0);
  EXPECT_EQ(jiceng_node_ties(snapshot_.get(), branch, 0, JICENG_TIES_BOTH, 20260230, nullptr, 0), 0);
}

TEST_F(Ties, OfAKindInColumns) {
  const Rows rows = Table("affiliation", kDay);
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0], "tie|from_number|to_number|valid_from|valid_to|role|manner|attributes");
  const std::string p1 = std::to_string(Find("person:p1")), branch = std::to_string(Find("org:1001"));
  EXPECT_THAT(rows, testing::Contains(testing::EndsWith("|" + p1 + "|" + branch + "|20160101|-|-|formal|-")));
  EXPECT_EQ(Table("affiliation", 20200101).size(), 3u);
  EXPECT_THAT(Table("appointment"), testing::Contains(testing::EndsWith("|20210501|-|secretary|elected|-")));
  EXPECT_EQ(Table("recusal").size(), 1u);
}

// Every tie is in its kind's columns once, and those are the ties of all nodes from either end.
TEST_F(Ties, TheColumnsAndTheNodesSayTheSame) {
  std::multiset<int64_t> columns, from, to;
  jiceng_table* raw = nullptr;
  ASSERT_EQ(jiceng_tie_kinds(JICENG_LANG_EN, &raw, nullptr), JICENG_OK);
  const jiceng_test::Table kinds(raw);
  ASSERT_EQ(jiceng_table_rows(raw), 20);
  for (int64_t k = 0; k < jiceng_table_rows(kinds.get()); ++k) {
    ASSERT_EQ(jiceng_ties(snapshot_.get(), jiceng_table_text(kinds.get(), k, 1, nullptr), 0, &raw, nullptr), JICENG_OK);
    const jiceng_test::Table ties(raw);
    const int64_t* numbers = jiceng_table_int64_column(raw, 0);
    columns.insert(numbers, numbers + jiceng_table_rows(raw));
  }
  for (const char* kind : {"unit", "org", "person"}) {
    ASSERT_EQ(jiceng_nodes(snapshot_.get(), kind, 0, &raw, nullptr), JICENG_OK);
    const jiceng_test::Table nodes(raw);
    for (int64_t i = 0; i < jiceng_table_rows(raw); ++i) {
      const int64_t node = jiceng_table_int64(raw, i, 0);
      jiceng_tie ties[32];
      for (const int32_t ends : {JICENG_TIES_FROM, JICENG_TIES_TO}) {
        const int64_t count = jiceng_node_ties(snapshot_.get(), node, 0, ends, 0, ties, 32);
        ASSERT_LE(count, 32);
        for (int64_t t = 0; t < count; ++t) (ends == JICENG_TIES_FROM ? from : to).insert(ties[t].number);
      }
    }
  }
  // territory, seat, party_line, covers, affiliation, employment, residence, appointment, report
  EXPECT_EQ(columns.size(), 5u + 4u + 1u + 1u + 3u + 1u + 3u + 3u + 1u);
  EXPECT_EQ(columns, from);
  EXPECT_EQ(columns, to);
}

TEST_F(Ties, AnActorSeesThoseWithAnEndInTheScope) {
  const Actor actor = MakeActor("unit:320102002002");  // p2 lives there, and the employer of p1 has its seat
  snapshot_ = OpenSnapshot(store_.get(), actor.get());
  EXPECT_EQ(Table("residence", kDay).size(), 1u + 1u);
  EXPECT_EQ(Table("employment", kDay).size(), 1u + 1u);
  EXPECT_EQ(Table("report", kDay).size(), 1u);
  EXPECT_THAT(
      Ask([&](jiceng_table** t, jiceng_error** e) { return jiceng_nodes(snapshot_.get(), "person", kDay, t, e); }),
      testing::SizeIs(2));
}

TEST_F(Ties, NodesHaveNamesKindsAndLives) {
  const Rows orgs =
      Ask([&](jiceng_table** t, jiceng_error** e) { return jiceng_nodes(snapshot_.get(), "org", kDay, t, e); });
  EXPECT_THAT(orgs, testing::Contains(testing::EndsWith("|org:1001|第一党支部|party_branch|20150301|-")));
  EXPECT_EQ(Ask([&](jiceng_table** t, jiceng_error** e) {
              return jiceng_nodes(snapshot_.get(), "org", 20140101, t, e);
            }).size(),
            1u + 3u);
}

TEST_F(Ties, NumbersAreNamedInTheirOrder) {
  const auto number = [&](const char* node) {
    int64_t found = 0;
    EXPECT_EQ(jiceng_find(snapshot_.get(), node, JICENG_NUL, 0, &found, nullptr), JICENG_OK);
    return found;
  };
  const auto ask = [&](const std::vector<int64_t>& numbers) {
    return Ask([&](jiceng_table** t, jiceng_error** e) {
      return jiceng_nodes_by_number(snapshot_.get(), numbers.data(), numbers.size(), kDay, t, e);
    });
  };
  const int64_t branch = number("org:1001"), person = number("person:p2"), unit = number("unit:320102002001");
  const Rows rows = ask({branch, person, 0, -1, INT64_MAX, unit, branch});
  ASSERT_EQ(rows.size(), 1u + 7u);
  EXPECT_EQ(rows[1], std::to_string(branch) + "|org:1001|第一党支部|party_branch|20150301|-");
  EXPECT_THAT(rows[2], testing::StartsWith(std::to_string(person) + "|person:p2|"));
  EXPECT_EQ(rows[3], "0|-|-|-|-|-");
  EXPECT_EQ(rows[4], "-1|-|-|-|-|-");
  EXPECT_EQ(rows[5], std::to_string(INT64_MAX) + "|-|-|-|-|-");
  EXPECT_THAT(rows[6], testing::HasSubstr("|unit:320102002001|"));
  EXPECT_EQ(rows[7], rows[1]);
  EXPECT_EQ(ask({}).size(), 1u);

  const Actor actor = MakeActor("unit:320102002002");
  snapshot_ = OpenSnapshot(store_.get(), actor.get());
  EXPECT_EQ(ask({branch})[1], std::to_string(branch) + "|-|-|-|-|-") << "as if it were not there";
  EXPECT_THAT(ask({person})[1], testing::HasSubstr("person:p2"));

  jiceng_table* table = nullptr;
  const auto refused = [&](const int64_t* numbers, size_t count) {
    return Try([&](jiceng_error** e) { return jiceng_nodes_by_number(snapshot_.get(), numbers, count, 0, &table, e); })
        .reason;
  };
  EXPECT_EQ(refused(nullptr, 1), "NULL_ARGUMENT");
  EXPECT_EQ(refused(&branch, SIZE_MAX), "TOO_MANY");
}

TEST_F(Ties, AKindThatIsNoneIsTold) {
  jiceng_table* table = nullptr;
  EXPECT_EQ(Try([&](jiceng_error** e) { return jiceng_ties(snapshot_.get(), "friendship", 0, &table, e); }).reason,
            "UNKNOWN_TIE_KIND");
  EXPECT_EQ(Try([&](jiceng_error** e) { return jiceng_nodes(snapshot_.get(), "thing", 0, &table, e); }).reason,
            "BAD_NODE");
  EXPECT_EQ(Try([&](jiceng_error** e) { return jiceng_ties(snapshot_.get(), "seat", 20260230, &table, e); }).reason,
            "BAD_DATE");
}

}  // namespace
}  // namespace jiceng_test
