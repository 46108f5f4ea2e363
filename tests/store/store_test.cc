// What every store must do; run against each, and against both side by side.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "base/status.h"
#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

using model::NodeNumber;
using model::TextAttribute;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const auto kKeepOn = [](int64_t, int64_t) { return true; };

class StoreTest : public testing::TestWithParam<const char*> {
 protected:
  StoreTest() {
    OpenOptions options;
    options.create = true;
    store_ = *Open(std::string(GetParam()) == "memory" ? "memory:" : folder_.File("a.jiceng"), options);
  }

  TestFolder folder_;
  std::unique_ptr<Store> store_;
};
INSTANTIATE_TEST_SUITE_P(Stores, StoreTest, testing::Values("memory", "sqlite"));

TEST_P(StoreTest, NewStoreHasNoCommit) {
  const Head head = *store_->ReadHead();
  EXPECT_EQ(head.seq, 0);
  EXPECT_EQ(head.recorded_at, INT64_MIN);
  EXPECT_EQ(store_->key().size(), 32u);
  EXPECT_EQ(Dump(store_.get()), "");
  EXPECT_EQ(Problems(store_.get()), "");
}

TEST_P(StoreTest, HeadFollowsAppend) {
  FillWithEverything(store_.get());
  const CommitInfo info = *AppendNext(store_.get(), ManyTies(3));
  const Head head = *store_->ReadHead();
  EXPECT_EQ(head.seq, 4);
  EXPECT_EQ(head.recorded_at, 4000);
  EXPECT_EQ(head.hash, info.hash);
  EXPECT_EQ(info.rows, 3);
  EXPECT_EQ(Problems(store_.get()), "");
}

TEST_P(StoreTest, GivesRowsBackAsTheyWereInLogOrder) {
  FillWithEverything(store_.get());
  const std::string dump = Dump(store_.get());
  // Days since 1970: 2001-01-01 is 11323, 2020-01-01 18262, 2027-01-01 20819.
  EXPECT_THAT(dump,
              HasSubstr("1 node 1 action 0 life [-2147483648,2147483647) precision 00 facts 3 1200 3600 -2147483648 "
                        "-2147483648\n1 text 1 0 [-2147483648,2147483647) 320102\n1 node 3 "));
  EXPECT_THAT(dump, HasSubstr("1 node 2 action 0 life [11323,2147483647) precision 20 facts 11 -2147483648 1 "));
  EXPECT_THAT(
      dump, HasSubstr("1 fact 7 0 [18262,2147483647) = 1\n1 text 1 2 [-2147483648,2147483647) 320102000000\n1 tie 0 "));
  EXPECT_THAT(dump, HasSubstr(R"(withdrawn 0 extra -1 {"capacity":"书记","channel":"elected"})"));
  EXPECT_THAT(dump, HasSubstr("2 node 2 action 1 life [11323,20819)"));
  EXPECT_THAT(dump, HasSubstr("2 term 2 no 6 18970 3 20066 2147483647 0\n"));
}

// Ids that look like numbers are texts all the same.
TEST_P(StoreTest, GivesIdsBackToTheByte) {
  const std::vector<std::string> ids = {"0",
                                        "7",
                                        "007",
                                        "-5",
                                        "+5",
                                        "1e3",
                                        "1.0",
                                        "0x10",
                                        "9 ",
                                        "",
                                        "12",
                                        "12\n",
                                        "１２",
                                        "1_0",
                                        "1000000001",
                                        "320102002001",
                                        "123456789012345678",
                                        "999999999999999999",
                                        "1000000000000000000",
                                        "9223372036854775807",
                                        "9223372036854775808",
                                        "99999999999999999999"};
  model::Batch batch;
  for (size_t i = 0; i < ids.size(); ++i) AddNode(Person(static_cast<uint32_t>(i)), ids[i], "n", &batch);
  ASSERT_TRUE(AppendNext(store_.get(), batch).ok());

  struct Ids final : RowReader {
    std::vector<std::string> seen;
    void OnNode(int64_t, const model::NodeRow&) override {}
    void OnFact(int64_t, const model::FactRow&) override {}
    void OnTerm(int64_t, const model::TermRow&) override {}
    void OnAttachment(int64_t, const model::AttachmentRow&) override {}
    void OnStep(int64_t, const model::StepRow&) override {}
    void OnTie(int64_t, const model::Tie&, std::string_view) override {}
    void OnText(int64_t, NodeNumber, TextAttribute, base::Validity, std::string_view value) override {
      seen.emplace_back(value);
    }
  } reader;
  ASSERT_TRUE(store_->ReadRows(0, 1, &reader).ok());
  EXPECT_EQ(reader.seen, ids);
  std::vector<std::string> texts;
  ASSERT_TRUE(store_
                  ->ReadAllTexts([&](const StoredText& text) {
                    if (text.attribute == TextAttribute::kId) texts.emplace_back(text.value);
                  })
                  .ok());
  EXPECT_EQ(texts, ids);
  EXPECT_THAT(*store_->SearchText(TextAttribute::kId, "7", true, 10), ElementsAre(Person(1)));
  EXPECT_THAT(*store_->SearchText(TextAttribute::kId, "007", true, 10), ElementsAre(Person(2)));
  EXPECT_THAT(*store_->SearchText(TextAttribute::kId, "000000001", false, 10), ElementsAre(Person(14)));
  EXPECT_EQ(Problems(store_.get()), "");
}

