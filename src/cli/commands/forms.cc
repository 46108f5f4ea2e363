// form: the feedback form of double reporting and the community's register, to print and to file.
#include "cli/commands/commands.h"
#include "cli/file.h"
#include "cli/forms/form.h"
#include "cli/opening.h"
#include "cli/options.h"
#include "cli/reported.h"

namespace jiceng::cli {
namespace {

using Kind = FormCell::Kind;
using Row = std::vector<FormCell>;

constexpr const char* kForms[] = {"feedback", "register"};
constexpr OptionSpec kYearOption = {
    "year",
    "N",
    ValueKind::kCount,
    {"只写这一年的服务，例如 2026；不写则全部", "services of that year only, e.g. 2026; all without it"}};

constexpr Text kWritten = {"已写好 {0}（{1} 份）。", "Wrote {0} ({1})."};
constexpr Text kNotAFile = {"--out 应以 .html 或 .xlsx 结尾，“{0}”不是",
                            "--out should end in .html or .xlsx; '{0}' does not"};
constexpr Text kNobody = {"{0} 到 {1} 没有人报到", "nobody of {0} had reported by {1}"};
constexpr Text kNotWritten = {"写不进 {0}：{1}", "cannot write {0}: {1}"};

constexpr Text kFeedbackTitle = {"在职党员到社区报到情况反馈表", "Feedback on an in-service member's reporting"};
constexpr Text kRegisterTitle = {"在职党员到社区报到台账", "Register of in-service members who have reported"};
constexpr Text kSummaryTitle = {"在职党员到社区报到情况汇总表", "In-service members' reporting: summary"};
constexpr Text kSummaryTab = {"汇总", "Summary"};
constexpr Text kAsOf = {"情况截至 {0}，范围 {1}。", "As of {0}. Of: {1}."};
constexpr Text kNumber = {"序号", "No."};
constexpr Text kName = {"姓名", "Name"};
constexpr Text kPersonId = {"人员编号", "Person id"};
constexpr Text kEmployer = {"工作单位", "Employer"};
constexpr Text kHome = {"单位党组织", "Employer's Party organisation"};
constexpr Text kCommunity = {"报到社区", "Community"};
constexpr Text kHost = {"社区党组织", "Community's Party organisation"};
constexpr Text kReportedOn = {"报到日期", "Reported on"};
constexpr Text kRegisterNo = {"台账编号", "Register no."};
constexpr Text kAppraisalOn = {"考核（评议）日", "Appraisal on"};
constexpr Text kMovedOn = {"搬离日期", "Moved away on"};
constexpr Text kState = {"目前情况", "State"};
constexpr Text kPosts = {"认领岗位", "Posts claimed"};
constexpr Text kServedOn = {"服务日期", "Day of service"};
constexpr Text kPost = {"岗位", "Post"};
constexpr Text kHours = {"时数", "Hours"};
constexpr Text kNotedOn = {"登记日期", "Recorded on"};
constexpr Text kNotedBy = {"登记人", "Recorded by"};
constexpr Text kTotal = {"合计", "Total"};
constexpr Text kTimes = {"服务次数", "Services"};
constexpr Text kFedBackOn = {"反馈日期", "Fed back on"};
constexpr Text kFormNo = {"《反馈表》文号", "Form no."};
constexpr Text kPublishedOn = {"公示日期", "Published on"};
constexpr Text kPublishedAt = {"公示处", "Published at"};
constexpr Text kUsedFor = {"运用", "Used for"};
constexpr Text kOpinion = {"社区党组织意见", "Opinion of the community's Party organisation"};
constexpr Text kReceipt = {"单位党组织签收", "Received by the employer's Party organisation"};
constexpr Text kSeal = {"\n\n负责人（签字）：　　　　　　（盖章）\n　　　　　　　　年　　月　　日",
                        "\n\nSigned:                    (seal)\nDate:"};

std::string Day(const std::string& day) { return day.empty() ? "—" : day; }

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : "、") + text;
  return joined;
}

