// Large commits: the base they are folded into, the file it is written to, and what is too much for any store.
#include <sys/stat.h>

#include <random>

#include "base/status.h"
#include "base/strings.h"
#include "engine/into_builder.h"
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using model::NodeKind;
using model::NodeNumber;
using model::TieKind;
using ::testing::IsEmpty;

// A town of its own with so many people, more than enough rows for a fold of their own; `first` tells towns apart.
Ledgers Town(int first, int people) {
  const std::string unit = std::to_string(320102000 + first);
  Ledgers ledgers = {{"units.csv", base::StrCat("code,name,level,parent_code,households,population\n", unit,
                                                ",镇,street,,,\n", unit, "001,社区,community,", unit, ",,\n")},
                     {"orgs.csv", base::StrCat("org_id,name,kind,parent_id,unit_code,founded,dissolved,uscc\n", first,
                                               "1,支部,party_branch,,", unit, "001,2001,,\n")},
                     {"people.csv", "person_id,name,party_status,joined_on,in_service,status_from\n"},
                     {"affiliations.csv", "person_id,branch_id,kind,from,to\n"},
                     {"residences.csv", "person_id,unit_code,from,to\n"},
                     {"ties.csv", "kind,from_node,to_node,from,to,attributes\n"}};
  std::mt19937 random(static_cast<uint32_t>(first));
  for (int i = 0; i < people; ++i) {
    const std::string id = base::StrCat(first, "x", i);
    const std::string day = base::StrCat(1990 + random() % 30, "-0", 1 + random() % 9, "-11");
    ledgers["people.csv"] += base::StrCat(id, ",某,full,1985,1,", i % 50 == 0 ? day : "", "\n");
    ledgers["affiliations.csv"] += base::StrCat(id, ",", first, "1,formal,", day, ",\n");
    ledgers["residences.csv"] += base::StrCat(id, ",", unit, "001,", day, i % 7 == 0 ? ",2024-01-01\n" : ",\n");
    if (i % 100 == 0) {
      ledgers["ties.csv"] +=
          base::StrCat("liaison,person:", id, ",unit:", unit, "001,2024-01-01,,\"{\"\"n\"\":", i, "}\"\n");
    }
  }
  return ledgers;
}
constexpr int kPeople = 17000;  // 51,000 rows and more

bool IsThere(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0;
}

