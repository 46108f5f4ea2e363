// The Chinese texts of errors: a row for every reason the rooms use.
#include "capi/error_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <new>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/status.h"
#include "base/text.h"
#include "capi/guard.h"

namespace jiceng::capi {
namespace {

TEST(ErrorTexts, AreOrderedAndWellFormed) {
  const auto texts = ErrorTexts();
  for (size_t i = 1; i < texts.size(); ++i)
    EXPECT_LT(std::string_view(texts[i - 1].reason), std::string_view(texts[i].reason));
  for (size_t i = 0; i < texts.size(); ++i) {
    EXPECT_TRUE(base::CheckUtf8(texts[i].zh).ok()) << texts[i].reason;
    EXPECT_NE(std::string_view(texts[i].zh), "") << texts[i].reason;
  }
}

TEST(ErrorTexts, TheMessageFollowsWhereItTellsMore) {
  EXPECT_EQ(ChineseText("STORE_NOT_FOUND", "a.db does not exist"), "没有这个库：a.db does not exist");
  EXPECT_EQ(ChineseText("OUT_OF_MEMORY", "out of memory"), "内存不足");
  EXPECT_EQ(ChineseText("NO_SUCH_REASON", "something else"), "something else");
}

// Words in capitals in the sources that are no reasons of errors.
const std::set<std::string>& NotReasons() {
  static const auto* const words =
      new std::set<std::string>{// why a code is not valid; in jiceng_codes_check only
                                "ALPHABET", "BIRTH_DATE", "CHECK_CHARACTER", "LENGTH",
                                // why a step of a matter is refused; in jiceng_writer_refused_step only
                                "BEFORE_LAST_STEP", "GUARD", "MATTER_OVER", "MISSING_FIELD", "UNKNOWN_STEP",
                                "WRONG_ACTOR", "WRONG_STATE", "WRONG_SUBJECT",
                                // notices
                                "BASE_NOT_WRITTEN", "BASE_UNUSABLE", "CAUGHT_UP", "STORE_UPGRADED",
                                // SQL, a file's magic, encodings and a form
                                "BEGIN", "COMMIT", "ROLLBACK", "VACUUM", "JCNG", "GB18030", "UTF16", "YYYYMMDD"};
  return *words;
}

TEST(ErrorTexts, CoverEveryReasonOfTheRooms) {
  std::set<std::string> known;
  for (const ErrorText& text : ErrorTexts()) known.insert(text.reason);
  const std::regex word("\"([A-Z][A-Z0-9]+(_[A-Z0-9]+)*)\"");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(JICENG_SOURCES)) {
    const std::string path = entry.path().string();
    const bool source = entry.path().extension() == ".cc" || entry.path().extension() == ".h";
    if (!source || path.find("/src/cli/") != std::string::npos || path.find("/error_texts.cc") != std::string::npos)
      continue;
    std::ifstream file(path);
    std::stringstream content;
    content << file.rdbuf();
    const std::string text = content.str();
    for (auto it = std::sregex_iterator(text.begin(), text.end(), word); it != std::sregex_iterator(); ++it) {
      const std::string reason = (*it)[1];
      EXPECT_TRUE(known.count(reason) > 0 || NotReasons().count(reason) > 0)
          << reason << " in " << path << " has no Chinese text";
    }
  }
}

TEST(Guard, TurnsWhatIsThrownIntoAnError) {
  jiceng_error* error = nullptr;
  EXPECT_EQ(Guard(&error, []() -> absl::Status { throw std::bad_alloc(); }), JICENG_RESOURCE_EXHAUSTED);
  EXPECT_STREQ(jiceng_error_reason(error), "OUT_OF_MEMORY");
  EXPECT_STREQ(jiceng_error_text(error, JICENG_LANG_ZH), "内存不足");
  jiceng_error_free(error);
  EXPECT_EQ(Guard(&error, []() -> absl::Status { throw std::runtime_error("broken"); }), JICENG_INTERNAL);
  EXPECT_STREQ(jiceng_error_reason(error), "INTERNAL");
  EXPECT_THAT(jiceng_error_message(error), testing::HasSubstr("broken"));
  jiceng_error_free(error);
  EXPECT_EQ(Guard(&error, []() -> absl::Status { throw 7; }), JICENG_INTERNAL);
  jiceng_error_free(error);
  EXPECT_EQ(Guard(nullptr, []() -> absl::Status { throw 7; }), JICENG_INTERNAL);
  EXPECT_EQ(Guard(&error, [] { return absl::OkStatus(); }), JICENG_OK);
  EXPECT_EQ(error, nullptr);
}

TEST(Guard, AnErrorIsOneLineOfUtf8) {
  jiceng_error* error = nullptr;
  Guard(&error, [] { return base::Error(absl::StatusCode::kNotFound, "STORE_NOT_FOUND", "no\nfile \xff", "u\x01rl"); });
  EXPECT_STREQ(jiceng_error_message(error), "no file ?");
  EXPECT_STREQ(jiceng_error_field(error), "u rl");
  EXPECT_STREQ(jiceng_error_text(error, JICENG_LANG_EN), "no file ?");
  EXPECT_STREQ(jiceng_error_text(error, JICENG_LANG_ZH), "没有这个库：no file ?");
  jiceng_error_free(error);
}

}  // namespace
}  // namespace jiceng::capi
