#include "cli/report/page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "cli/report/payload.h"

namespace jiceng::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportPage, HolesAreFilledOnceAndNeverInsideWhatWasFilled) {
  const std::string page = FillPage("zh-CN", "{{payload}}", "{\"a\":\"{{title}}\"}");
  EXPECT_THAT(page, HasSubstr("<html lang=\"zh-CN\">"));
  EXPECT_THAT(page, HasSubstr("<title>{{payload}}</title>"));
  EXPECT_THAT(page, HasSubstr("{\"a\":\"{{title}}\"}</script>"));
}

TEST(ReportPage, TitleIsEscaped) {
  EXPECT_THAT(FillPage("en", "a<b>&\"", "{}"), HasSubstr("<title>a&lt;b&gt;&amp;&quot;</title>"));
}

// WHATWG HTML 13.2.5.4 and 13.2.5.20: inside a script element only "<" can begin anything.
TEST(ReportPage, DataCannotLeaveItsElement) {
  const std::string page = FillPage("en", "t", "{\"name\":\"</script><!--<script>\"}");
  EXPECT_THAT(page, HasSubstr("{\"name\":\"\\u003c/script>\\u003c!--\\u003cscript>\"}"));
}

TEST(ReportPage, AsksNothingOfTheNetwork) {
  const std::string page = FillPage("en", "t", "{}");
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(page, Not(HasSubstr("url(")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, Not(HasSubstr("innerHTML")));
}

// 民法典 Arts. 201, 202: the period ends on the same date; where the month has no such day, on its last.
TEST(OneYearOn, SameDateAndTheEndOfFebruary) {
  EXPECT_EQ(OneYearOn(20240601), 20250601);
  EXPECT_EQ(OneYearOn(20240229), 20250228);
  EXPECT_EQ(OneYearOn(20230228), 20240228);
  EXPECT_EQ(OneYearOn(20991231), 21001231);
}

}  // namespace
}  // namespace jiceng::cli
