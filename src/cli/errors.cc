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
    {"STORE_EXISTS", {"换一个文件名", ""}},
    {"STORE_LOCKED", {"稍后再试", "try again in a moment"}},
    {"STORE_NEWER", {"升级 jiceng 后再打开", "open it with a newer jiceng"}},
    {"NOT_A_STORE", {"检查路径", "check the path"}},
    {"STORE_TRUNCATED",
     {"备份（jiceng backup 写的文件）本身就是库", "a backup made by jiceng backup is a store itself"}},
    {"STORE_CORRUPT", {"用 jiceng verify STORE 查出处", "jiceng verify STORE tells where"}},
    {"STORE_READ_ONLY", {"检查文件与目录的写权限", "check the permissions of the file and its folder"}},
    {"STORE_PERMISSION", {"检查文件与目录的权限", "check the permissions of the file and its folder"}},
    {"UNKNOWN_NODE", {"编号用 jiceng search STORE 名称 查", "jiceng search STORE NAME finds ids"}},
    {"UNKNOWN_RULE", {"规则编号见 jiceng rules", "jiceng rules lists the ids"}},
    {"UNKNOWN_PARAMETER", {"各规则的参数见 jiceng rules", "jiceng rules lists the parameters of each rule"}},
    {"NOT_EVALUABLE", {"可检查的规则见 jiceng rules", "jiceng rules tells which can be evaluated"}},
    {"SEQ_MOVED", {"用 jiceng log STORE 看最新提交", "jiceng log STORE shows the newest commit"}},
    {"NO_SUCH_SEQ", {"提交序号见 jiceng log STORE", "jiceng log STORE lists the commits"}},
    {"RECORDED_BEFORE_HEAD",
     {"改用更晚的 --recorded-at，最近一次提交的时间见 jiceng log STORE",
      "give a later --recorded-at; jiceng log STORE has the newest commit's time"}},
    {"LATER_CHANGES", {"先撤销那一次提交", "revert that commit first"}},
    {"IN_USE", {"先撤销引用它的那一次提交", "revert the commit that refers to it first"}},
    {"NO_LEDGER", {"各台账的列见 jiceng import --help", "jiceng import --help has the columns of each ledger"}},
};

// Where the library has no error object to give.
constexpr Text kUnexplained = {"操作失败（状态 {0}）", "the operation failed (status {0})"};
constexpr Text kCancelled = {"已中断，什么都没有写入", "interrupted; nothing was kept"};
constexpr Text kAt = {"（{0}）", " ({0})"};

bool IsIn(std::string_view reason, std::initializer_list<std::string_view> reasons) {
  return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

}  // namespace

ExitCode ExitCodeOf(jiceng_status status, std::string_view reason, std::string_view field, Phase phase) {
  // Said on the command line whatever was being done; a node inside a change set is the change set's fault.
  if (IsIn(reason, {"RECORDED_BEFORE_HEAD", "MISSING_OPTION", "NOT_EVALUABLE"})) return kExitUsage;
  if (phase == Phase::kInput && IsIn(reason, {"UNKNOWN_NODE", "BAD_NODE"}) && IsIn(field, {"scope", "under"}))
    return kExitUsage;
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
      if (IsIn(reason, {"STORE_NEWER", "STORE_READ_ONLY", "READ_ONLY", "STORE_USED_AFTER_FORK"})) return kExitStore;
      return phase == Phase::kInput ? kExitRejected : phase == Phase::kChange ? kExitRefused : kExitUsage;
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
  // Of the library's own parameters the caller knows nothing; a place inside her change set she must know.
  if (field.compare(0, 8, "changes[") == 0 && text.find(field) == std::string::npos)
    text.append(Fill(kAt.In(lang), {field}));
  const std::string_view reason = jiceng_error_reason(error);
  for (const Hint& hint : kHints) {
    if (hint.reason == reason && *hint.text.In(lang) != '\0')
      text.append(lang == Lang::kZh ? "；" : "; ").append(hint.text.In(lang));
  }
  // One line, whatever a file name or an id holds.
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return line + text;
}

}  // namespace jiceng::cli
