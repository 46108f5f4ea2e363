#include "ledgers/closed_list.h"

#include <vector>

#include "absl/strings/str_join.h"
#include "ledgers/decode.h"
#include "ledgers/hint.h"
#include "ledgers/strings.h"
#include "model/node.h"

namespace jiceng::ledgers {
namespace {

struct Word {
  std::string_view id, title_zh;
  int64_t number;
};

constexpr Word kPartyStatuses[] = {
    {"full", "正式党员", static_cast<int64_t>(model::PartyStatus::kFull)},
    {"probationary", "预备党员", static_cast<int64_t>(model::PartyStatus::kProbationary)},
    {"none", "群众|非党员", static_cast<int64_t>(model::PartyStatus::kNone)},
};
constexpr Word kSexes[] = {{"male", "男", 1}, {"female", "女", 2}};
constexpr std::string_view kLevelTitles[] = {"", "省", "市", "区县", "街道|乡镇", "社区|村", "网格", "微网格"};
constexpr int kLevels = static_cast<int>(model::Level::kMicroGrid);
constexpr std::string_view kAffiliationTitles[] = {"", "正式组织关系", "临时", "流动", "功能型"};
constexpr std::string_view kAppointmentTitles[] = {"",          "选举|当选", "任命|委派", "兼职", "代理|主持工作",
                                                   "挂职|选派", "当然"};

template <size_t N>
bool Find(const Word (&words)[N], std::string_view word, int64_t* number) {
  for (const Word& w : words) {
    if (w.id == word) {
      *number = w.number;
      return true;
    }
  }
  return false;
}

std::vector<Word> ListOf(CellType type, const model::Catalogue& catalogue, model::TieKind tie) {
  std::vector<Word> words;
  switch (type) {
    case CellType::kLevel:
      for (int i = 1; i <= kLevels; ++i) {
        words.push_back({model::LevelName(static_cast<model::Level>(i)), kLevelTitles[i], i});
      }
      break;
    case CellType::kOrgKind:
      for (const model::OrgKind& kind : catalogue.org_kinds()) words.push_back({kind.id, kind.title_zh, kind.number});
      break;
    case CellType::kRole:
      for (const model::Role& role : catalogue.roles()) words.push_back({role.id, role.title_zh, role.number});
      break;
    case CellType::kManner:
      for (uint8_t m = 1; *model::MannerName(tie, m) != '\0'; ++m) {
        const bool affiliation = tie == model::TieKind::kAffiliation;
        words.push_back({model::MannerName(tie, m), affiliation ? kAffiliationTitles[m] : kAppointmentTitles[m], m});
      }
      break;
    case CellType::kPartyStatus:
      for (const Word& w : kPartyStatuses) words.push_back(w);
      break;
    case CellType::kSex:
      for (const Word& w : kSexes) words.push_back(w);
      break;
    case CellType::kTieKind:
      for (int i = 1; i < model::kTieKinds; ++i) {
        const model::TieLaw& law = model::LawOf(static_cast<model::TieKind>(i));
        words.push_back({law.name, law.title_zh, i});
      }
      break;
    default:
      break;
  }
  return words;
}

const char* ListName(CellType type, model::TieKind tie) {
  switch (type) {
    case CellType::kLevel:
      return "level";
    case CellType::kOrgKind:
      return "kind of organisation";
    case CellType::kRole:
      return "post";
    case CellType::kManner:
      return tie == model::TieKind::kAffiliation ? "kind of affiliation" : "kind of appointment";
    case CellType::kPartyStatus:
      return "Party status";
    case CellType::kSex:
      return "sex";
    default:
      return "kind of tie";
  }
}

}  // namespace

bool FindListed(CellType type, const model::Catalogue& catalogue, model::TieKind tie, std::string_view word,
                int64_t* number) {
  switch (type) {
    case CellType::kLevel:
      *number = static_cast<int64_t>(model::LevelFromName(word));
      return *number != 0;
    case CellType::kOrgKind: {
      const model::OrgKind* kind = catalogue.FindOrgKind(word);
      if (kind == nullptr) return false;
      *number = kind->number;
      return true;
    }
    case CellType::kRole: {
      const model::Role* role = catalogue.FindRole(word);
      if (role == nullptr) return false;
      *number = role->number;
      return true;
    }
    case CellType::kManner: {
      uint8_t manner = 0;
      if (!model::MannerFromName(tie, word, &manner)) return false;
      *number = manner;
      return true;
    }
    case CellType::kPartyStatus:
      return Find(kPartyStatuses, word, number);
    case CellType::kSex:
      if (word == "男" || word == "女") {
        *number = word == "男" ? 1 : 2;
        return true;
      }
      return Find(kSexes, word, number);
    case CellType::kTieKind:
      *number = static_cast<int64_t>(model::TieKindFromName(word));
      return *number != 0;
    default:
      return false;
  }
}

std::string ListAdvice(CellType type, const model::Catalogue& catalogue, model::TieKind tie, std::string_view word) {
  const std::vector<Word> words = ListOf(type, catalogue, tie);
  std::string advice = Cat("`", ClipCell(word), "` is no ", ListName(type, tie), "; expected one of: ",
                           absl::StrJoin(words, ", ", [](std::string* out, const Word& w) { Append(out, w.id); }));
  for (const Word& w : words) {
    if (LooksLike(word, w.id) || LooksLikeTitle(word, w.title_zh)) {
      Append(&advice, "; write `", w.id, "` if that is meant");
      break;
    }
  }
  return advice;
}

}  // namespace jiceng::ledgers
