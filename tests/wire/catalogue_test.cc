#include "wire/catalogue.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiceng_private/v1/catalogue.pb.h"

namespace jiceng::wire {
namespace {

namespace pb = ::jiceng_private::v1;
using base::Date;
using base::ErrorField;
using base::ErrorReason;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::UnorderedElementsAre;

Date Day(int year, int month, int day) { return Date::FromCivil(year, month, day).value(); }

Catalogue Builtin() { return DecodeCatalogue(BuiltinCatalogue()).value(); }

// The built-in catalogue after `spoil` has been at it.
absl::Status Spoilt(const std::function<void(pb::Catalogue&)>& spoil) {
  pb::Catalogue message;
  EXPECT_TRUE(message.ParseFromString(std::string(BuiltinCatalogue())));
  spoil(message);
  return DecodeCatalogue(message.SerializeAsString()).status();
}

TEST(BuiltinCatalogue, HasTheKindsOfTheContractInOrder) {
  std::vector<std::string> ids;
  std::vector<int> numbers;
  const Catalogue catalogue = Builtin();
  for (const model::OrgKind& kind : catalogue.model.org_kinds()) {
    ids.push_back(kind.id);
    numbers.push_back(kind.number);
  }
  EXPECT_THAT(ids, ElementsAre("party_committee", "party_work_committee", "party_general_branch", "party_branch",
                               "party_joint_branch", "party_functional_branch", "party_temporary_branch",
                               "party_floating_branch", "residents_committee", "villagers_committee",
                               "supervision_committee", "collective_economic_organization", "owners_committee",
                               "property_company", "employer", "social_organization", "alliance", "service_center"));
  EXPECT_THAT(numbers, ElementsAre(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180));
}

TEST(BuiltinCatalogue, KnowsWhichKindsAreOfThePartyWhichAreBranchesAndWhichAreGuided) {
  std::set<std::string> branches, guided;
  const Catalogue catalogue = Builtin();
  for (const model::OrgKind& kind : catalogue.model.org_kinds()) {
    EXPECT_EQ(kind.party, kind.id.rfind("party_", 0) == 0) << kind.id;
    if (kind.branch) branches.insert(kind.id);
    if (kind.guided) guided.insert(kind.id);
  }
  EXPECT_THAT(branches, UnorderedElementsAre("party_branch", "party_joint_branch", "party_functional_branch",
                                             "party_temporary_branch", "party_floating_branch"));
  EXPECT_THAT(guided, UnorderedElementsAre("owners_committee", "social_organization"));
}

TEST(BuiltinCatalogue, HasThePostsOfTheContract) {
  std::vector<std::string> ids;
  std::set<std::string> titles;
  const Catalogue catalogue = Builtin();
  for (const model::Role& role : catalogue.model.roles()) {
    ids.push_back(role.id);
    titles.insert(role.title_zh);
  }
  EXPECT_THAT(ids, ElementsAre("secretary", "deputy_secretary", "committee_member", "part_time_member", "director",
                               "deputy_director", "member", "chair", "supervisor", "first_secretary",
                               "secretary_assistant", "grid_head", "grid_worker"));
  EXPECT_EQ(titles.size(), 13u) << "registers name a post by its title";
}

// Counted from the notices of the State Council: 249, 251, 248, 248.
TEST(BuiltinCatalogue, CountsTheWorkingDaysOfEachYear) {
  const Catalogue catalogue = Builtin();
  EXPECT_EQ(catalogue.calendar.CountWorkingDays(Day(2023, 1, 1), Day(2024, 1, 1)).value(), 249);
  EXPECT_EQ(catalogue.calendar.CountWorkingDays(Day(2024, 1, 1), Day(2025, 1, 1)).value(), 251);
  EXPECT_EQ(catalogue.calendar.CountWorkingDays(Day(2025, 1, 1), Day(2026, 1, 1)).value(), 248);
  EXPECT_EQ(catalogue.calendar.CountWorkingDays(Day(2026, 1, 1), Day(2027, 1, 1)).value(), 248);
  EXPECT_FALSE(catalogue.calendar.Knows(2022));
  EXPECT_FALSE(catalogue.calendar.Knows(2027));
}

TEST(BuiltinCatalogue, HasTheRulesOfTheContract) {
  std::vector<std::string> ids;
  const Catalogue catalogue = Builtin();
  for (const rules::Rule& rule : catalogue.rules.rules()) {
    ids.push_back(rule.id);
    EXPECT_FALSE(rule.citations.empty()) << rule.id;
  }
  EXPECT_THAT(ids, IsSupersetOf({"branch.min-members", "branch.max-members", "branch.committee-required",
                                 "branch.committee-size", "grid.head-vacant", "term.expired",
                                 "report.member-unreported", "report.duplicate"}));
}

TEST(BuiltinCatalogue, HasRegistersAndAnEdition) {
  const Catalogue catalogue = Builtin();
  ASSERT_FALSE(catalogue.registers.empty());
  for (const ledgers::RegisterMapping& mapping : catalogue.registers) {
    EXPECT_FALSE(mapping.columns.empty()) << mapping.id;
    EXPECT_FALSE(mapping.required.empty()) << mapping.id;
  }
  EXPECT_TRUE(Date::Parse(catalogue.version.substr(0, 10)).ok()) << catalogue.version;
}

TEST(DecodeCatalogue, AcceptsWhatAPlaceAdds) {
  EXPECT_TRUE(Spoilt([](pb::Catalogue& c) {
                pb::OrganizationKind* kind = c.add_organization_kinds();
                kind->set_number(999);
                kind->set_id("women_federation");
                kind->set_title_zh("妇联");
                kind->set_title_en("women's federation");
              }).ok());
}

TEST(DecodeCatalogue, NamesBytesThatAreNoCatalogue) {
  const absl::Status status = DecodeCatalogue("\xff\xff\xff").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorReason(status), "BAD_MESSAGE");
}

TEST(DecodeCatalogue, NamesTextThatIsNotUtf8AndPrintsNothing) {
  testing::internal::CaptureStderr();
  const absl::Status status =
      Spoilt([](pb::Catalogue& c) { c.mutable_roles(5)->set_title_zh("\xb8\xb1\xd6\xf7\xc8\xce"); });  // GBK
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(ErrorReason(status), "INVALID_UTF8");
  EXPECT_EQ(ErrorField(status), "roles[5].title_zh");
}

TEST(DecodeCatalogue, RefusesWhatIsTooLarge) {
  const absl::Status status = DecodeCatalogue(std::string(kMaxCatalogueBytes + 1, '\0')).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(status), "TOO_LARGE");
}

