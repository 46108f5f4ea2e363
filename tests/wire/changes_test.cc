#include "wire/changes.h"

#include <functional>
#include <string>
#include <vector>

#include "base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "jiceng_private/v1/change.pb.h"
#include "tests/wire/changes.h"

namespace jiceng::wire {
namespace {

namespace pb = ::jiceng_private::v1;
using base::Date;
using base::ErrorField;
using base::ErrorReason;

// A message of fewer than 128 bytes with its length before it.
std::string Delimited(const pb::Change& message) {
  const std::string bytes = message.SerializeAsString();
  EXPECT_LT(bytes.size(), 128u);
  return std::string(1, static_cast<char>(bytes.size())) + bytes;
}

pb::Change FirstMessage(absl::Span<const model::Change> changes) {
  const std::string bytes = EncodeChanges(changes.subspan(0, 1));
  pb::Change message;
  const size_t header = static_cast<uint8_t>(bytes[0]) < 0x80 ? 1 : 2;
  EXPECT_TRUE(message.ParseFromString(bytes.substr(header)));
  return message;
}

template <typename T>
T RoundTrip(const T& change) {
  absl::StatusOr<std::vector<model::Change>> changes = DecodeChanges(EncodeChanges({model::Change(change)}));
  EXPECT_TRUE(changes.ok()) << changes.status();
  return std::get<T>(changes->at(0));
}

TEST(DecodeChanges, NoBytesAreNoChanges) { EXPECT_TRUE(DecodeChanges("")->empty()); }

TEST(DecodeChanges, GivesBackEveryKindOfChangeInOrder) {
  const std::vector<model::Change> changes = EveryChange();
  const std::string bytes = EncodeChanges(changes);
  const absl::StatusOr<std::vector<model::Change>> decoded = DecodeChanges(bytes);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  ASSERT_EQ(decoded->size(), changes.size());
  std::set<size_t> kinds;
  for (size_t i = 0; i < changes.size(); ++i) {
    EXPECT_STREQ(ChangeName((*decoded)[i]), ChangeName(changes[i])) << i;
    kinds.insert(changes[i].index());
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<model::Change>) << "every kind is among them";
  EXPECT_EQ(EncodeChanges(*decoded), bytes);
}

TEST(DecodeChanges, KeepsWhatAUnitIsPutWith) {
  const model::PutNode unit = RoundTrip(std::get<model::PutNode>(EveryChange()[0]));
  EXPECT_EQ(unit.node, "unit:320102002001");
  EXPECT_EQ(unit.name, "梅园社区");
  EXPECT_EQ(unit.life, (base::Validity{Day(2001, 1, 1), Date::Forever()}));
  EXPECT_EQ(unit.from_precision, base::PartialDate::kYear);
  ASSERT_EQ(unit.facts.size(), 4u);
  EXPECT_EQ(unit.facts[0].number, static_cast<int32_t>(model::Level::kCommunity));
  EXPECT_EQ(unit.facts[2].number, 0) << "a population of nobody is not none given";
  EXPECT_EQ(unit.facts[3].text, "unit:320102002");
  EXPECT_EQ(unit.facts[3].number, model::kNoValue);
  ASSERT_EQ(unit.codes.size(), 1u);
  EXPECT_EQ(unit.codes[0].value, "320102002001");
}

TEST(DecodeChanges, KeepsThePrecisionAndTheMeaningOfAPersonsFacts) {
  const model::PutNode person = RoundTrip(std::get<model::PutNode>(EveryChange()[2]));
  ASSERT_EQ(person.facts.size(), 5u);
  EXPECT_EQ(person.facts[0].number, static_cast<int32_t>(model::PartyStatus::kNone));
  EXPECT_EQ(person.facts[1].number, 0);
  EXPECT_EQ(base::PartialDate::Unpack(person.facts[2].number).ToString(), "1998-07");
  EXPECT_EQ(base::PartialDate::Unpack(person.facts[3].number).ToString(), "1999-07-01");
  EXPECT_EQ(person.facts[4].number, 2);
  EXPECT_EQ(person.life, base::Validity{});
}

TEST(DecodeChanges, KeepsATieWhole) {
  const model::OpenTie tie = RoundTrip(std::get<model::OpenTie>(EveryChange()[7]));
  EXPECT_EQ(tie.tie.kind, model::TieKind::kAppointment);
  EXPECT_EQ(tie.tie.from, "person:7");
  EXPECT_EQ(tie.tie.to, "org:1000001");
  EXPECT_EQ(tie.tie.role, "secretary");
  EXPECT_EQ(tie.tie.since, Day(2024, 2, 29));
  EXPECT_EQ(tie.to, Day(2027, 3, 1));
  EXPECT_EQ(tie.manner, static_cast<uint8_t>(model::AppointmentManner::kElected));
  EXPECT_EQ(tie.attributes, R"({"capacity":"full_time"})");
}

TEST(DecodeChanges, WritesAttributesInOneSpelling) {
  model::OpenTie tie = std::get<model::OpenTie>(EveryChange()[7]);
  tie.attributes = R"({ "b" : 1, "a" : "x" })";
  EXPECT_EQ(RoundTrip(tie).attributes, R"({"a":"x","b":1})");
  tie.attributes = "{}";
  EXPECT_EQ(RoundTrip(tie).attributes, "");
}

TEST(DecodeChanges, KeepsATerm) {
  const model::PutTerm term = RoundTrip(std::get<model::PutTerm>(EveryChange()[13]));
  EXPECT_EQ(term.number, 3);
  EXPECT_EQ(term.years, 3);
  EXPECT_EQ(term.elected_on, Day(2024, 2, 29));
  EXPECT_EQ(term.ends_on, Day(2027, 2, 28));
  EXPECT_EQ(term.extended_to, Day(2027, 5, 31));
}

// Names the third change, so that the index is seen to count.
absl::Status Third(const pb::Change& spoilt) {
  const std::vector<model::Change> two = {model::Rename{"unit:1", "甲", Day(2026, 1, 1)},
                                          model::Rename{"unit:2", "乙", Day(2026, 1, 1)}};
  return DecodeChanges(EncodeChanges(two) + Delimited(spoilt)).status();
}

struct Fault {
  const char* field;
  const char* reason;
  size_t change;  // in EveryChange()
  std::function<void(pb::Change&)> spoil;
};

TEST(DecodeChanges, SaysWhichFieldOfWhichChangeIsAtFault) {
  const std::vector<Fault> faults = {
      {"changes[2].put_node.node", "BAD_NODE", 15,
       [](pb::Change& c) { c.mutable_put_node()->set_node("community:1"); }},
      {"changes[2].put_node.node", "BAD_ID", 15, [](pb::Change& c) { c.mutable_put_node()->set_node("unit: 1"); }},
      {"changes[2].put_node.to", "EMPTY_INTERVAL", 15,
       [](pb::Change& c) {
         c.mutable_put_node()->set_node("unit:1");
         c.mutable_put_node()->mutable_from()->set_year(2026);
         c.mutable_put_node()->mutable_to()->set_year(2026);
       }},
      {"changes[2].put_node.facts[0].level", "BAD_CHANGE", 15,
       [](pb::Change& c) {
         c.mutable_put_node()->set_node("unit:1");
         c.mutable_put_node()->add_facts()->set_level(static_cast<pb::Level>(8));
       }},
      {"changes[2].put_node.facts[0].sex", "BAD_CHANGE", 15,
       [](pb::Change& c) {
         c.mutable_put_node()->set_node("unit:1");
         c.mutable_put_node()->add_facts()->set_sex(pb::SEX_MALE);
       }},
      {"changes[2].put_node.facts[1]", "BAD_CHANGE", 15,
       [](pb::Change& c) {
         c.mutable_put_node()->set_node("person:1");
         c.mutable_put_node()->add_facts()->set_in_service(true);
         c.mutable_put_node()->add_facts()->set_in_service(false);
       }},
      {"changes[2].put_node.codes[0].attribute", "BAD_CHANGE", 15,
       [](pb::Change& c) {
         c.mutable_put_node()->set_node("person:1");
         c.mutable_put_node()->add_codes()->set_attribute(pb::TEXT_ATTRIBUTE_USCC);
       }},
      {"changes[2].put_node.name", "BAD_NAME", 15,
       [](pb::Change& c) {
         c.mutable_put_node()->set_node("person:1");
         c.mutable_put_node()->set_name("古丽•阿依");  // U+2022, not U+00B7
       }},
      {"changes[2].amend_fact.fact.households", "BAD_CHANGE", 15,
       [](pb::Change& c) {
         c.mutable_amend_fact()->set_node("unit:1");
         c.mutable_amend_fact()->mutable_fact()->set_households(-1);
       }},
      {"changes[2].amend_fact.fact", "BAD_CHANGE", 15,
       [](pb::Change& c) { c.mutable_amend_fact()->set_node("unit:1"); }},
      {"changes[2].amend_fact.fact.organization_seat", "WRONG_NODE_KIND", 15,
       [](pb::Change& c) {
         c.mutable_amend_fact()->set_node("org:1");
         c.mutable_amend_fact()->mutable_fact()->set_organization_seat("org:2");
       }},
      {"changes[2].open_tie.kind", "BAD_CHANGE", 8,
       [](pb::Change& c) { c.mutable_open_tie()->set_kind(static_cast<pb::TieKind>(21)); }},
      {"changes[2].open_tie.to_node", "WRONG_NODE_KIND", 8,
       [](pb::Change& c) { c.mutable_open_tie()->set_to_node("unit:1"); }},
      {"changes[2].open_tie.from_node", "BAD_NODE", 8, [](pb::Change& c) { c.mutable_open_tie()->clear_from_node(); }},
      {"changes[2].open_tie.role", "UNKNOWN_ROLE", 8,
       [](pb::Change& c) { c.mutable_open_tie()->set_role("secretary"); }},
      {"changes[2].open_tie.role", "UNKNOWN_ROLE", 7, [](pb::Change& c) { c.mutable_open_tie()->clear_role(); }},
      {"changes[2].open_tie.to", "EMPTY_INTERVAL", 7,
       [](pb::Change& c) { *c.mutable_open_tie()->mutable_to() = c.open_tie().from(); }},
      {"changes[2].open_tie.from", "BAD_DATE", 7,
       [](pb::Change& c) { c.mutable_open_tie()->mutable_from()->set_day(30); }},
      {"changes[2].open_tie.from", "BAD_DATE", 7,
       [](pb::Change& c) { c.mutable_open_tie()->mutable_from()->set_day(0); }},
      {"changes[2].open_tie.manner", "BAD_CHANGE", 7,
       [](pb::Change& c) { c.mutable_open_tie()->set_manner(pb::TIE_MANNER_FORMAL); }},
      {"changes[2].open_tie.attributes", "BAD_JSON", 7,
       [](pb::Change& c) { c.mutable_open_tie()->set_attributes("[1]"); }},
      {"changes[2].close_tie.to", "BAD_DATE", 10, [](pb::Change& c) { c.mutable_close_tie()->clear_to(); }},
      {"changes[2].correct_tie.instead.to_node", "BAD_NODE", 11,
       [](pb::Change& c) { c.mutable_correct_tie()->mutable_instead()->set_to_node("unit"); }},
      {"changes[2].put_term.number", "BAD_CHANGE", 13, [](pb::Change& c) { c.mutable_put_term()->set_number(0); }},
      {"changes[2].put_term.ends_on", "EMPTY_INTERVAL", 13,
       [](pb::Change& c) { c.mutable_put_term()->mutable_ends_on()->set_year(2023); }},
      {"changes[2].put_term.organization", "WRONG_NODE_KIND", 13,
       [](pb::Change& c) { c.mutable_put_term()->set_organization("unit:1"); }},
      {"changes[2].rename.name", "BAD_NAME", 15, [](pb::Change& c) { c.mutable_rename()->clear_name(); }},
      {"changes[2].rename.name", "BAD_TEXT", 15, [](pb::Change& c) { c.mutable_rename()->set_name("a\nb"); }},
      {"changes[2].rename.name", "INVALID_UTF8", 15,
       [](pb::Change& c) { c.mutable_rename()->set_name("\xcc\xec\xbd\xf2"); }},  // GBK
      {"changes[2].rename.node", "INVALID_UTF8", 15,
       [](pb::Change& c) { c.mutable_rename()->set_node("unit:\xcc\xec"); }},
      {"changes[2].open_tie.attributes", "INVALID_UTF8", 7,
       [](pb::Change& c) { c.mutable_open_tie()->set_attributes("{\"a\":\"\xd4\"}"); }},
      {"changes[2].open_tie.role", "INVALID_UTF8", 7,
       [](pb::Change& c) { c.mutable_open_tie()->set_role("\xcc\xec"); }},
      {"changes[2].rename.on", "BAD_DATE", 15, [](pb::Change& c) { c.mutable_rename()->clear_on(); }},
      {"changes[2].recode.code.attribute", "BAD_CHANGE", 16,
       [](pb::Change& c) { c.mutable_recode()->mutable_code()->set_attribute(pb::TEXT_ATTRIBUTE_NAME); }},
      {"changes[2].move.kind", "BAD_CHANGE", 17,
       [](pb::Change& c) { c.mutable_move()->set_kind(pb::TIE_KIND_APPOINTMENT); }},
      {"changes[2].move.kind", "BAD_CHANGE", 17,
       [](pb::Change& c) { c.mutable_move()->set_kind(static_cast<pb::TieKind>(-1)); }},
      {"changes[2].move.to_node", "WRONG_NODE_KIND", 17, [](pb::Change& c) { c.mutable_move()->set_to_node("org:1"); }},
  };
  const std::vector<model::Change> good = EveryChange();
  for (const Fault& fault : faults) {
    pb::Change message = FirstMessage(absl::MakeConstSpan(good).subspan(fault.change, 1));
    fault.spoil(message);
    const absl::Status status = Third(message);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << fault.field;
    EXPECT_EQ(ErrorField(status), fault.field) << status;
    EXPECT_EQ(ErrorReason(status), fault.reason) << status;
  }
}

TEST(DecodeChanges, RefusesAChangeOfALaterVersion) {
  const absl::Status status = DecodeChanges(std::string("\x05\xa2\x01\x02\x0a\x00", 6)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(ErrorReason(status), "UNKNOWN_CHANGE");
  EXPECT_EQ(ErrorField(status), "changes[0]");
}

TEST(DecodeChanges, RefusesAChangeThatSaysNothing) {
  const absl::Status status = DecodeChanges(std::string(1, '\0')).status();
  EXPECT_EQ(ErrorReason(status), "BAD_CHANGE");
}

TEST(DecodeChanges, RefusesALengthThatDoesNotFit) {
  EXPECT_EQ(ErrorReason(DecodeChanges("\x05"
                                      "ab")
                            .status()),
            "BAD_STREAM");
  EXPECT_EQ(ErrorReason(DecodeChanges("\xff").status()), "BAD_STREAM");
  EXPECT_EQ(ErrorReason(DecodeChanges("\xff\xff\xff\xff\xff\xff").status()), "BAD_STREAM");
}

TEST(DecodeChanges, RefusesAChangeThatIsTooLargeBeforeReadingIt) {
  const absl::Status status = DecodeChanges("\x81\x80\x40").status();  // 2^20 + 1
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(status), "TOO_LARGE");
}

TEST(DecodeChanges, RefusesMoreChangesThanAStreamMayHave) {
  const std::string one = EncodeChanges({model::Change(model::Rename{"unit:1", "甲", Day(2026, 1, 1)})});
  std::string bytes;
  bytes.reserve(one.size() * (kMaxChanges + 1));
  for (size_t i = 0; i <= kMaxChanges; ++i) bytes += one;
  const absl::Status status = DecodeChanges(bytes).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorField(status), "changes[1000000]");
}

TEST(EncodeChanges, MarksALongChangeWithALongerLength) {
  const std::string name(300, 'n');
  EXPECT_EQ(RoundTrip(model::Rename{"unit:1", name, Day(2026, 1, 1)}).name, name);
}

}  // namespace
}  // namespace jiceng::wire