std::string FileBytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The base of the first `seq` commits from rows alone, as the bytes of its file.
std::string BytesFromRows(Store* store, int64_t seq, const graph::Stamp& stamp, const std::string& path,
                          int64_t at_once) {
  BaseReader reader(graph::Snapshot::Empty(), path, at_once);
  EXPECT_TRUE(store->rows().ReadRows(0, seq, &reader).ok());
  const auto base = reader.Finish(stamp);
  EXPECT_TRUE(base.ok()) << base.status();
  if (!base.ok()) return "";
  const auto bytes = (*base)->file().bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void ExpectSound(Organization& organization) {
  const auto faults = Verify(organization.store(), nullptr);
  ASSERT_TRUE(faults.ok()) << faults.status();
  EXPECT_THAT(*faults, IsEmpty());
}

TEST(LargeTest, EveryFoldWritesTheBaseThatTheRowsGive) {
  TemporaryFolder folder;
  Organization country(folder.Path("c.jiceng"));
  const std::string path = country.store()->base_path();
  country.Import(Town(1, kPeople));
  country.Import(Town(2, kPeople));
  // Among what is there: half the first town moves out, a small commit waits as a delta, then all are restated.
  Ledgers moved = Town(1, kPeople);
  moved["residences.csv"] = Town(3, 1)["residences.csv"];
  moved["residences.csv"] = "person_id,unit_code,from,to\n";
  for (int i = 0; i < kPeople; i += 2)
    moved["residences.csv"] += base::StrCat("1x", i, ",320102002001,2025-0", 1 + i % 9, "-01,\n");
  ImportOptions options;
  country.Import({{"people.csv", "person_id,name,party_status,joined_on,in_service\n2x5,某,probationary,1985,0\n"}},
                 options);
  country.Import({{"residences.csv", moved["residences.csv"]}});
  ASSERT_TRUE(country.store()->Optimize(nullptr).ok());
  const Version version = country.version();
  EXPECT_EQ(version.seq, 4);
  EXPECT_EQ(version.graph->delta(), nullptr);
  const graph::Stamp stamp = version.graph->base().stamp();
  EXPECT_EQ(stamp.seq, 4);
  EXPECT_FALSE(IsThere(path + ".tmp"));
  const std::string bytes = FileBytes(path);
  EXPECT_TRUE(bytes == BytesFromRows(country.store(), 4, stamp, "", BaseReader::kRowsAtOnce));
  // However often the rows are folded on the way, and wherever.
  EXPECT_TRUE(bytes == BytesFromRows(country.store(), 4, stamp, "", 10007));
  EXPECT_TRUE(bytes == BytesFromRows(country.store(), 4, stamp, path, 30011));
  EXPECT_FALSE(IsThere(path + ".tmp"));
  ExpectSound(country);
}

TEST(LargeTest, ARejectedOneLeavesTheFileAsItWas) {
  TemporaryFolder folder;
  Organization country(folder.Path("c.jiceng"));
  const std::string path = country.store()->base_path();
  country.Import(Town(1, kPeople));
  const std::string before = FileBytes(path);
  EXPECT_FALSE(before.empty());
  // A law that only the whole shows: a unit with two parents.
  Ledgers bad = Town(2, kPeople);
  bad["ties.csv"] += "territory,unit:320102002001,unit:320102001,,,\n";
  EXPECT_EQ(country.Import(bad).outcome, ImportOutcome::kRejected);
  EXPECT_EQ(country.version().seq, 1);
  EXPECT_FALSE(IsThere(path + ".tmp"));
  EXPECT_TRUE(FileBytes(path) == before);
  ExpectSound(country);
}

TEST(LargeTest, WithoutAFileTheCommitStandsAndTheRowsSayTheSame) {
  TemporaryFolder folder;
  const std::string store = folder.Path("c.jiceng");
  std::string expected;
  {
    Organization country(store);
    // Something stands where the file would be built.
    std::filesystem::create_directories(country.store()->base_path() + ".tmp/in-the-way");
    EXPECT_EQ(country.Import(Town(1, kPeople)).outcome, ImportOutcome::kDone);
    EXPECT_FALSE(IsThere(country.store()->base_path()));
    EXPECT_EQ(country.now().Count(NodeKind::kPerson), static_cast<uint32_t>(kPeople));
    EXPECT_FALSE(country.store()->Optimize(nullptr).ok());
    ExpectSound(country);
  }
  const auto again = Store::Open(store, OpenOptions());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ((*again)->Head()->graph->Count(NodeKind::kPerson), static_cast<uint32_t>(kPeople));
}

TEST(LargeTest, InMemoryThereIsNoFile) {
  Organization country;
  country.Import(Town(1, kPeople));
  country.Import(Town(2, kPeople));
  EXPECT_EQ(country.store()->new_base_path(), "");
  EXPECT_EQ(country.now().Count(NodeKind::kPerson), 2u * kPeople);
  ExpectSound(country);
}

// A tie has a number for life, and there are 2^32 - 2 of them; the base keeps the next one.
TEST(LargeTest, TiesBeyondTheLastNumberAreRefused) {
  graph::BaseBuilder builder;
  model::NodeRow person, unit;
  person.node = NodeNumber(NodeKind::kPerson, 0);
  unit.node = NodeNumber(NodeKind::kUnit, 0);
  builder.OnNode(unit);
  builder.OnNode(person);
  model::Tie tie;
  tie.kind = TieKind::kResidence;
  tie.from = person.node;
  tie.to = unit.node;
  tie.valid = {Day("2020-01-01"), Day("2020-02-01")};
  tie.number = UINT32_MAX - 3;
  builder.OnTie(tie, "");
  const graph::Snapshot nearly_full(*builder.Finish({}));
  Organization any;
  const auto put = [&](int ties) {
    Draft draft(nearly_full, any.store()->catalogue().model);
    for (int i = 0; i < ties; ++i) {
      tie.valid.from = Day("2021-01-01").AddDays(i);
      tie.valid.to = Day("2022-01-01");
      draft.PutTie(tie, "", kNowhere);
    }
    return draft.Finish();
  };
  const DraftResult most = put(2);
  EXPECT_TRUE(most.room.ok());
  EXPECT_EQ(most.batch.ties.back().number, UINT32_MAX - 1);
  const DraftResult more = put(3);
  EXPECT_EQ(more.room.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(base::ErrorReason(more.room), "LIMIT_REACHED");
  std::vector<IntegrityError> errors;
  EXPECT_EQ(any.store()->Candidate(any.version(), more, &errors, nullptr).status(), more.room);
}

// A number of a node is four times its place, in 32 bits.
TEST(LargeTest, NodesBeyondTheLastPlaceAreRefused) {
  model::Batch batch;
  model::NodeRow row;
  row.node = NodeNumber(NodeKind::kPerson, model::kMostNodes - 4);
  batch.nodes.push_back(row);
  const auto nearly_full = graph::Snapshot::Empty()->With(batch);
  ASSERT_EQ(nearly_full->Count(NodeKind::kPerson), model::kMostNodes - 3);
  Organization any;
  Draft draft(*nearly_full, any.store()->catalogue().model);
  EXPECT_EQ(draft.CreateNode(NodeKind::kPerson, "a", "a").ordinal(), model::kMostNodes - 3);
  EXPECT_EQ(draft.CreateNode(NodeKind::kPerson, "b", "b").ordinal(), model::kMostNodes - 2);
  draft.CreateNode(NodeKind::kPerson, "c", "c");
  const DraftResult result = draft.Finish();
  EXPECT_EQ(base::ErrorReason(result.room), "LIMIT_REACHED");
  EXPECT_EQ(result.batch.nodes.size(), 2u);
}

}  // namespace
}  // namespace jiceng::engine
