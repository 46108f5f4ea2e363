// Monitors through the C interface.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Rows Lines(const jiceng_findings* findings) {
  return Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_findings_table(findings, JICENG_LANG_ZH, 0, 0, table, error);
  });
}

class MonitorOfAStore : public testing::Test {
 protected:
  MonitorOfAStore() : store_(MakeOrganization("memory:")), snapshot_(OpenSnapshot(store_.get())) {
    monitor_ = Watch(snapshot_.get());
  }

  Monitor Watch(const jiceng_snapshot* snapshot) {
    jiceng_monitor* raw = nullptr;
    outcome_ = Try([&](jiceng_error** error) { return jiceng_monitor_open(snapshot, kDay, nullptr, &raw, error); });
    return Monitor(raw);
  }
  // Makes p3 a full member, or takes it back: the branch of two full members gets its third.
  void MakeFull(bool full) {
    const Folder more;
    more.Write("people.csv", std::string("person_id,name,party_status,joined_on,in_service\np3,王三,") +
                                 (full ? "full" : "probationary") + ",2025-07-01,1\n");
    Import(store_.get(), more.path());
  }
  jiceng_status Follow(const jiceng_snapshot* to, int32_t date, Findings* appeared, Findings* gone) {
    jiceng_findings *raw_appeared = nullptr, *raw_gone = nullptr;
    outcome_ = Try([&](jiceng_error** error) {
      return jiceng_monitor_follow(monitor_.get(), to, date, &raw_appeared, &raw_gone, error);
    });
    appeared->reset(raw_appeared);
    gone->reset(raw_gone);
    return outcome_.status;
  }
  Rows All() {
    jiceng_findings* raw = nullptr;
    EXPECT_EQ(jiceng_monitor_findings(monitor_.get(), &raw, nullptr), JICENG_OK);
    return Lines(Findings(raw).get());
  }
  Rows Audited(const jiceng_snapshot* snapshot, int32_t date) {
    jiceng_findings* raw = nullptr;
    EXPECT_EQ(jiceng_audit(snapshot, nullptr, 0, date, nullptr, &raw, nullptr), JICENG_OK);
    return Lines(Findings(raw).get());
  }

  Store store_;
  Snapshot snapshot_;
  Monitor monitor_;
  Outcome outcome_;
};

TEST_F(MonitorOfAStore, SaysWhatAnAuditSays) {
  EXPECT_EQ(All(), Audited(snapshot_.get(), kDay));
  EXPECT_EQ(jiceng_monitor_seq(monitor_.get()), 1);
  EXPECT_EQ(jiceng_monitor_date(monitor_.get()), kDay);
  const Rows rolled = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_rollup(snapshot_.get(), "report.rate", nullptr, kDay, table, error);
  });
  EXPECT_EQ(Ask([&](jiceng_table** table, jiceng_error** error) {
              return jiceng_monitor_rollup(monitor_.get(), "report.rate", nullptr, table, error);
            }),
            rolled);
}

TEST_F(MonitorOfAStore, TellsWhatACommitChanges) {
  MakeFull(true);
  const Snapshot after = OpenSnapshot(store_.get());
  Findings appeared, gone;
  ASSERT_EQ(Follow(after.get(), 0, &appeared, &gone), JICENG_OK) << outcome_.message;
  EXPECT_EQ(jiceng_findings_count(appeared.get()), 0);
  ASSERT_EQ(jiceng_findings_count(gone.get()), 1);
  EXPECT_THAT(Lines(gone.get())[1], HasSubstr("branch.min-members|org:1001|")) << "with the facts of before";
  EXPECT_THAT(Lines(gone.get())[1], HasSubstr("2 人"));
  EXPECT_EQ(All(), Audited(after.get(), kDay));
  EXPECT_EQ(jiceng_monitor_seq(monitor_.get()), 2);
}

