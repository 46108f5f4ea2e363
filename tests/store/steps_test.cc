// Steps of matters as rows: read back as they were written, chained, and sealed by the node they are about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "store/canonical.h"
#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// steps_reference.py in this folder prints it.
constexpr char kHash[] = "6cf96035aa7b28f38e7204a9165f383f3208d68659a9d1f08922aa5031855b69";

class StepsTest : public testing::TestWithParam<const char*> {
 protected:
  StepsTest() {
    OpenOptions options;
    options.create = true;
    options.seed = 42;
    store_ = *Open(std::string(GetParam()) == "memory" ? "memory:" : folder_.File("a.jiceng"), options);
    model::Batch batch;
    AddNode(Org(0), "1000001", "第一党支部", &batch);
    AddNode(Person(0), "1000023522", "李四", &batch);
    model::StepRow opening;
    opening.matter = 1;
    opening.about = Person(0);
    opening.day = Day(2026, 3, 2);
    opening.minute = 540;
    opening.actor = Person(0);
    opening.word = "report.member/1";
    opening.content = "R1\n@member=3\n";
    batch.steps.push_back(opening);
    model::StepRow step = opening;
    step.number = 1;
    step.minute = 570;
    step.actor = model::NodeNumber();
    step.word = "serve";
    step.content = "hours=c3\n";
    step.withdrawn = true;
    batch.steps.push_back(step);
    rows_ = batch.steps;
    EXPECT_TRUE(AppendNext(store_.get(), batch).ok());
  }

  TestFolder folder_;
  std::unique_ptr<Store> store_;
  std::vector<model::StepRow> rows_;
};

TEST_P(StepsTest, ComeBackAsTheyWere) {
  const std::string dump = Dump(store_.get());
  EXPECT_THAT(dump, HasSubstr("1 step 1/0 about 3 at 20514:540 by 3 report.member/1 withdrawn 0 R1\n@member=3\n"));
  EXPECT_THAT(dump, HasSubstr("1 step 1/1 about 3 at 20514:570 by 0 serve withdrawn 1 hours=c3\n"));
  EXPECT_THAT(Problems(store_.get()), IsEmpty());
}

TEST_P(StepsTest, HashEqualsTheReference) { EXPECT_EQ(base::Hex(base::Bytes(store_->ReadHead()->hash)), kHash); }

TEST_P(StepsTest, WhatNoStoreCouldGiveBackIsRefused) {
  model::Batch batch;
  batch.steps.push_back(rows_[1]);
  batch.steps[0].about = model::NodeNumber();
  EXPECT_FALSE(AppendNext(store_.get(), batch).ok());
  batch.steps[0] = rows_[1];
  batch.steps[0].minute = 1440;
  EXPECT_FALSE(AppendNext(store_.get(), batch).ok());
  batch.steps[0] = rows_[1];
  batch.steps[0].about = Person(7);  // never created: nothing to seal the content with
  EXPECT_FALSE(AppendNext(store_.get(), batch).ok());
}

INSTANTIATE_TEST_SUITE_P(Stores, StepsTest, testing::Values("memory", "sqlite"));

TEST(StepsDamageTest, AnotherContentIsNoticed) {
  TestFolder folder;
  OpenOptions options;
  options.create = true;
  auto store = *Open(folder.File("a.jiceng"), options);
  model::Batch batch;
  AddNode(Person(0), "1", "李四", &batch);
  model::StepRow step;
  step.matter = 1;
  step.about = Person(0);
  step.day = Day(2026, 3, 2);
  step.word = "serve";
  step.content = "hours=c3\n";
  batch.steps.push_back(step);
  ASSERT_TRUE(AppendNext(store.get(), batch).ok());
  store.reset();
  sqlite3* file = nullptr;
  ASSERT_EQ(sqlite3_open(folder.File("a.jiceng").c_str(), &file), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(file, "UPDATE step SET content = x'686f7572733d63390a'", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(file);
  store = *Open(folder.File("a.jiceng"), {});
  EXPECT_THAT(Problems(store.get()), HasSubstr("1: row 1: a text of node 3 is not what was committed"));
}

}  // namespace
}  // namespace jiceng::store
