// The ledgers of the contract as a table.  Everything that differs between files is here; the reader knows none of
// them.
#include "ledgers/ledger.h"
#include "ledgers/strings.h"

namespace jiceng::ledgers {
namespace {

constexpr bool kMust = true, kMay = false;           // be in the header
constexpr bool kFilled = true, kMayBeEmpty = false;  // in every row

// Both ends of a tie's validity, last or in the middle of a table.
constexpr ColumnSpec kFrom = {"from", CellType::kDate, kMust, kMayBeEmpty, "开始时间|起始时间|起始日期|开始日期"};
constexpr ColumnSpec kTo = {"to", CellType::kDate, kMust, kMayBeEmpty, "结束时间|截止时间|终止日期|结束日期"};
constexpr ColumnSpec kPerson = {"person_id", CellType::kId, kMust, kFilled, "人员编号|人员标识|党员编号"};

std::vector<LedgerSpec>* MakeSpecs() {
  using T = CellType;
  using model::TieKind;
  return new std::vector<LedgerSpec>{
      {Ledger::kUnits,
       "units.csv",
       TieKind::kNone,
       {{"code", T::kUnitCode, kMust, kFilled, "编码|代码|区划代码|单元编码|网格编码"},
        {"name", T::kText, kMust, kFilled, "名称|单元名称"},
        {"level", T::kLevel, kMust, kFilled, "层级|级别"},
        {"parent_code", T::kUnitRef, kMust, kMayBeEmpty, "上级编码|上级代码|所属单元编码"},
        {"households", T::kCount, kMust, kMayBeEmpty, "户数"},
        {"population", T::kCount, kMust, kMayBeEmpty, "人口|人口数"},
        {"id", T::kId, kMay, kMayBeEmpty, "标识"},
        {"from", T::kDate, kMay, kMayBeEmpty, "设立时间"},
        {"to", T::kDate, kMay, kMayBeEmpty, "撤销时间"}},
       {{kUnitFrom, kUnitTo, false}},
       {}},
      {Ledger::kOrgs,
       "orgs.csv",
       TieKind::kNone,
       {{"org_id", T::kId, kMust, kFilled, "组织编号|组织标识|机构编号"},
        {"name", T::kText, kMust, kFilled, "名称|组织名称"},
        {"kind", T::kOrgKind, kMust, kFilled, "类型|组织类型|组织类别"},
        {"parent_id", T::kId, kMust, kMayBeEmpty, "上级组织|上级编号|上级组织编号"},
        {"unit_code", T::kUnitRef, kMust, kMayBeEmpty, "所在单元|属地编码|所属社区编码"},
        {"founded", T::kPartialDate, kMust, kMayBeEmpty, "成立时间|成立日期"},
        {"dissolved", T::kDate, kMust, kMayBeEmpty, "撤销时间|撤销日期"},
        {"uscc", T::kText, kMay, kMayBeEmpty, "统一社会信用代码"},
        {"party_code", T::kText, kMay, kMayBeEmpty, "党组织代码"}},
       {{kOrgFounded, kOrgDissolved, false}},
       {}},
      {Ledger::kPeople,
       "people.csv",
       TieKind::kNone,
       {kPerson,
        {"name", T::kPersonName, kMust, kFilled, "姓名"},
        {"party_status", T::kPartyStatus, kMust, kFilled, "人员类别|党员类别|政治面貌"},
        {"joined_on", T::kPartialDate, kMust, kMayBeEmpty, "入党时间|入党日期"},
        {"in_service", T::kFlag, kMust, kFilled, "是否在职|在职"},
        {"full_on", T::kDate, kMay, kMayBeEmpty, "转正时间|转正日期"},
        {"status_from", T::kDate, kMay, kMayBeEmpty, "状态起始"},
        {"sex", T::kSex, kMay, kMayBeEmpty, "性别"}},
       {},
       {}},
      {Ledger::kAffiliations,
       "affiliations.csv",
       TieKind::kAffiliation,
       {kPerson,
        {"branch_id", T::kId, kMust, kFilled, "党支部编号|所在党支部|支部编号"},
        kFrom,
        kTo,
        {"kind", T::kManner, kMust, kFilled, "类型|组织关系类型"}},
       {{kTieFrom, kTieTo, false}},
       {}},
      {Ledger::kEmployments,
       "employments.csv",
       TieKind::kEmployment,
       {kPerson, {"employer_id", T::kId, kMust, kFilled, "工作单位编号|工作单位|单位编号"}, kFrom, kTo},
       {{kTieFrom, kTieTo, false}},
       {}},
      {Ledger::kResidences,
       "residences.csv",
       TieKind::kResidence,
       {kPerson, {"unit_code", T::kUnitRef, kMust, kFilled, "居住社区|居住地编码|社区编码"}, kFrom, kTo},
       {{kTieFrom, kTieTo, false}},
       {}},
      {Ledger::kAppointments,
       "appointments.csv",
       TieKind::kAppointment,
       {kPerson,
        {"org_id", T::kId, kMust, kMayBeEmpty, "组织编号|任职组织"},
        {"unit_code", T::kUnitRef, kMust, kMayBeEmpty, "单元编码|网格编码"},
        {"post", T::kRole, kMust, kFilled, "职务|岗位"},
        {"kind", T::kManner, kMust, kFilled, "任职方式|任职类型"},
        kFrom,
        kTo,
        {"capacity", T::kText, kMay, kMayBeEmpty, "任职身份"},
        {"channel", T::kText, kMay, kMayBeEmpty, "产生方式"},
        {"on_behalf_of", T::kText, kMay, kMayBeEmpty, "代表单位"},
        {"ex_officio_of", T::kText, kMay, kMayBeEmpty, "当然任职依据"}},
       {{kPostFrom, kPostTo, false}},
       {kPostOrg, kPostUnit}},
      {Ledger::kReports,
       "reports.csv",
       TieKind::kReport,
       {{"subject_id", T::kSubject, kMust, kFilled, "报到主体|报到人编号|报到对象"},
        {"community_code", T::kUnitRef, kMust, kFilled, "报到社区|社区编码"},
        {"reported_on", T::kDate, kMust, kMayBeEmpty, "报到时间|报到日期"},
        {"ended_on", T::kDate, kMust, kMayBeEmpty, "结束时间|结束日期"}},
       {{kReportFrom, kReportTo, false}},
       {}},
      // The end of a term is its last day, not the day after: 29 February to 28, 民法典 Arts. 201, 202.
      {Ledger::kTerms,
       "terms.csv",
       TieKind::kNone,
       {{"org_id", T::kId, kMust, kFilled, "组织编号"},
        {"term_no", T::kCount, kMust, kFilled, "届次|届"},
        {"elected_on", T::kDate, kMust, kMayBeEmpty, "选举时间|换届时间|选举日期"},
        {"years", T::kCount, kMust, kMayBeEmpty, "任期|任期年限"},
        {"ends_on", T::kDate, kMust, kMayBeEmpty, "届满时间|届满日期"},
        {"extended_to", T::kDate, kMust, kMayBeEmpty, "延期至"}},
       {{kTermElectedOn, kTermEndsOn, true}, {kTermElectedOn, kTermExtendedTo, true}},
       {}},
      {Ledger::kTies,
       "ties.csv",
       TieKind::kNone,
       {{"kind", T::kTieKind, kMust, kFilled, "关系类型|类型"},
        {"from_node", T::kNode, kMust, kFilled, "起点"},
        {"to_node", T::kNode, kMust, kFilled, "终点"},
        kFrom,
        kTo,
        {"attributes", T::kJsonObject, kMust, kMayBeEmpty, "属性"}},
       {{kAnyFrom, kAnyTo, false}},
       {}},
      {Ledger::kHistory,
       "history.csv",
       TieKind::kNone,
       {{"node", T::kNode, kMust, kFilled, "对象|节点"},
        {"attribute", T::kText, kMust, kFilled, "属性"},
        {"value", T::kText, kMust, kMayBeEmpty, "值|取值"},
        kFrom,
        kTo},
       {{kHistoryFrom, kHistoryTo, false}},
       {}},
      {Ledger::kMatters,
       "matters.csv",
       TieKind::kNone,
       {{"matter_id", T::kId, kMust, kFilled, "事项编号"},
        {"procedure", T::kText, kMust, kFilled, "程序"},
        {"version", T::kCount, kMay, kMayBeEmpty, "程序版本"},
        {"opened", T::kText, kMust, kFilled, "开立时间"},
        {"actor", T::kSubject, kMay, kMayBeEmpty, "办理人"}},
       {},
       {},
       /*open=*/true},
      {Ledger::kMatterSteps,
       "matter_steps.csv",
       TieKind::kNone,
       {{"matter_id", T::kId, kMust, kFilled, "事项编号"},
        {"step_no", T::kCount, kMay, kMayBeEmpty, "步骤序号"},
        {"at", T::kText, kMust, kFilled, "办理时间"},
        {"step", T::kText, kMust, kFilled, "步骤"},
        {"actor", T::kSubject, kMay, kMayBeEmpty, "办理人"}},
       {},
       {},
       /*open=*/true},
  };
}

const std::vector<LedgerSpec>& Specs() {
  static const std::vector<LedgerSpec>* const specs = MakeSpecs();
  return *specs;
}

}  // namespace

const LedgerSpec& SpecOf(Ledger ledger) { return Specs()[static_cast<size_t>(ledger)]; }

const LedgerSpec* FindSpec(std::string_view file_name) {
  for (const LedgerSpec& spec : Specs()) {
    if (EqualsIgnoreCase(spec.file, file_name)) return &spec;
  }
  return nullptr;
}

}  // namespace jiceng::ledgers