// More rows than one statement takes, in one table, across tables, and with numbers that do not follow each other.
TEST_P(StoreTest, GivesManyRowsBackAsTheyWere) {
  constexpr uint32_t kNodes = 150;
  std::vector<std::string> ids;
  for (uint32_t i = 0; i < 2 * kNodes; ++i) ids.push_back("id" + std::to_string(i));
  model::Batch nodes;
  for (uint32_t i = 0; i < kNodes; ++i) AddNode(Person(i), ids[i], "p", &nodes);
  for (uint32_t i = 0; i < kNodes; ++i) AddNode(i % 3 == 0 ? Unit(i / 3) : Org(i), ids[kNodes + i], "b", &nodes);
  for (uint32_t i = 0; i < kNodes; ++i) {
    nodes.ties.push_back(MakeTie(i + 1, model::TieKind::kAffiliation, Person(i), Org(1), Day(2020, 1, 1)));
    nodes.ties.back().manner = static_cast<uint8_t>(i);
    nodes.ties.back().role = static_cast<uint8_t>(255 - i);
  }
  ASSERT_TRUE(AppendNext(store_.get(), nodes).ok());
  model::Batch mixed;
  for (uint32_t i = 0; i < kNodes; ++i) {
    // Every third amends an old tie, the others are new.
    const uint32_t number = i % 3 == 0 ? i + 1 : kNodes + i;
    mixed.ties.push_back(MakeTie(number, model::TieKind::kResidence, Person(i), Unit(0), Day(2021, 1, 1)));
    mixed.ties.back().withdrawn = i % 5 == 0;
  }
  ASSERT_TRUE(AppendNext(store_.get(), mixed).ok());

  struct Rows final : RowReader {
    std::vector<NodeNumber> nodes;
    std::vector<model::Tie> ties[3];
    void OnNode(int64_t, const model::NodeRow& row) override { nodes.push_back(row.node); }
    void OnFact(int64_t, const model::FactRow&) override {}
    void OnTerm(int64_t, const model::TermRow&) override {}
    void OnAttachment(int64_t, const model::AttachmentRow&) override {}
    void OnStep(int64_t, const model::StepRow&) override {}
    void OnTie(int64_t seq, const model::Tie& row, std::string_view) override { ties[seq].push_back(row); }
    void OnText(int64_t, NodeNumber, TextAttribute, base::Validity, std::string_view) override {}
  } reader;
  ASSERT_TRUE(store_->ReadRows(0, 2, &reader).ok());
  ASSERT_EQ(reader.nodes.size(), 2 * kNodes);
  for (size_t i = 0; i < reader.nodes.size(); ++i) EXPECT_EQ(reader.nodes[i], nodes.nodes[i].node) << i;
  const model::Batch* const batches[] = {nullptr, &nodes, &mixed};
  for (int64_t seq : {1, 2}) {
    ASSERT_EQ(reader.ties[seq].size(), kNodes);
    for (uint32_t i = 0; i < kNodes; ++i) {
      const model::Tie &read = reader.ties[seq][i], &given = batches[seq]->ties[i];
      EXPECT_EQ(read.number, given.number) << i;
      EXPECT_EQ(read.kind, given.kind) << i;
      EXPECT_EQ(int{read.manner}, int{given.manner}) << i;
      EXPECT_EQ(int{read.role}, int{given.role}) << i;
      EXPECT_EQ(read.withdrawn, given.withdrawn) << i;
      EXPECT_EQ(read.from, given.from) << i;
    }
  }
  EXPECT_EQ(Problems(store_.get()), "");
}