FormSheet Feedback(const Context& context, const Reported& one) {
  const auto label = [&](const Text& text) { return FormCell{context.Say(text), Kind::kLabel, 1}; };
  const auto head = [&](const Text& text) { return FormCell{context.Say(text), Kind::kHead, 1}; };
  const auto text = [](std::string value, int columns = 1) { return FormCell{std::move(value), Kind::kText, columns}; };
  const auto number = [](int64_t value) { return FormCell{std::to_string(value), Kind::kNumber, 1}; };
  FormSheet sheet;
  sheet.name = one.member.name.empty() ? one.matter : one.member.name;
  sheet.title = context.Say(kFeedbackTitle);
  sheet.widths = {12, 16, 14, 16, 14, 18};
  sheet.rows = {{label(kName), text(one.member.name), label(kPersonId), text(one.member.node), label(kRegisterNo),
                 text(one.register_no)},
                {label(kEmployer), text(one.employer.name), label(kHome), text(one.home.name), label(kAppraisalOn),
                 text(Day(one.appraisal_on))},
                {label(kCommunity), text(one.community.name), label(kHost), text(one.host.name), label(kReportedOn),
                 text(Day(one.reported_on))},
                {label(kPosts), text(Joined(one.posts), 3), label(kMovedOn), text(Day(one.moved_on))},
                {head(kNumber), head(kServedOn), head(kPost), head(kHours), head(kNotedOn), head(kNotedBy)}};
  int64_t n = 0;
  for (const Service& service : one.services) {
    sheet.rows.push_back({number(++n), text(service.on), text(service.post), number(service.hours), text(service.noted),
                          text(service.by.name)});
  }
  sheet.rows.push_back({label(kTotal), text(""), label(kTimes), number(n), label(kHours), number(one.hours)});
  sheet.rows.push_back({label(kFedBackOn), text(Day(one.fed_back_on)), label(kFormNo), text(one.form, 3)});
  sheet.rows.push_back({label(kPublishedOn), text(Day(one.published_on)), label(kPublishedAt), text(one.published_at),
                        label(kUsedFor), text(one.used_for)});
  for (const Text& room : {kOpinion, kReceipt})
    sheet.rows.push_back({label(room), FormCell{context.Say(kSeal), Kind::kSpace, 5}});
  return sheet;
}

FormSheet List(const Context& context, const std::vector<Reported>& all, const Text& title) {
  FormSheet sheet;
  sheet.title = context.Say(title);
  sheet.landscape = true;
  sheet.widths = {6, 12, 10, 18, 18, 18, 10, 20, 8, 8, 12, 16, 10, 12, 12};
  Row head;
  for (const Text& column : {kNumber, kReportedOn, kName, kPersonId, kEmployer, kCommunity, kRegisterNo, kPosts, kTimes,
                             kHours, kFedBackOn, kFormNo, kUsedFor, kMovedOn, kState}) {
    head.push_back({context.Say(column), Kind::kHead, 1});
  }
  sheet.rows.push_back(std::move(head));
  int64_t n = 0, services = 0, hours = 0;
  for (const Reported& one : all) {
    const auto times = static_cast<int64_t>(one.services.size());
    sheet.rows.push_back({{std::to_string(++n), Kind::kNumber, 1},
                          {one.reported_on},
                          {one.member.name},
                          {one.member.node},
                          {one.employer.name},
                          {one.community.name},
                          {one.register_no},
                          {Joined(one.posts)},
                          {std::to_string(times), Kind::kNumber, 1},
                          {std::to_string(one.hours), Kind::kNumber, 1},
                          {one.fed_back_on},
                          {one.form},
                          {one.used_for},
                          {one.moved_on},
                          {one.state}});
    services += times;
    hours += one.hours;
  }
  sheet.rows.push_back({{context.Say(kTotal), Kind::kLabel, 2},
                        {std::to_string(n), Kind::kNumber, 6},
                        {std::to_string(services), Kind::kNumber, 1},
                        {std::to_string(hours), Kind::kNumber, 1},
                        {"", Kind::kText, 5}});
  return sheet;
}

