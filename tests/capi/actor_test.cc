// What an actor with a scope sees, and what not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/capi/organization.h"

namespace jiceng_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Scoped : public testing::Test {
 protected:
  Scoped()
      : store_(MakeOrganization("memory:")),
        actor_(MakeActor("unit:320102002001")),
        host_(OpenSnapshot(store_.get())),
        clerk_(OpenSnapshot(store_.get(), actor_.get())) {}

  static Outcome Find(const Snapshot& snapshot, const char* node, int64_t* number) {
    return Try(
        [&](jiceng_error** error) { return jiceng_find(snapshot.get(), node, JICENG_NUL, kDay, number, error); });
  }

  Store store_;
  Actor actor_;
  Snapshot host_, clerk_;
};

TEST_F(Scoped, FindsWhatLiesAtOrBelow) {
  int64_t number = 0;
  for (const char* seen : {"unit:320102002001", "unit:32010200200101", "org:1001", "person:p1"}) {
    EXPECT_EQ(Find(clerk_, seen, &number).status, JICENG_OK) << seen;
    EXPECT_NE(jiceng_node_text(clerk_.get(), number, nullptr, 0), 0u) << seen;
  }
  for (const char* hidden : {"unit:320102", "unit:320102002002", "org:3000", "person:p4"}) {
    const Outcome outcome = Find(clerk_, hidden, &number);
    EXPECT_EQ(outcome.status, JICENG_PERMISSION_DENIED) << hidden;
    EXPECT_EQ(outcome.reason, "OUT_OF_SCOPE") << hidden;
    EXPECT_EQ(number, 0);
    ASSERT_EQ(Find(host_, hidden, &number).status, JICENG_OK);
    EXPECT_EQ(jiceng_node_text(clerk_.get(), number, nullptr, 0), 0u) << hidden;
  }
}

TEST_F(Scoped, NumbersOutsideAreNoNodes) {
  int64_t branch = 0, district = 0;
  ASSERT_EQ(Find(host_, "org:1001", &branch).status, JICENG_OK);
  ASSERT_EQ(Find(host_, "unit:320102", &district).status, JICENG_OK);
  EXPECT_EQ(jiceng_is_under(host_.get(), branch, district, kDay), 1);
  EXPECT_EQ(jiceng_is_under(clerk_.get(), branch, district, kDay), 0);
}

TEST_F(Scoped, NoRootMeansTheScope) {
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_tree(clerk_.get(), nullptr, 0, kDay, 0, JICENG_TREE_UNITS_ONLY, table, error);
              }),
              ElementsAre(testing::_, StartsWith("0|unit:320102002001|"), StartsWith("1|unit:32010200200101|"),
                          StartsWith("1|unit:32010200200102|")));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_rollup(clerk_.get(), "members.full", nullptr, kDay, table, error);
              }),
              ElementsAre(testing::_, StartsWith("unit:320102002001|")));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_rollup_party_line(clerk_.get(), "members.full", kDay, table, error);
              }),
              ElementsAre(testing::_, StartsWith("org:1000|"), StartsWith("org:1001|")));
  EXPECT_THAT(
      Ask([&](jiceng_table** table, jiceng_error** error) {
        return jiceng_search(clerk_.get(), "园", JICENG_NUL, kDay, 0, table, error);
      }),
      ElementsAre(testing::_, StartsWith("unit:320102002001|"), StartsWith("org:1000|"), StartsWith("org:2000|")));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_list_unreported(clerk_.get(), "unit:320102", JICENG_NUL, kDay, table, error);
              }),
              ElementsAre(HasSubstr("OUT_OF_SCOPE")));
}