TEST_P(StoreTest, ReadsARangeOfCommitsOnly) {
  FillWithEverything(store_.get());
  struct Seqs final : RowReader {
    std::vector<int64_t> seen;
    void See(int64_t seq) {
      if (seen.empty() || seen.back() != seq) seen.push_back(seq);
    }
    void OnNode(int64_t seq, const model::NodeRow&) override { See(seq); }
    void OnFact(int64_t seq, const model::FactRow&) override { See(seq); }
    void OnTerm(int64_t seq, const model::TermRow&) override { See(seq); }
    void OnAttachment(int64_t seq, const model::AttachmentRow&) override { See(seq); }
    void OnStep(int64_t seq, const model::StepRow&) override { See(seq); }
    void OnTie(int64_t seq, const model::Tie&, std::string_view) override { See(seq); }
    void OnText(int64_t seq, NodeNumber, TextAttribute, base::Validity, std::string_view) override { See(seq); }
  } reader;
  ASSERT_TRUE(store_->ReadRows(1, 2, &reader).ok());
  EXPECT_THAT(reader.seen, ElementsAre(2));
  ASSERT_TRUE(store_->ReadRows(0, 99, &reader).ok());
  EXPECT_THAT(reader.seen, ElementsAre(2, 1, 2, 3));
  reader.seen.clear();
  ASSERT_TRUE(store_->ReadRows(3, 3, &reader).ok());
  EXPECT_THAT(reader.seen, IsEmpty());
}

TEST_P(StoreTest, CommitsComeNewestFirst) {
  FillWithEverything(store_.get());
  const auto seqs = [&](int64_t before, int64_t limit) {
    std::vector<int64_t> found;
    const std::vector<CommitInfo> commits = *store_->ReadCommits(before, limit);
    for (const CommitInfo& info : commits) found.push_back(info.header.seq);
    return found;
  };
  EXPECT_THAT(seqs(0, 10), ElementsAre(3, 2, 1));
  EXPECT_THAT(seqs(2, 10), ElementsAre(2, 1));
  EXPECT_THAT(seqs(0, 2), ElementsAre(3, 2));
  EXPECT_THAT(seqs(0, 0), IsEmpty());
}

