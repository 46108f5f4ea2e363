#include "cli/changes.h"

#include <gtest/gtest.h>

#include "jiceng/v1/change_set.pb.h"

namespace jiceng::cli {
namespace {

constexpr char kRename[] =
    R"({"rename": {"node": "unit:1", "name": "新名社区", "on": {"year": 2026, "month": 7, "day": 1}}})";

// protobuf encoding guide: each message with its length before it as a varint.
TEST(Changes, JsonBecomesLengthDelimitedMessages) {
  ChangeDocument document;
  std::string error;
  ASSERT_TRUE(ReadJsonChanges(std::string(R"({"changes": [)") + kRename + "," + kRename + R"(], "author": "李静"})",
                              &document, &error))
      << error;
  EXPECT_EQ(document.changes, 2);
  EXPECT_EQ(document.author, "李静");
  EXPECT_FALSE(document.recorded_at.has_value());
  const size_t length = static_cast<unsigned char>(document.stream[0]);
  ASSERT_LT(length, 128u);
  ASSERT_EQ(document.stream.size(), 2 * (length + 1));
  v1::Change change;
  ASSERT_TRUE(change.ParseFromString(document.stream.substr(1, length)));
  EXPECT_EQ(change.rename().name(), "新名社区");
  EXPECT_EQ(change.rename().on().month(), 7);
}

TEST(Changes, ABareArrayWillDo) {
  ChangeDocument document;
  std::string error;
  ASSERT_TRUE(ReadJsonChanges(std::string("\xEF\xBB\xBF [") + kRename + "]", &document, &error)) << error;
  EXPECT_EQ(document.changes, 1);
}

TEST(Changes, ALongMessageHasALongLength) {
  ChangeDocument document;
  std::string error;
  const std::string name(300, 'x');
  ASSERT_TRUE(ReadJsonChanges(R"([{"rename": {"node": "unit:1", "name": ")" + name + R"("}}])", &document, &error))
      << error;
  EXPECT_EQ(static_cast<unsigned char>(document.stream[0]) & 0x80, 0x80);
  EXPECT_EQ(static_cast<size_t>((document.stream[0] & 0x7F) | document.stream[1] << 7), document.stream.size() - 2);
}

TEST(Changes, UnknownFieldsAndBrokenJsonAreRefused) {
  ChangeDocument document;
  std::string error;
  EXPECT_FALSE(ReadJsonChanges(R"([{"renmae": {}}])", &document, &error));
  EXPECT_NE(error, "");
  EXPECT_FALSE(ReadJsonChanges("{", &document, &error));
  EXPECT_FALSE(ReadJsonChanges("", &document, &error));
}

TEST(Changes, BinaryDocumentsBringTheirWords) {
  v1::ChangeSet set;
  set.add_changes()->mutable_rename()->set_node("unit:1");
  set.set_basis("民函〔2026〕3号");
  set.mutable_recorded_time()->set_seconds(1000000000);
  set.set_expected_seq(0);
  set.set_check_expected_seq(true);
  ChangeDocument document;
  std::string error;
  ASSERT_TRUE(ReadBinaryChanges(set.SerializeAsString(), &document, &error));
  EXPECT_EQ(document.basis, "民函〔2026〕3号");
  EXPECT_EQ(document.recorded_at, 1000000000);
  EXPECT_EQ(document.expected_seq, 0);
  EXPECT_FALSE(ReadBinaryChanges("\xFF\xFF", &document, &error));
}

}  // namespace
}  // namespace jiceng::cli