TEST_F(Scoped, AuditsItsOwnPart) {
  jiceng_findings* raw = nullptr;
  ASSERT_EQ(jiceng_audit(clerk_.get(), nullptr, 0, kDay, nullptr, &raw, nullptr), JICENG_OK);
  const Findings findings(raw);
  const Rows lines = Ask([&](jiceng_table** table, jiceng_error** error) {
    return jiceng_findings_table(findings.get(), 0, 0, 0, table, error);
  });
  EXPECT_THAT(lines, Contains(StartsWith("branch.min-members|org:1001|")));
  EXPECT_THAT(lines, Contains(StartsWith("report.member-unreported|unit:320102002001|梅园社区|unknown|")));
  const Outcome outside = Try([&](jiceng_error** error) {
    return jiceng_audit(clerk_.get(), "unit:320102", JICENG_NUL, kDay, nullptr, &raw, error);
  });
  EXPECT_EQ(outside.reason, "OUT_OF_SCOPE");
  EXPECT_EQ(raw, nullptr);
}

TEST_F(Scoped, RestrictedTextsAreMasked) {
  // A jiceng.v1.Change of 23 bytes with set_text (field 3): node person:p1, text {staff number (5), "A-17"}.
  const char change[] =
      "\x17\x1a\x15\x0a\x09person:p1\x12\x08\x08\x05\x12\x04"
      "A-17";
  const Writer writer = OpenWriter(store_.get(), kRecordedAt + 60);
  int64_t seq = 0;
  const Outcome applied = Try(
      [&](jiceng_error** error) { return jiceng_writer_apply(writer.get(), change, sizeof(change) - 1, &seq, error); });
  ASSERT_EQ(applied.status, JICENG_OK) << applied.message << " " << applied.field;
  const auto show = [&](const Snapshot& snapshot) {
    return Ask([&](jiceng_table** table, jiceng_error** error) {
      return jiceng_show(snapshot.get(), "person:p1", JICENG_NUL, kDay, JICENG_LANG_EN, table, error);
    });
  };
  EXPECT_THAT(show(OpenSnapshot(store_.get())), Contains(StartsWith("text|staff_number|A-17|")));
  const Rows masked = show(OpenSnapshot(store_.get(), actor_.get()));
  EXPECT_THAT(masked, Contains(StartsWith("text|staff_number|***|")));
  EXPECT_THAT(masked, Contains(StartsWith("node|name|张一|")));
}

TEST_F(Scoped, ExportsNothing) {
  const Folder folder;
  const std::string out = folder.Sub("out");
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_snapshot_export(clerk_.get(), out.data(), out.size(), nullptr, nullptr, table, error);
              }),
              ElementsAre(HasSubstr("OUT_OF_SCOPE")));
}

TEST_F(Scoped, AWayThatLeavesTheScopeIsNotShown) {
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_path(clerk_.get(), "person:p1", JICENG_NUL, "org:1000", JICENG_NUL, kDay, nullptr, table,
                                   error);
              }),
              SizeIs(4));
  EXPECT_THAT(Ask([&](jiceng_table** table, jiceng_error** error) {
                return jiceng_path(clerk_.get(), "person:p1", JICENG_NUL, "unit:320102", JICENG_NUL, kDay, nullptr,
                                   table, error);
              }),
              ElementsAre(HasSubstr("OUT_OF_SCOPE")));
}

TEST(ActorCreate, RefusesWhatIsNoScope) {
  jiceng_actor* actor = nullptr;
  const auto create = [&](const char* name, const char* scope) {
    return Try(
        [&](jiceng_error** error) { return jiceng_actor_create(name, JICENG_NUL, scope, JICENG_NUL, &actor, error); });
  };
  EXPECT_EQ(create("clerk", "person:p1").reason, "BAD_NODE");
  EXPECT_EQ(create("clerk", "street").reason, "BAD_NODE");
  EXPECT_EQ(create("", "unit:320102").reason, "BAD_NAME");
  EXPECT_EQ(create("clerk", nullptr).reason, "NULL_ARGUMENT");
  EXPECT_EQ(actor, nullptr);
}

}  // namespace
}  // namespace jiceng_test
