#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <random>

#include "base/status.h"
#include "graph/base.h"
#include "graph/columns.h"
#include "graph/member_runs.h"
#include "graph/seating.h"
#include "graph/walk.h"
#include "tests/graph/organization_builder.h"

namespace jiceng::graph {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;
using testing::Day;
using testing::Days;
using testing::OrganizationBuilder;

std::shared_ptr<const Snapshot> Small() {
  OrganizationBuilder b;
  const NodeNumber street = b.Unit("320102002", model::Level::kStreet);
  const NodeNumber community = b.Unit("320102002001", model::Level::kCommunity, street);
  const NodeNumber branch = b.Org("1", 40, community);
  for (int i = 0; i < 8; ++i) {
    const NodeNumber person = b.Person("p" + std::to_string(i));
    b.Formal(person, branch, Days("2020-01-01"));
    b.Tie(TieKind::kResidence, person, community, Days("2020-01-01"));
    if (i % 2 == 0) b.Fact(person, model::Fact::kPartyStatus, Days("2021-01-01"), 1);
  }
  b.Text(community, model::TextAttribute::kCode, {}, "320102002002");
  b.Term({branch, 1, Day("2020-01-01"), 3, base::Date::Forever(), base::Date::Forever(), false});
  return b.Build();
}

// A batch that fits on top of it: a tie amended, one withdrawn, a fact, a code, a further person.
const model::Batch* Another() {
  static const model::Batch* const batch = [] {
    auto* b = new model::Batch();
    const NodeNumber community(NodeKind::kUnit, 1), branch(NodeKind::kOrganization, 0);
    const auto person = [](uint32_t i) { return NodeNumber(NodeKind::kPerson, i); };
    model::NodeRow row;
    row.node = person(8);
    b->nodes.push_back(row);
    b->identities.push_back({row.node, "p8", "p8"});
    b->facts.push_back({person(3), model::Fact::kPartyStatus, Days("2022-01-01"), 1});
    b->texts.push_back({community, model::TextAttribute::kCode, Days("2023-01-01"), "320102002003"});
    model::Tie tie;
    tie.valid = Days("2020-01-01", "2024-01-01");
    for (uint32_t i : {2, 5, 8}) {
      tie.kind = TieKind::kAffiliation;
      tie.from = person(i);
      tie.to = branch;
      tie.number = 100 + i;
      tie.withdrawn = i == 5;
      b->ties.push_back(tie);
    }
    return b;
  }();
  return batch;
}

std::vector<uint8_t> Bytes(const Snapshot& s) {
  const auto bytes = s.base().file().bytes();
  return {bytes.begin(), bytes.end()};
}

// Asks whatever can be asked; damaged bytes may give any answer but must not lead out of the file.
void AskEverything(const Snapshot& s) {
  const base::Date day = Day("2024-01-01");
  s.TerritoryOn(day);
  const auto seating = s.SeatingOn(day);
  const MemberColumns members(s.base());
  const auto runs = seating->MembersIn(s.base(), std::vector<bool>(seating->groups().size(), true));
  for (uint32_t u = 0; u < seating->territory().size(); ++u) {
    std::vector<uint32_t> bodies;
    seating->AppendBodies(seating->Below(u), &bodies);
    runs->ForEach(members, *seating, u, [&](MemberRuns::Range range) {
      for (uint32_t place = range.first; place < range.second; ++place) {
        const MemberColumns::Open open = members.At(place / MemberColumns::kPlaces, day);
        static_cast<void>(open);
        members.TieAt(place);
      }
    });
  }
  for (int k = 1; k < model::kNodeKinds; ++k) {
    const NodeKind kind = static_cast<NodeKind>(k);
    for (uint32_t i = 0; i < s.Count(kind); ++i) {
      const NodeNumber node(kind, i);
      s.Life(node);
      s.Withdrawn(node);
      s.Find(kind, s.Id(node), day);
      for (int f = 0; f < model::FactCount(kind); ++f) s.FactTimeline(node, static_cast<model::Fact>(f));
      for (int t = 1; t < model::kTieKinds; ++t) {
        s.ForEachFrom(static_cast<TieKind>(t), node, [&](const model::Tie& tie) { s.Extra(tie); });
        s.ForEachTo(static_cast<TieKind>(t), node, [](const model::Tie&) {});
      }
      IsUnder(s, node, NodeNumber(NodeKind::kUnit, 0), day);
    }
  }
  s.ForEachCode([](const CodeEntry&, std::string_view) {});
  s.ForEachTerm([](const model::TermRow&) {});
  // Folding it may be refused.
  BaseBuilder builder;
  builder.Load(s);
  builder.OnBatch(*Another());
  const auto folded = builder.Finish({});
  EXPECT_EQ(folded.ok() ? "BASE_CORRUPT" : base::ErrorReason(folded.status()), "BASE_CORRUPT");
}

TEST(BaseFileTest, WholeFileOpensAndVerifies) {
  const auto file = ColumnFile::FromBytes(Bytes(*Small()));
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE((*file)->Verify().ok());
  EXPECT_TRUE(Base::Open(*file).ok());
}

TEST(BaseFileTest, EqualRowsGiveEqualBytes) { EXPECT_EQ(Bytes(*Small()), Bytes(*Small())); }

TEST(BaseFileTest, WrittenFileIsReadBackMappedOrNot) {
  const std::string path = ::testing::TempDir() + "/jiceng_base_file_test";
  const auto snapshot = Small();
  Stamp stamp;
  stamp.seq = 7;
  ASSERT_TRUE(snapshot->base().file().WriteTo(path, stamp).ok());
  for (const bool map : {false, true}) {
    const auto file = ColumnFile::Open(path, map);
    ASSERT_TRUE(file.ok());
    EXPECT_TRUE((*file)->Verify().ok());
    EXPECT_TRUE((*file)->stamp() == stamp);
    EXPECT_EQ((*file)->bytes().size(), Bytes(*snapshot).size());
    AskEverything(Snapshot(Base::Open(*file).value()));
  }
  std::remove(path.c_str());
  EXPECT_EQ(ColumnFile::Open(path, true).status().code(), absl::StatusCode::kNotFound);
}

TEST(BaseFileTest, TruncatedFileIsRefusedAtEveryLength) {
  const std::vector<uint8_t> whole = Bytes(*Small());
  for (size_t n = 0; n < whole.size(); ++n) {
    const auto file = ColumnFile::FromBytes(absl::MakeSpan(whole).first(n));
    ASSERT_FALSE(file.ok()) << n;
    EXPECT_EQ(base::ErrorReason(file.status()), "BASE_UNREADABLE") << n;
    EXPECT_EQ(file.status().code(), absl::StatusCode::kDataLoss) << n;
  }
}

// A store with the file of an older release opens all the same: the file is a cache, and one that cannot be read is
// built anew.
TEST(BaseFileTest, OtherVersionIsRefused) {
  constexpr size_t kVersionAt = 12;
  for (const uint8_t version : {1, 2, 4}) {
    std::vector<uint8_t> bytes = Bytes(*Small());
    ASSERT_EQ(bytes[kVersionAt], 3);
    bytes[kVersionAt] = version;
    const auto file = ColumnFile::FromBytes(bytes);
    ASSERT_FALSE(file.ok());
    EXPECT_EQ(base::ErrorReason(file.status()), "BASE_UNREADABLE");
    EXPECT_NE(file.status().message().find("version"), absl::string_view::npos);
  }
}

TEST(BaseFileTest, LongerFileIsRefused) {
  std::vector<uint8_t> bytes = Bytes(*Small());
  bytes.push_back(0);
  EXPECT_FALSE(ColumnFile::FromBytes(bytes).ok());
}

// Every single byte counts: a change is refused at opening (header and directory) or found by Verify (columns); padding
// between columns holds nothing.
TEST(BaseFileTest, ChangedByteIsRefusedOrFoundOrPadding) {
  const std::vector<uint8_t> whole = Bytes(*Small());
  const auto before = Small();
  int refused = 0, found = 0, padding = 0;
  for (size_t i = 0; i < whole.size(); ++i) {
    std::vector<uint8_t> bytes = whole;
    bytes[i] ^= 0x5a;
    const auto file = ColumnFile::FromBytes(bytes);
    if (!file.ok()) {
      EXPECT_EQ(base::ErrorReason(file.status()), "BASE_UNREADABLE");
      ++refused;
      continue;
    }
    const absl::Status verified = (*file)->Verify();
    if (verified.ok()) {
      EXPECT_EQ(whole[i], 0) << "byte " << i << " is no padding";
      ++padding;
    } else {
      EXPECT_EQ(base::ErrorReason(verified), "BASE_CORRUPT");
      ++found;
    }
    const auto base = Base::Open(*file);
    if (base.ok()) AskEverything(Snapshot(*base));
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(found, 100);
  EXPECT_LT(padding, static_cast<int>(whole.size()) * 9 / 10);
}

TEST(BaseFileTest, ManyDamagedColumnsNeverLeadOutOfTheFile) {
  const auto small = Small();
  const std::vector<uint8_t> whole = Bytes(*small);
  // The first column, and with it all that no digest guards at opening.
  const auto store = small->base().file().Column<uint32_t>(ColumnId(kGroupStore, 0, 0));
  const size_t first =
      static_cast<size_t>(reinterpret_cast<const uint8_t*>(store.data()) - small->base().file().bytes().data());
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::vector<uint8_t> bytes = whole;
    for (int i = 0; i < 20; ++i) bytes[first + random() % (whole.size() - first)] = static_cast<uint8_t>(random());
    const auto file = ColumnFile::FromBytes(bytes);
    if (!file.ok()) continue;
    const auto base = Base::Open(*file);
    if (base.ok()) AskEverything(Snapshot(*base));
  }
}

TEST(BaseFileTest, EmptyStoreHasABase) {
  const auto empty = Snapshot::Empty();
  ASSERT_NE(empty, nullptr);
  EXPECT_EQ(empty->Count(NodeKind::kPerson), 0u);
  AskEverything(*empty);
}

TEST(BaseFileTest, DaysOutsideSixteenBitsAreKept) {
  OrganizationBuilder b;
  const NodeNumber org = b.Org("o", 40, {}, {}, Days("1899-12-31", "2100-01-01"));
  const NodeNumber later = b.Org("l", 40, {}, {}, Days("1900-01-01", "2079-06-04"));
  const NodeNumber person = b.Person("p");
  b.Formal(person, org, Days("1898-03-01", "9999-12-31"));
  const auto s = b.Build();
  EXPECT_EQ(s->Life(org), Days("1899-12-31", "2100-01-01"));
  EXPECT_EQ(s->Life(later), Days("1900-01-01", "2079-06-04"));
  s->ForEachFrom(TieKind::kAffiliation, person,
                 [&](const model::Tie& tie) { EXPECT_EQ(tie.valid, Days("1898-03-01", "9999-12-31")); });
}

}  // namespace
}  // namespace jiceng::graph