TEST_F(MonitorOfAStore, GoesToAnotherDate) {
  Findings appeared, gone;
  ASSERT_EQ(Follow(snapshot_.get(), 20200101, &appeared, &gone), JICENG_OK) << outcome_.message;
  EXPECT_EQ(All(), Audited(snapshot_.get(), 20200101));
  EXPECT_EQ(jiceng_monitor_date(monitor_.get()), 20200101);
}

TEST_F(MonitorOfAStore, CountsMembersOfUnits) {
  int64_t district = 0, branch = 0, full = -1, probationary = -1;
  jiceng_find(snapshot_.get(), "unit:320102", JICENG_NUL, 0, &district, nullptr);
  jiceng_find(snapshot_.get(), "org:1001", JICENG_NUL, 0, &branch, nullptr);
  EXPECT_EQ(jiceng_monitor_members(monitor_.get(), district, &full, &probationary), 1);
  EXPECT_EQ(full, 2);
  EXPECT_EQ(probationary, 1);
  EXPECT_EQ(jiceng_monitor_members(monitor_.get(), branch, &full, &probationary), 0) << "not a unit";
  EXPECT_EQ(full, 0);
  EXPECT_EQ(jiceng_monitor_members(monitor_.get(), -5, nullptr, nullptr), 0);
}

TEST_F(MonitorOfAStore, MisuseIsAnErrorAndLeavesItWhereItWas) {
  const Rows before = All();
  const Store other = MakeOrganization("memory:");
  const Snapshot elsewhere = OpenSnapshot(other.get());
  Findings appeared, gone;
  EXPECT_EQ(Follow(elsewhere.get(), 0, &appeared, &gone), JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(outcome_.reason, "OTHER_STORE");
  EXPECT_EQ(Follow(snapshot_.get(), 20260230, &appeared, &gone), JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(Follow(nullptr, 0, &appeared, &gone), JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(appeared, nullptr);
  const Actor actor = MakeActor("unit:320102");
  const Snapshot scoped = OpenSnapshot(store_.get(), actor.get());
  EXPECT_EQ(Follow(scoped.get(), 0, &appeared, &gone), JICENG_PERMISSION_DENIED);
  EXPECT_EQ(Watch(scoped.get()), nullptr);
  EXPECT_EQ(outcome_.reason, "WHOLE_STORE_ONLY");
  EXPECT_EQ(All(), before);
  jiceng_findings* raw = nullptr;
  EXPECT_EQ(jiceng_monitor_findings(nullptr, &raw, nullptr), JICENG_INVALID_ARGUMENT);
  EXPECT_EQ(jiceng_monitor_members(nullptr, 1, nullptr, nullptr), 0);
  jiceng_monitor_close(nullptr);
}

// Readers see one version or the next, never a mixture: two full members and the finding, or three and none.
TEST_F(MonitorOfAStore, IsReadWhileItFollows) {
  int64_t district = 0;
  jiceng_find(snapshot_.get(), "unit:320102", JICENG_NUL, 0, &district, nullptr);
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::thread reader([&] {
    while (!done) {
      int64_t full = 0;
      jiceng_monitor_members(monitor_.get(), district, &full, nullptr);
      if (full != 2 && full != 3) ++wrong;
      jiceng_findings* raw = nullptr;
      jiceng_monitor_findings(monitor_.get(), &raw, nullptr);
      if (jiceng_findings_count(Findings(raw).get()) == 0) ++wrong;
    }
  });
  for (int i = 0; i < 20; ++i) {
    MakeFull(i % 2 == 0);
    Findings appeared, gone;
    const Snapshot after = OpenSnapshot(store_.get());
    EXPECT_EQ(Follow(after.get(), 0, &appeared, &gone), JICENG_OK);
    EXPECT_EQ(jiceng_findings_count(appeared.get()) + jiceng_findings_count(gone.get()), 1);
  }
  done = true;
  reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace jiceng_test