int RunForm(Context& context) {
  const Invocation& args = context.args();
  const std::string &what = context.positional(1), &out = args.Value("out"), &node = args.Value("under");
  const bool workbook = HasExtension(out, ".xlsx");
  if (!workbook && !HasExtension(out, ".html")) return context.Fail(kExitUsage, Fill(context.Say(kNotAFile), {out}));
  Store store;
  Snapshot snapshot;
  std::vector<Reported> reported;
  if (!OpenSnapshot(context, &snapshot, &store) ||
      !ReadReported(context, snapshot.get(), node, args.Date("date"), static_cast<int32_t>(args.Count("year", 0)),
                    &reported)) {
    return context.failed();
  }
  const std::string& day = args.Value("date");
  if (reported.empty()) return context.Fail(kExitUsage, Fill(context.Say(kNobody), {node, day}));
  FormDocument document;
  document.language = context.lang() == Lang::kEn ? "en" : "zh";
  document.date = args.Date("date");
  const bool feedback = what == "feedback";
  document.title = context.Say(feedback ? kFeedbackTitle : kRegisterTitle);
  if (!feedback || reported.size() > 1) {
    document.sheets.push_back(List(context, reported, feedback ? kSummaryTitle : kRegisterTitle));
    document.sheets[0].name = context.Say(kSummaryTab);
    document.sheets[0].note = Fill(context.Say(kAsOf), {day, node});
  }
  if (feedback) {
    for (const Reported& one : reported) document.sheets.push_back(Feedback(context, one));
  }
  std::string error;
  if (!(workbook ? WriteFormWorkbook(document, out, &error) : WriteFile(out, FormPage(document), &error)))
    return context.Fail(kExitStore, Fill(context.Say(kNotWritten), {out, error}));
  context.PrintFacts({{"file", out}, {"forms", reported.size()}},
                     Fill(context.Say(kWritten), {out, std::to_string(reported.size())}));
  return kExitDone;
}

}  // namespace

CommandSpec FormCommand() {
  CommandSpec spec;
  spec.name = "form";
  spec.group = CommandGroup::kAsk;
  spec.purpose = {"双报到的表格：反馈表、社区台账，写成网页或 Excel 表",
                  "forms of double reporting: feedback, the community's register; as a page or a workbook"};
  spec.details = {
      "  feedback  《反馈表》：--under 写一人，则每件事项一张；写单位（工作单位或单位党组织），则汇总表加每人一张\n"
      "  register  社区台账：到当天为止报到的人，按报到先后；与 list register 相同\n"
      "文件以 .html 结尾是可直接打印的网页（A4），以 .xlsx 结尾是 Excel 工作簿。表中有姓名，注意保管。",
      "  feedback  《反馈表》: of a person, one for each matter; of an organisation (the employer or its Party\n"
      "            organisation), a summary and one for each member\n"
      "  register  those who had reported by the end of the day, in that order; as list register has them\n"
      "A file that ends in .html is a page to print (A4), one in .xlsx a workbook.  They hold names: keep them well."};
  spec.positionals = {StorePositional(),
                      {"WHAT", {"feedback 或 register", "feedback or register"}, false, false, kForms}};
  spec.options = {{&kUnderOption, true}, {&kDateOption, true}, {&kOutOption, true}, {&kYearOption}, {&kRecordedOption}};
  spec.example = "jiceng form demo.jiceng feedback --under org:1000040 --date 2026-12-01 --out 反馈表.xlsx";
  spec.example_output = {"已写好 反馈表.xlsx（12 份）。", "Wrote 反馈表.xlsx (12)."};
  spec.exits = {kDone,
                {2, {"命令写错，或没有人报到", "the command line is wrong, or nobody has reported"}},
                {4, {"库打不开，或文件写不进去", "the store cannot be opened, or the file cannot be written"}}};
  spec.run = RunForm;
  return spec;
}

}  // namespace jiceng::cli
