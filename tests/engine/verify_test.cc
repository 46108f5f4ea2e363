// Is the store what it says it is.
#include "engine/compare.h"
#include "graph/base_builder.h"
#include "tests/engine/answers.h"

namespace jiceng::engine {
namespace {

using base::Date;
using model::TieKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::pair<int64_t, std::string>> Faults(Organization& organization) {
  const auto faults = Verify(organization.store(), nullptr);
  EXPECT_TRUE(faults.ok()) << faults.status();
  return faults.ok() ? *faults : std::vector<std::pair<int64_t, std::string>>{{-1, "error"}};
}

void Fill(Organization& street) {
  Ledgers ledgers = SmallStreet();
  ledgers["ties.csv"] =
      "kind,from_node,to_node,from,to,attributes\npairing,org:12,org:11,2024-01-01,,\"{\"\"tier\"\":2}\"\n";
  street.Import(ledgers);
  Apply(street, {model::CloseTie{{TieKind::kPairing, "org:11", "org:12", "", Day("2024-01-01")}, Day("2025-01-01")}});
}

TEST(VerifyTest, SoundStoreHasNoFaults) {
  Organization street;
  Fill(street);
  EXPECT_THAT(Faults(street), IsEmpty());
}

TEST(VerifyTest, SoundFileHasNoFaultsWithAndWithoutABase) {
  TemporaryFolder folder;
  Organization street(folder.Path("s.jiceng"));
  Fill(street);
  EXPECT_THAT(Faults(street), IsEmpty());
  ASSERT_TRUE(street.store()->Optimize(nullptr).ok());
  EXPECT_THAT(Faults(street), IsEmpty());
  // A base older than the head is compared with the rows it was made of.
  Apply(street,
        {model::Rename{"org:11", "新名", Day("2020-01-01")},
         model::CloseTie{{TieKind::kSeat, "org:12", "unit:320102002002", "", Day("2005-03-01")}, Day("2025-01-01")}});
  EXPECT_THAT(Faults(street), IsEmpty());
}

TEST(VerifyTest, DamagedBaseIsNamedAndTheStoreIsStillRead) {
  TemporaryFolder folder;
  const std::string path = folder.Path("s.jiceng");
  Organization street(path);
  Fill(street);
  ASSERT_TRUE(street.store()->Optimize(nullptr).ok());
  const std::string base = street.store()->base_path();
  std::ifstream in(base, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const size_t id = bytes.find("320102002001");
  ASSERT_NE(id, std::string::npos);
  std::fstream file(base, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(id));
  file.put('9');
  file.close();
  EXPECT_THAT(Faults(street), ElementsAre(Pair(0, StartsWith("base file: "))));
}

TEST(VerifyTest, BaseThatSaysOtherThingsThanTheRowsIsNamed) {
  TemporaryFolder folder;
  Organization street(folder.Path("s.jiceng"));
  Fill(street);
  ASSERT_TRUE(street.store()->Optimize(nullptr).ok());
  // A whole and well-formed base under the right stamp, in which one tie ends on another day.
  const store::Head head = *street.store()->rows().ReadHead();
  model::Batch batch;
  street.now().ForEachFrom(TieKind::kAffiliation, street.Node("person:1"),
                           [&](const model::Tie& tie) { batch.ties.push_back(tie); });
  ASSERT_THAT(batch.ties, SizeIs(1));
  batch.ties[0].valid.to = Day("2030-01-01");
  batch.ties[0].extra = -1;
  graph::BaseBuilder builder;
  builder.Load(street.now());
  builder.OnBatch(batch);
  graph::Stamp stamp;
  stamp.uuid = head.uuid;
  stamp.seq = head.seq;
  stamp.hash = head.hash;
  const auto forged = builder.Finish(stamp);
  ASSERT_TRUE(forged.ok());
  ASSERT_TRUE((*forged)->file().WriteTo(street.store()->base_path(), stamp).ok());
  EXPECT_THAT(Faults(street), ElementsAre(Pair(0, HasSubstr("the affiliation ties of person"))));
}

TEST(VerifyTest, BaseOfAnotherStoreIsNoFault) {
  TemporaryFolder folder;
  Organization street(folder.Path("s.jiceng"));
  Fill(street);
  ASSERT_TRUE(street.store()->Optimize(nullptr).ok());
  graph::Stamp stamp;
  stamp.seq = 1;
  ASSERT_TRUE(street.now().base().file().WriteTo(street.store()->base_path(), stamp).ok());
  EXPECT_THAT(Faults(street), IsEmpty());
}

TEST(VerifyTest, TieThatBreaksALawIsNamed) {
  Organization street;
  Fill(street);
  // Correcting the kind of an organisation does not look at the ties that lean on it.
  Ledgers ledgers;
  ledgers["orgs.csv"] =
      "org_id,name,kind,parent_id,unit_code,founded,dissolved\n12,第二社区居委会,residents_committee,10,320102002002,"
      "2005-03-01,\n";
  ASSERT_EQ(street.Import(ledgers).outcome, ImportOutcome::kDone);
  EXPECT_THAT(Faults(street), ElementsAre(Pair(0, HasSubstr("NOT_A_PARTY_ORGANIZATION"))));
}

TEST(VerifyTest, CanBeStopped) {
  Organization street;
  Fill(street);
  EXPECT_TRUE(absl::IsCancelled(Verify(street.store(), [](const char*, int64_t, int64_t) { return false; }).status()));
}

TEST(CompareTest, DeltaAndFoldedBaseSayTheSame) {
  Organization street;
  Fill(street);
  graph::BaseBuilder builder;
  builder.Load(street.now());
  const auto folded = builder.Finish({});
  ASSERT_TRUE(folded.ok());
  EXPECT_EQ(FirstDifference(street.now(), graph::Snapshot(*folded)), std::nullopt);
  EXPECT_NE(FirstDifference(street.now(), *(*street.store()->At(1)).graph), std::nullopt);
}

}  // namespace
}  // namespace jiceng::engine
