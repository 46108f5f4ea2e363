#include "cli/errors.h"

#include <algorithm>
#include <iterator>

namespace jiceng::cli {
namespace {

struct Hint {
  std::string_view reason;
  Text text;
};

// What to do, by the library's stable reason.
constexpr Hint kHints[] = {
    {"STORE_NOT_FOUND",
     {"先用 jiceng init STORE 建库，或检查路径", "create it with jiceng init STORE, or check the path"}},
    {"STORE_EXISTS",
     {"换一个文件名；已有的库直接 import 即可", "choose another name; a store that is there takes an import as it is"}},
    {"STORE_LOCKED", {"另一个程序正在写入，稍后再试", "another program is writing; try again in a moment"}},
    {"STORE_HELD",
     {"本进程里另一份程序库占着它，先关闭那一份",
      "another copy of the library in this process holds it; close that first"}},
    {"STORE_NEWER", {"升级 jiceng 后再打开", "open it with a newer jiceng"}},
    {"NOT_A_STORE", {"检查路径，这个文件不是 jiceng 的库", "check the path"}},
    {"STORE_TRUNCATED",
     {"从备份恢复（backup 写的文件本身就是库）", "restore it from a backup, which is a store itself"}},
    {"STORE_CORRUPT",
     {"运行 jiceng verify STORE 查出处，从备份恢复", "run jiceng verify STORE to see where; restore it from a backup"}},
    {"READ_ONLY", {"检查文件与目录的写权限", "check the permissions of the file and its folder"}},
    {"UNKNOWN_NODE",
     {"节点写成 unit:编号、org:编号、person:编号；编号用 jiceng search STORE 名称 查",
      "write unit:ID, org:ID or person:ID; jiceng search STORE NAME finds ids"}},
    {"BAD_NODE", {"节点写成 unit:编号、org:编号、person:编号", "write unit:ID, org:ID or person:ID"}},
    {"UNKNOWN_RULE", {"规则编号见 jiceng rules", "jiceng rules lists the ids"}},
    {"UNKNOWN_PARAMETER", {"各规则的参数见 jiceng rules", "jiceng rules lists the parameters of each rule"}},
    {"UNKNOWN_INDICATOR", {"可用指标：members.full、report.rate", "indicators: members.full, report.rate"}},
    {"SEQ_MOVED",
     {"别人已先提交；用 jiceng log STORE 看清后再以新的序号重试",
      "someone else has committed; look with jiceng log STORE and try again with the new number"}},
    {"NO_SEQ", {"提交序号见 jiceng log STORE", "jiceng log STORE lists the commits"}},
    {"LATER_CHANGES", {"先撤销那一次提交", "revert that commit first"}},
    {"IN_USE", {"先撤销引用它的那一次提交", "revert the commit that refers to it first"}},
    {"NO_SCHEDULE",
     {"国务院办公厅尚未公布或本程序未收录该年的放假安排，不作推算",
      "the year's schedule is not known, and nothing is guessed"}},
    {"NO_LEDGER",
     {"台账文件名须为 units.csv、orgs.csv、people.csv 等，见 jiceng import --help",
      "ledgers are called units.csv, orgs.csv, people.csv …; see jiceng import --help"}},
    {"ERASED_PERSON", {"此人已按要求删除，不得再次导入", "the person was erased on request and may not come back"}},
};

// Where the library has no error object to give.
constexpr Text kUnexplained = {"操作失败（状态 {0}）", "the operation failed (status {0})"};
constexpr Text kCancelled = {"已中断，什么都没有写入", "interrupted; nothing was kept"};
constexpr Text kAt = {"（{0}）", " ({0})"};

bool IsIn(std::string_view reason, std::initializer_list<std::string_view> reasons) {
  return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

}  // namespace

ExitCode ExitCodeOf(jiceng_status status, std::string_view reason, Phase phase) {
  // Said on the command line whatever was being done.
  if (IsIn(reason, {"UNKNOWN_NODE", "BAD_NODE", "UNKNOWN_RULE", "UNKNOWN_PARAMETER", "UNKNOWN_INDICATOR"}) &&
      phase != Phase::kInput) {
    return kExitUsage;
  }
  switch (status) {
    case JICENG_OK:
      return kExitDone;
    case JICENG_CANCELLED:
      return kExitInterrupted;
    case JICENG_ABORTED:
      return kExitRefused;
    case JICENG_INVALID_ARGUMENT:
      return phase == Phase::kInput ? kExitRejected : kExitUsage;
    case JICENG_NOT_FOUND:
      return phase == Phase::kInput ? kExitRejected : phase == Phase::kOpen ? kExitStore : kExitUsage;
    case JICENG_OUT_OF_RANGE:
      return reason == "NO_SCHEDULE" || phase == Phase::kInput ? kExitRejected : kExitUsage;
    case JICENG_FAILED_PRECONDITION:
      if (IsIn(reason, {"STORE_NEWER", "READ_ONLY", "STORE_USED_AFTER_FORK"})) return kExitStore;
      return phase == Phase::kInput ? kExitRejected : kExitRefused;
    case JICENG_PERMISSION_DENIED:
      return phase == Phase::kInput ? kExitRejected : kExitStore;
    default:
      return kExitStore;
  }
}

std::string ErrorLine(const jiceng_error* error, jiceng_status status, Lang lang) {
  std::string line = "jiceng: ";
  if (status == JICENG_CANCELLED) return line + kCancelled.In(lang);
  if (error == nullptr) return line + Fill(kUnexplained.In(lang), {std::to_string(status)});
  std::string text = jiceng_error_text(error, static_cast<int32_t>(lang));
  const std::string field = jiceng_error_field(error);
  if (!field.empty() && text.find(field) == std::string::npos) text.append(Fill(kAt.In(lang), {field}));
  const std::string_view reason = jiceng_error_reason(error);
  for (const Hint& hint : kHints) {
    if (hint.reason == reason) text.append(lang == Lang::kZh ? "；" : "; ").append(hint.text.In(lang));
  }
  // One line, whatever a file name or an id holds.
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line + text;
}

}  // namespace jiceng::cli
