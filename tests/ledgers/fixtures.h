// A frozen small catalogue and register mappings: editing the real ones never breaks these tests.
#ifndef JICENG_TESTS_LEDGERS_FIXTURES_H_
#define JICENG_TESTS_LEDGERS_FIXTURES_H_

#include <string>
#include <string_view>
#include <vector>

#include "ledgers/ledger.h"
#include "ledgers/register.h"
#include "model/catalogue.h"

namespace jiceng::ledgers {

inline const model::Catalogue& FrozenCatalogue() {
  static const model::Catalogue* const catalogue = [] {
    std::vector<model::OrgKind> kinds(3);
    kinds[0].number = 4, kinds[0].id = "party_branch", kinds[0].title_zh = "党支部";
    kinds[1].number = 9, kinds[1].id = "residents_committee", kinds[1].title_zh = "居民委员会";
    kinds[2].number = 15, kinds[2].id = "employer", kinds[2].title_zh = "单位";
    std::vector<model::Role> roles(3);
    roles[0].number = 1, roles[0].id = "secretary", roles[0].title_zh = "书记";
    roles[1].number = 2, roles[1].id = "deputy_secretary", roles[1].title_zh = "副书记";
    roles[2].number = 12, roles[2].id = "grid_head", roles[2].title_zh = "网格长";
    return new model::Catalogue(model::Catalogue::Create(std::move(kinds), std::move(roles)).value());
  }();
  return *catalogue;
}

inline RegisterColumn Column(RegisterField field, std::vector<std::string> headers, bool inclusive_end = false,
                             std::vector<std::pair<std::string, std::string>> values = {}) {
  RegisterColumn column;
  column.field = field;
  column.headers = std::move(headers);
  column.inclusive_end = inclusive_end;
  column.values = std::move(values);
  return column;
}

inline const std::vector<RegisterMapping>& FrozenRegisters() {
  using F = RegisterField;
  static const std::vector<RegisterMapping>* const registers = new std::vector<RegisterMapping>{
      {"roster",
       "党员花名册",
       {Column(F::kName, {"姓名"}), Column(F::kCitizenId, {"公民身份号码", "身份证号"}),
        Column(F::kStaffNumber, {"工号"}), Column(F::kSex, {"性别"}),
        Column(F::kPartyStatus, {"人员类别", "政治面貌"}, false, {{"正式党员", "full"}, {"预备党员", "probationary"}}),
        Column(F::kInService, {"是否在职"}, false, {{"是", "1"}, {"否", "0"}}),
        Column(F::kJoinedOn, {"入党时间", "入党日期"}), Column(F::kBranch, {"所在党支部"}),
        Column(F::kEmployer, {"工作单位"}), Column(F::kCommunity, {"居住社区"})},
       {F::kName, F::kPartyStatus, F::kBranch}},
      {"posts",
       "任职名册",
       {Column(F::kName, {"姓名"}), Column(F::kStaffNumber, {"工号"}), Column(F::kPostBody, {"单位", "党组织"}),
        Column(F::kPost, {"职务"}, false, {{"党支部书记", "secretary"}}), Column(F::kPostFrom, {"任职时间"}),
        Column(F::kPostTo, {"任职截止"}, true, {{"至今", ""}})},
       {F::kName, F::kPost}},
  };
  return *registers;
}

// A row as the reader gave it, kept beyond the callback.
struct KeptCell {
  std::string text;
  int64_t number = 0;
  base::Date date;
  int precision = 0;
  bool present = false;
};
struct KeptRow {
  int64_t row = 0;
  std::vector<KeptCell> cells;
};

inline KeptRow Keep(int64_t row, absl::Span<const Cell> cells) {
  KeptRow kept{row, {}};
  for (const Cell& c : cells) kept.cells.push_back({std::string(c.text), c.number, c.date, c.precision, c.present});
  return kept;
}

struct Outcome {
  absl::Status status;
  std::vector<KeptRow> rows;
  Diagnostics diagnostics;

  // "row:column:code" of each error, or of each warning.
  std::vector<std::string> Errors() const { return Short(diagnostics.errors()); }
  std::vector<std::string> Warnings() const { return Short(diagnostics.warnings()); }
  std::string FirstMessage() const { return diagnostics.errors().empty() ? "" : diagnostics.errors()[0].message; }

 private:
  static std::vector<std::string> Short(const std::vector<Problem>& problems) {
    std::vector<std::string> all;
    for (const Problem& p : problems) all.push_back(std::to_string(p.row) + ":" + p.column + ":" + p.code);
    return all;
  }
};

inline Outcome ReadText(Ledger ledger, std::string_view text) {
  Outcome outcome;
  const Source source(SpecOf(ledger).file, text);
  outcome.status = ReadLedger(
      ledger, source, FrozenCatalogue(), &outcome.diagnostics,
      [&](int64_t row, absl::Span<const Cell> cells) { outcome.rows.push_back(Keep(row, cells)); },
      [](int64_t) { return true; });
  return outcome;
}

inline Outcome ReadRegisterText(const RegisterMapping& mapping, std::string_view text) {
  Outcome outcome;
  const Source source("党员.csv", text);
  outcome.status =
      ReadRegister(mapping, source, FrozenCatalogue(), &outcome.diagnostics,
                   [&](int64_t row, absl::Span<const Cell> cells) { outcome.rows.push_back(Keep(row, cells)); });
  return outcome;
}

inline base::Date Day(int year, int month, int day) { return base::Date::FromCivil(year, month, day).value(); }

}  // namespace jiceng::ledgers

#endif  // JICENG_TESTS_LEDGERS_FIXTURES_H_
