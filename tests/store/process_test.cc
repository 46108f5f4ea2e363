// Several processes, and processes that die.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "base/status.h"
#include "tests/store/store_fixture.h"

namespace jiceng::store {
namespace {

class ProcessTest : public testing::Test {
 protected:
  std::unique_ptr<Store> Create() {
    OpenOptions options;
    options.create = true;
    return *Open(File(), options);
  }
  std::string File() const { return folder_.File("a"); }

  // Starts store_child; with `begun` waits for its first line.
  pid_t Start(const char* what, bool begun) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const std::string file = File();
    const pid_t child = fork();
    if (child == 0) {
      dup2(ends[1], 1);
      const char* words[] = {STORE_CHILD, what, file.c_str(), nullptr};  // a program, or what runs it and the program
      execv(words[0], const_cast<char**>(words));
      _exit(9);
    }
    close(ends[1]);
    char byte;
    if (begun) {
      EXPECT_EQ(read(ends[0], &byte, 1), 1);
    }
    close(ends[0]);
    return child;
  }
  static int Wait(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
  }

  TestFolder folder_;
};

TEST_F(ProcessTest, AnotherProcessesCommitIsSeenAndMovesTheHead) {
  auto store = Create();
  FillWithEverything(store.get());
  ASSERT_EQ(Wait(Start("one", false)), 0);
  EXPECT_EQ(store->ReadHead()->seq, 4);
  struct Ties final : RowReader {
    int ties = 0;
    void OnNode(int64_t, const model::NodeRow&) override {}
    void OnFact(int64_t, const model::FactRow&) override {}
    void OnTerm(int64_t, const model::TermRow&) override {}
    void OnAttachment(int64_t, const model::AttachmentRow&) override {}
    void OnStep(int64_t, const model::StepRow&) override {}
    void OnTie(int64_t seq, const model::Tie&, std::string_view) override { ties += seq == 4 ? 1 : 100; }
    void OnText(int64_t, model::NodeNumber, model::TextAttribute, base::Validity, std::string_view) override {}
  } reader;
  ASSERT_TRUE(store->ReadRows(3, 4, &reader).ok());
  EXPECT_EQ(reader.ties, 7);
  const absl::Status moved = store->Append(HeaderFor(4), ManyTies(1), [](int64_t, int64_t) { return true; }).status();
  EXPECT_EQ(moved.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(base::ErrorReason(moved), "SEQ_MOVED");
  EXPECT_TRUE(AppendNext(store.get(), ManyTies(1)).ok());
}

TEST_F(ProcessTest, KilledInMidCommitLeavesWholeCommits) {
  Create();
  std::minstd_rand random(20260701);
  int64_t last = 0;
  for (int round = 0; round < 25; ++round) {
    const pid_t child = Start("append", true);
    usleep(static_cast<useconds_t>(random() % 150000));
    kill(child, SIGKILL);
    ASSERT_TRUE(WIFSIGNALED(Wait(child))) << "the child ended by itself";
    absl::StatusOr<std::unique_ptr<Store>> store = Open(File(), {});
    ASSERT_TRUE(store.ok()) << round << ": " << store.status();
    const int64_t seq = (*store)->ReadHead()->seq;
    EXPECT_GT(seq, last);
    last = seq;
    const std::vector<CommitInfo> commits = *(*store)->ReadCommits(0, 1000000);
    for (const CommitInfo& info : commits) EXPECT_TRUE(info.rows == 60000 || info.rows == 3000);
    if (round % 6 == 0 || round == 24) {
      EXPECT_EQ(Problems(store->get()), "") << round;
    }
  }
  EXPECT_GE(last, 25) << "each child made one commit at least";
}

TEST_F(ProcessTest, KilledWhileAnotherHandleReadsLeavesWholeCommits) {
  auto store = Create();
  ASSERT_TRUE(AppendNext(store.get(), ManyTies(10)).ok());
  for (int round = 0; round < 5; ++round) {
    const pid_t child = Start("append", true);
    for (int i = 0; i < 20; ++i) {
      EXPECT_TRUE(store->ReadHead().ok()) << "readers never wait for a writer";
      usleep(3000);
    }
    kill(child, SIGKILL);
    Wait(child);
    EXPECT_EQ(Problems(store.get()), "");
    EXPECT_TRUE(AppendNext(store.get(), ManyTies(5)).ok());
  }
}

TEST_F(ProcessTest, CallsInAForkedChildFailAndDoNoHarm) {
  for (const bool memory : {false, true}) {
    OpenOptions options;
    options.create = true;
    std::unique_ptr<Store> store = *Open(memory ? "memory:" : File(), options);
    FillWithEverything(store.get());
    const pid_t child = fork();
    if (child == 0) {
      const bool refused =
          base::ErrorReason(store->ReadHead().status()) == "STORE_USED_AFTER_FORK" &&
          base::ErrorReason(AppendNext(store.get(), ManyTies(1)).status()) == "STORE_USED_AFTER_FORK" &&
          store->Backup(folder_.File("x")).code() == absl::StatusCode::kFailedPrecondition;
      store.reset();  // must leave the parent's files alone
      _exit(refused ? 0 : 1);
    }
    EXPECT_EQ(Wait(child), 0);
    EXPECT_TRUE(AppendNext(store.get(), ManyTies(1)).ok());
    EXPECT_EQ(store->ReadHead()->seq, 4);
    EXPECT_EQ(Problems(store.get()), "");
  }
}

}  // namespace
}  // namespace jiceng::store