TEST(DecodeCatalogue, WantsAnEdition) { EXPECT_EQ(ErrorField(DecodeCatalogue("").status()), "version"); }

struct Fault {
  const char* field;
  const char* reason;
  std::function<void(pb::Catalogue&)> spoil;
};

TEST(DecodeCatalogue, SaysWhichFieldIsAtFault) {
  ASSERT_GE(Builtin().rules.size(), 4);
  const std::vector<Fault> faults = {
      {"organization_kinds[1].number", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_organization_kinds(1)->set_number(10); }},
      {"organization_kinds[2].number", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_organization_kinds(2)->set_number(1000); }},
      {"organization_kinds[0].id", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_organization_kinds(0)->set_id("Party committee"); }},
      {"organization_kinds[9].branch", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_organization_kinds(9)->set_branch(true); }},
      {"roles[12].id", "BAD_CATALOGUE", [](pb::Catalogue& c) { c.mutable_roles(12)->set_id("secretary"); }},
      {"roles[12].number", "BAD_CATALOGUE", [](pb::Catalogue& c) { c.mutable_roles(12)->set_number(256); }},
      {"roles[3].title_en", "BAD_CATALOGUE", [](pb::Catalogue& c) { c.mutable_roles(3)->clear_title_en(); }},
      {"calendars[0].days_off[1].first", "BAD_DATE",
       [](pb::Catalogue& c) { c.mutable_calendars(0)->mutable_days_off(1)->mutable_first()->set_month(13); }},
      {"calendars[0].days_off[1].last", "BAD_DATE",
       [](pb::Catalogue& c) { c.mutable_calendars(0)->mutable_days_off(1)->clear_last(); }},
      {"calendars[0].days_off[1].last", "EMPTY_INTERVAL",
       [](pb::Catalogue& c) { c.mutable_calendars(0)->mutable_days_off(1)->mutable_last()->set_day(1); }},
      {"calendars[0].days_off[1].last", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_calendars(0)->mutable_days_off(1)->mutable_last()->set_year(9000); }},
      {"calendars[2].year", "BAD_SCHEDULE", [](pb::Catalogue& c) { *c.mutable_calendars(2) = c.calendars(0); }},
      {"calendars[1]", "BAD_SCHEDULE",
       [](pb::Catalogue& c) { c.mutable_calendars(1)->mutable_working_weekend_days(0)->set_day(5); }},
      {"registers[0].columns[0].headers", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_registers(0)->mutable_columns(0)->clear_headers(); }},
      {"registers[0].columns[1].field", "BAD_CATALOGUE",
       [](pb::Catalogue& c) {
         c.mutable_registers(0)->mutable_columns(1)->set_field(static_cast<pb::RegisterField>(1000));
       }},
      {"registers[0].columns[0].values[0].spelling", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_registers(0)->mutable_columns(0)->add_values(); }},
      {"registers[0].required", "BAD_CATALOGUE", [](pb::Catalogue& c) { c.mutable_registers(0)->clear_required(); }},
      {"rules[3].citations[0].document", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_rules(3)->mutable_citations(0)->clear_document(); }},
      {"rules[3].citations[0].in_force_from", "BAD_DATE",
       [](pb::Catalogue& c) {
         pb::Date* date = c.mutable_rules(3)->mutable_citations(0)->mutable_in_force_from();
         date->set_year(2026);
         date->set_month(2);
         date->set_day(30);
       }},
      {"rules[0].level", "BAD_CATALOGUE",
       [](pb::Catalogue& c) { c.mutable_rules(0)->set_level(static_cast<pb::RuleLevel>(257)); }},
      {"rules[1].title.zh", "BAD_CATALOGUE", [](pb::Catalogue& c) { c.mutable_rules(1)->mutable_title()->clear_zh(); }},
      {"rules[0].count_bounds.bounds[0].comparator", "BAD_CATALOGUE",
       [](pb::Catalogue& c) {
         pb::Rule* rule = c.mutable_rules(0);
         rule->clear_shape();
         rule->mutable_count_bounds()->mutable_measure()->set_tie_kind("affiliation");
         rule->mutable_count_bounds()->mutable_measure()->set_end(pb::RULE_TIE_END_TO);
         rule->mutable_count_bounds()->add_bounds();
       }},
      {"rules[0].shape", "BAD_CATALOGUE",
       [](pb::Catalogue& c) {
         c.mutable_rules(0)->clear_shape();
         c.mutable_rules(0)->set_not_evaluable(false);
       }},
      {"rules[0]", "BAD_RULE",
       [](pb::Catalogue& c) { c.mutable_rules(0)->mutable_domain()->add_org_kinds("no_such_kind"); }},
  };
  for (const Fault& fault : faults) {
    const absl::Status status = Spoilt(fault.spoil);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << fault.field;
    EXPECT_EQ(ErrorField(status), fault.field) << status;
    EXPECT_EQ(ErrorReason(status), fault.reason) << status;
  }
}

}  // namespace
}  // namespace jiceng::wire
