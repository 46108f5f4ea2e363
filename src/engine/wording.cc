#include "engine/wording.h"

#include "base/date.h"

namespace jiceng::engine {
namespace {

using model::Fact;
using model::NodeKind;
using model::TieKind;
using rules::Language;

struct Word {
  const char* zh;
  const char* en;
  const char* In(Language language) const { return language == Language::kChinese ? zh : en; }
};

constexpr Word kNodeKinds[model::kNodeKinds] = {
    {"", ""}, {"治理单元", "unit"}, {"组织", "organisation"}, {"人员", "person"}};
constexpr Word kLevels[] = {{"", ""},
                            {"省级", "province"},
                            {"地市", "city"},
                            {"区县", "district"},
                            {"街道乡镇", "street"},
                            {"社区村", "community"},
                            {"网格", "grid"},
                            {"微网格", "micro-grid"}};
constexpr Word kStatuses[] = {
    {"非党员", "not a member"}, {"预备党员", "probationary member"}, {"正式党员", "full member"}};
constexpr Word kAffiliationManners[] = {
    {"", ""}, {"正式", "formal"}, {"临时", "temporary"}, {"流动", "floating"}, {"功能型", "functional"}};
constexpr Word kAppointmentManners[] = {
    {"", ""},           {"选举", "elected"},  {"任命", "appointed"}, {"兼职", "part-time"},
    {"代理", "acting"}, {"挂职", "seconded"}, {"当然", "ex officio"}};

template <size_t n>
const char* Listed(const Word (&words)[n], int32_t number, Language language) {
  return number >= 0 && static_cast<size_t>(number) < n ? words[number].In(language) : "";
}

}  // namespace

const char* NodeKindTitle(NodeKind kind, Language language) {
  return Listed(kNodeKinds, static_cast<int32_t>(kind), language);
}

const char* LevelTitle(model::Level level, Language language) {
  return Listed(kLevels, static_cast<int32_t>(level), language);
}

const char* MannerTitle(TieKind kind, uint8_t manner, Language language) {
  if (kind == TieKind::kAffiliation) return Listed(kAffiliationManners, manner, language);
  return kind == TieKind::kAppointment ? Listed(kAppointmentManners, manner, language) : "";
}

const char* TieTitle(TieKind kind, Language language) {
  return language == Language::kChinese ? model::LawOf(kind).title_zh : model::LawOf(kind).name;
}

std::string OrgKindTitle(const model::Catalogue& catalogue, int32_t kind, Language language) {
  const model::OrgKind* record = catalogue.FindOrgKind(kind);
  if (record == nullptr) return std::to_string(kind);
  return language == Language::kChinese ? record->title_zh : record->title_en;
}

std::string RoleTitle(const model::Catalogue& catalogue, model::RoleNumber role, Language language) {
  const model::Role* record = catalogue.FindRole(role);
  if (record == nullptr) return std::to_string(role);
  return language == Language::kChinese ? record->title_zh : record->title_en;
}

std::string FactTitle(const model::Catalogue& catalogue, NodeKind kind, Fact fact, int32_t value, Language language) {
  if (value == model::kNoValue) return "";
  const bool zh = language == Language::kChinese;
  switch (kind) {
    case NodeKind::kUnit:
      return fact == Fact::kLevel ? LevelTitle(static_cast<model::Level>(value), language) : std::to_string(value);
    case NodeKind::kOrganization:
      return OrgKindTitle(catalogue, value, language);
    default:
      break;
  }
  switch (fact) {
    case Fact::kPartyStatus:
      return Listed(kStatuses, value, language);
    case Fact::kInService:
      return value != 0 ? (zh ? "在职" : "in service") : (zh ? "非在职" : "not in service");
    case Fact::kSex:
      return value == 2 ? (zh ? "女" : "female") : (zh ? "男" : "male");
    default:
      return base::PartialDate::Unpack(value).ToString();
  }
}

}  // namespace jiceng::engine
