// What turns by time alone.
#include "engine/describe.h"
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using base::Date;
using rules::Language;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// "due what node" of every entry within (day, until].
std::vector<std::string> Lines(Organization& organization, const char* day, const char* until,
                               const char* root = nullptr) {
  std::optional<model::NodeNumber> node;
  if (root != nullptr) node = organization.Node(root);
  const auto found =
      ListUpcoming(organization.store(), organization.version(), node, Day(day), Day(until), Language::kChinese);
  EXPECT_TRUE(found.ok()) << found.status();
  std::vector<std::string> lines;
  for (const Upcoming& u : *found)
    lines.push_back(u.due.ToString() + " " + u.what + " " + organization.now().Text(u.node));
  return lines;
}

// Two branches seated on communities: one below the street's Party committee (a term of 5 years: 基层选举条例 and
// 任期意见 2018 item 1), one of a company (3 years).
Ledgers WithSecretaries() {
  Ledgers ledgers = SmallStreet();
  ledgers["appointments.csv"] =
      "person_id,org_id,unit_code,post,kind,from,to\n1,11,,secretary,elected,2021-07-01,\n3,21,,secretary,elected,2024-"
      "02-29,\n";
  return ledgers;
}

TEST(UpcomingTest, TermWithoutRecordRunsFromTheSecretarysAppointment) {
  Organization street;
  street.Import(WithSecretaries());
  // The same date n years on, 29 February giving 28 (民法典 Arts. 201, 202).
  EXPECT_THAT(
      Lines(street, "2026-01-01", "2027-12-31"),
      ElementsAre("2026-07-01 term_ends org:11", "2026-09-01 probation_ends person:2", "2027-02-28 term_ends org:21"));
}

TEST(UpcomingTest, DueDaysAreAfterTheDayAndUpToTheLast) {
  Organization street;
  street.Import(WithSecretaries());
  EXPECT_THAT(Lines(street, "2026-06-30", "2026-07-01"), ElementsAre("2026-07-01 term_ends org:11"));
  EXPECT_THAT(Lines(street, "2026-07-01", "2026-07-02"), IsEmpty());
  EXPECT_THAT(Lines(street, "2026-06-29", "2026-06-30"), IsEmpty());
}

TEST(UpcomingTest, OldestSecretaryDecides) {
  Ledgers ledgers = WithSecretaries();
  ledgers["appointments.csv"] += "2,21,,secretary,acting,2025-03-01,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(Lines(street, "2026-01-01", "2028-12-31"), Contains("2027-02-28 term_ends org:21"));
  EXPECT_THAT(Lines(street, "2026-01-01", "2028-12-31"), Not(Contains("2028-03-01 term_ends org:21")));
  // The oldest has run out already: the rule says so, and nothing turns any more.
  EXPECT_THAT(Lines(street, "2027-06-01", "2028-12-31"), Not(Contains(::testing::HasSubstr("term_ends org:21"))));
}

TEST(UpcomingTest, TermOnRecordEndsOnItsLastDay) {
  Ledgers ledgers = WithSecretaries();
  ledgers["terms.csv"] =
      "org_id,term_no,elected_on,years,ends_on,extended_to\n11,3,2023-03-15,3,,\n12,1,2023-03-15,3,2026-05-01,\n21,1,"
      "2022-01-01,3,2025-01-01,2026-06-30\n10,1,2020-01-01,,,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(Lines(street, "2026-01-01", "2027-12-31"),
              ElementsAre("2026-03-15 term_ends org:11", "2026-05-01 term_ends org:12", "2026-06-30 term_ends org:21",
                          "2026-09-01 probation_ends person:2"));
}

TEST(UpcomingTest, ProbationIsOverAfterAYear) {
  Ledgers ledgers = SmallStreet();
  ledgers["people.csv"] =
      "person_id,name,party_status,joined_on,in_service,full_on\n1,甲,probationary,2025-03-01,1,\n2,乙,probationary,"
      "2025-03-01,1,2026-02-15\n3,丙,full,2025-03-01,1,\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(Lines(street, "2026-01-01", "2026-12-31"), ElementsAre("2026-03-01 probation_ends person:1"));
}

TEST(UpcomingTest, PostsReportsAndServicesBeginAndEnd) {
  Ledgers ledgers = SmallStreet();
  ledgers["people.csv"] =
      "person_id,name,party_status,joined_on,in_service\n1,甲,full,1998,1\n2,乙,full,1998,1\n3,丙,none,,0\n";
  ledgers["appointments.csv"] =
      "person_id,org_id,unit_code,post,kind,from,to\n2,12,,member,seconded,2026-02-01,2026-08-01\n";
  ledgers["reports.csv"] = "subject_id,community_code,reported_on,ended_on\n1,320102002001,2020-01-01,2026-03-01\n";
  ledgers["ties.csv"] =
      "kind,from_node,to_node,from,to,attributes\nservice,org:20,unit:320102002002,2024-01-01,2026-04-01,\n";
  ledgers["residences.csv"] = "person_id,unit_code,from,to\n1,320102002001,2010-01-01,2026-05-01\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(Lines(street, "2026-01-01", "2026-12-31"),
              ElementsAre("2026-02-01 tie_begins person:2", "2026-03-01 tie_ends person:1",
                          "2026-04-01 tie_ends org:20", "2026-08-01 tie_ends person:2"));
  EXPECT_THAT(Lines(street, "2026-01-01", "2026-12-31", "unit:320102002001"),
              ElementsAre("2026-03-01 tie_ends person:1", "2026-04-01 tie_ends org:20"));
}

TEST(UpcomingTest, NodesBeginAndEnd) {
  Ledgers ledgers = SmallStreet();
  ledgers["people.csv"] = "person_id,name,party_status,joined_on,in_service\n1,甲,full,1998,1\n2,乙,full,1998,1\n";
  ledgers["orgs.csv"] += "15,x,party_branch,10,320102002001,2026-02-01,\n16,y,employer,,320102002002,,2026-03-01\n";
  Organization street;
  street.Import(ledgers);
  EXPECT_THAT(Lines(street, "2026-01-01", "2026-12-31"),
              ElementsAre("2026-02-01 node_begins org:15", "2026-03-01 node_ends org:16"));
  EXPECT_THAT(Lines(street, "2026-01-01", "2026-12-31", "unit:320102002002"),
              ElementsAre("2026-03-01 node_ends org:16"));
}

TEST(UpcomingTest, BelowARootOnlyWhatLiesThere) {
  Organization street;
  street.Import(WithSecretaries());
  EXPECT_THAT(Lines(street, "2026-01-01", "2027-12-31", "unit:320102002001"),
              ElementsAre("2026-07-01 term_ends org:11", "2027-02-28 term_ends org:21"));
  EXPECT_THAT(Lines(street, "2026-01-01", "2027-12-31", "org:12"), ElementsAre("2026-09-01 probation_ends person:2"));
}

}  // namespace
}  // namespace jiceng::engine