TEST_P(StoreTest, RefusesACommitThatDoesNotFollowTheHead) {
  FillWithEverything(store_.get());
  const std::string before = Dump(store_.get());
  const absl::Status late = store_->Append(HeaderFor(3), ManyTies(1), kKeepOn).status();
  EXPECT_EQ(late.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(base::ErrorReason(late), "SEQ_MOVED");
  model::CommitHeader early = HeaderFor(4);
  early.recorded_at = 2999;
  EXPECT_EQ(base::ErrorReason(store_->Append(early, ManyTies(1), kKeepOn).status()), "RECORDED_BEFORE_HEAD");
  EXPECT_EQ(Dump(store_.get()), before);
}

TEST_P(StoreTest, RefusesBatchesItCouldNotGiveBack) {
  FillWithEverything(store_.get());
  const auto reason = [&](const model::Batch& batch) {
    return base::ErrorReason(AppendNext(store_.get(), batch).status());
  };
  model::Batch no_identity;
  no_identity.nodes.push_back({});
  no_identity.nodes[0].node = Person(9);
  EXPECT_EQ(reason(no_identity), "BAD_BATCH");
  model::Batch no_attributes = ManyTies(1);
  no_attributes.ties[0].extra = 0;
  EXPECT_EQ(reason(no_attributes), "BAD_BATCH");
  model::Batch again;
  AddNode(Person(0), "x", "y", &again);
  EXPECT_EQ(reason(again), "NODE_EXISTS");
  model::Batch twice;
  AddNode(Person(5), "x", "y", &twice);
  AddNode(Person(5), "x", "y", &twice);
  EXPECT_EQ(reason(twice), "NODE_EXISTS");
  model::Batch stranger;
  stranger.texts.push_back({Person(77), TextAttribute::kName, {}, "x"});
  EXPECT_EQ(reason(stranger), "NO_IDENTITY");
  EXPECT_EQ(store_->ReadHead()->seq, 3);
  EXPECT_EQ(Problems(store_.get()), "");
}

TEST_P(StoreTest, StoppedAppendKeepsNothing) {
  const absl::Status stopped =
      store_->Append(HeaderFor(1), ManyTies(200000), [](int64_t, int64_t) { return false; }).status();
  EXPECT_EQ(stopped.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(Dump(store_.get()), "");
  EXPECT_TRUE(AppendNext(store_.get(), ManyTies(200000)).ok());
  EXPECT_EQ(store_->ReadHead()->seq, 1);
}

TEST_P(StoreTest, TextsOfANodeComeOldestFirst) {
  FillWithEverything(store_.get());
  std::vector<std::string> texts;
  ASSERT_TRUE(store_
                  ->ReadTexts(Person(0),
                              [&](const StoredText& text) {
                                EXPECT_EQ(text.node, Person(0));
                                texts.push_back(std::to_string(text.seq) + " " +
                                                std::to_string(static_cast<int>(text.attribute)) + " " +
                                                std::string(text.value));
                              })
                  .ok());
  EXPECT_THAT(texts, ElementsAre("1 0 1000023522", "1 1 李四", "1 5 A-17", "2 1 李四光", "3 5 "));
  texts.clear();
  ASSERT_TRUE(store_->ReadTexts(Person(50), [&](const StoredText&) { texts.emplace_back(); }).ok());
  EXPECT_THAT(texts, IsEmpty());
}

TEST_P(StoreTest, AllTextsComeInNodeOrder) {
  FillWithEverything(store_.get());
  std::vector<uint32_t> nodes;
  ASSERT_TRUE(store_->ReadAllTexts([&](const StoredText& text) { nodes.push_back(text.node.bits()); }).ok());
  EXPECT_THAT(nodes, ElementsAre(1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 7, 7, 11, 11));
}

TEST_P(StoreTest, SearchFindsPartsAndWholeTextsOfAnyTime) {
  FillWithEverything(store_.get());
  const auto search = [&](TextAttribute attribute, std::string_view part, bool whole, int64_t limit = 10) {
    return *store_->SearchText(attribute, part, whole, limit);
  };
  EXPECT_THAT(search(TextAttribute::kName, "四", false), ElementsAre(Person(0)));
  EXPECT_THAT(search(TextAttribute::kName, "李四光", true), ElementsAre(Person(0)));
  EXPECT_THAT(search(TextAttribute::kName, "四光", true), IsEmpty());
  EXPECT_THAT(search(TextAttribute::kId, "10000235", false), ElementsAre(Person(0), Person(1), Person(2)));
  EXPECT_THAT(search(TextAttribute::kId, "10000235", false, 2), ElementsAre(Person(0), Person(1)));
  EXPECT_THAT(search(TextAttribute::kCode, "000000", false), ElementsAre(Unit(0)));
  EXPECT_THAT(search(TextAttribute::kName, "%", false), IsEmpty());
  EXPECT_THAT(search(TextAttribute::kStaffNumber, "", false), ElementsAre(Person(0)));
}

TEST_P(StoreTest, BackupOpensAsTheSameStore) {
  FillWithEverything(store_.get());
  ASSERT_TRUE(store_->Backup(folder_.File("copy.jiceng")).ok());
  EXPECT_EQ(store_->Backup(folder_.File("copy.jiceng")).code(), absl::StatusCode::kAlreadyExists);
  auto copy = *Open(folder_.File("copy.jiceng"), {});
  EXPECT_EQ(copy->ReadHead()->uuid, store_->ReadHead()->uuid);
  EXPECT_EQ(copy->key(), store_->key());
  EXPECT_EQ(Dump(copy.get()), Dump(store_.get()));
  EXPECT_EQ(Problems(copy.get()), "");
  EXPECT_TRUE(AppendNext(copy.get(), ManyTies(2)).ok());
  EXPECT_EQ(store_->ReadHead()->seq, 3);
}

TEST_P(StoreTest, ManyThreadsMayCall) {
  FillWithEverything(store_.get());
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 20; ++k) {
        EXPECT_TRUE(store_->ReadHead().ok());
        EXPECT_FALSE(Dump(store_.get()).empty());
      }
    });
  }
  for (int k = 0; k < 20; ++k) EXPECT_TRUE(AppendNext(store_.get(), ManyTies(50)).ok());
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store_->ReadHead()->seq, 23);
  EXPECT_EQ(Problems(store_.get()), "");
}

TEST(StoresTest, AgreeInEveryByteGivenOneSeed) {
  TestFolder folder;
  OpenOptions options;
  options.create = true;
  options.seed = 7;
  auto memory = *Open("memory:", options);
  auto sqlite = *Open("sqlite:" + folder.File("a.jiceng"), options);
  FillWithEverything(memory.get());
  FillWithEverything(sqlite.get());
  EXPECT_EQ(Dump(memory.get()), Dump(sqlite.get()));
  EXPECT_EQ(memory->ReadHead()->hash, sqlite->ReadHead()->hash);
}

}  // namespace
}  // namespace jiceng::store
