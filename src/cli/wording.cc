#include "cli/wording.h"

#include <jiceng/catalogue.h>

#include <algorithm>
#include <iterator>

#include "cli/grid.h"
#include "cli/handles.h"

namespace jiceng::cli {
namespace {

struct Word {
  std::string_view name;
  Text text;
};

constexpr Word kHeadings[] = {
    {"about", {"对象", "About"}},
    {"actor", {"办理人", "Actor"}},
    {"actors", {"由谁办理", "Actors"}},
    {"after", {"改后", "Then"}},
    {"ancestor", {"上级", "Ancestor"}},
    {"at", {"时间", "At"}},
    {"author", {"经办人", "Author"}},
    {"basis", {"依据文件", "Basis"}},
    {"before", {"现在", "Now"}},
    {"begun", {"起算", "Begun"}},
    {"body", {"机构", "Body"}},
    {"body_name", {"机构名称", "Body name"}},
    {"cell", {"内容", "Cell"}},
    {"citation", {"依据", "Citation"}},
    {"citations", {"依据", "Citations"}},
    {"clock", {"时限", "Clock"}},
    {"clocks", {"时限", "Clocks"}},
    {"code", {"代码", "Code"}},
    {"column", {"列", "Column"}},
    {"community", {"社区", "Community"}},
    {"confidence", {"可信度", "Confidence"}},
    {"denominator", {"分母", "Denominator"}},
    {"denominator_after", {"分母(改后)", "Denominator then"}},
    {"denominator_before", {"分母(现在)", "Denominator now"}},
    {"depth", {"层", "Depth"}},
    {"detail", {"说明", "Detail"}},
    {"document", {"文件", "Document"}},
    {"due", {"日期", "Due"}},
    {"employer", {"单位", "Employer"}},
    {"employer_name", {"工作单位", "Employer"}},
    {"entered", {"进入时间", "Entered"}},
    {"evaluable", {"可检查", "Evaluable"}},
    {"example", {"例", "Example"}},
    {"facts", {"事实", "Facts"}},
    {"fed_back_on", {"反馈日期", "Fed back on"}},
    {"fields", {"填写", "Fields"}},
    {"file", {"台账", "Ledger"}},
    {"findings", {"不符合数", "Unmet"}},
    {"first", {"先任", "Held first"}},
    {"form", {"《反馈表》文号", "Form no."}},
    {"from", {"起", "From"}},
    {"from_name", {"一端名称", "From name"}},
    {"from_node", {"一端", "From node"}},
    {"guards", {"条件", "Guards"}},
    {"hash", {"校验值", "Hash"}},
    {"held", {"任职数", "Held"}},
    {"holder", {"任职人", "Holder"}},
    {"holder_name", {"姓名", "Holder name"}},
    {"holders", {"人数", "Holders"}},
    {"hours", {"时数", "Hours"}},
    {"id", {"编号", "Id"}},
    {"in_force_from", {"施行", "In force"}},
    {"in_force_to", {"失效", "Until"}},
    {"indicator", {"指标", "Indicator"}},
    {"is_denominator", {"分母(另一日区划)", "Denominator as is"}},
    {"is_numerator", {"分子(另一日区划)", "Numerator as is"}},
    {"key", {"项目", "Item"}},
    {"kind", {"类别", "Kind"}},
    {"kinds", {"机构类别", "Kinds"}},
    {"level", {"层级", "Level"}},
    {"manner", {"任职方式", "Manner"}},
    {"mapping", {"对应", "Mapping"}},
    {"matter", {"事项", "Matter"}},
    {"measure", {"项目", "Measure"}},
    {"members", {"党员", "Members"}},
    {"message", {"说明", "Message"}},
    {"moved_on", {"搬离日期", "Moved away on"}},
    {"name", {"名称", "Name"}},
    {"node", {"节点", "Node"}},
    {"norm", {"要求", "Norm"}},
    {"number", {"序", "No."}},
    {"numerator", {"分子", "Numerator"}},
    {"numerator_after", {"分子(改后)", "Numerator then"}},
    {"numerator_before", {"分子(现在)", "Numerator now"}},
    {"on", {"启用", "On"}},
    {"only_relayed", {"只转不办", "Only relayed"}},
    {"opened", {"开立", "Opened"}},
    {"operation", {"操作", "Operation"}},
    {"other", {"另一方", "Other"}},
    {"other_name", {"另一方名称", "Other name"}},
    {"override", {"可否改", "Override"}},
    {"pack", {"政策包", "Pack"}},
    {"parameters", {"参数", "Parameters"}},
    {"part", {"一方", "Part"}},
    {"parts", {"组成", "Parts"}},
    {"person", {"人员", "Person"}},
    {"person_name", {"姓名", "Person name"}},
    {"place", {"所在地", "Place"}},
    {"posts", {"认领岗位", "Posts"}},
    {"priority", {"优先级", "Priority"}},
    {"procedure", {"程序", "Procedure"}},
    {"rate", {"比率", "Rate"}},
    {"reason", {"原因", "Reason"}},
    {"recorded_at", {"记录时间 (UTC)", "Recorded at (UTC)"}},
    {"register_no", {"台账编号", "Register no."}},
    {"reported_on", {"报到日期", "Reported on"}},
    {"role", {"岗位", "Role"}},
    {"row", {"行", "Row"}},
    {"rows", {"行数", "Rows"}},
    {"rule", {"规则", "Rule"}},
    {"seq", {"序号", "Seq"}},
    {"services", {"服务次数", "Services"}},
    {"setting", {"设定项", "Setting"}},
    {"since", {"自", "Since"}},
    {"source", {"出处", "Source"}},
    {"state", {"状态", "State"}},
    {"state_title", {"状态", "State"}},
    {"status", {"结论", "Status"}},
    {"step", {"步", "Step"}},
    {"subject", {"对象", "Subject"}},
    {"subjects", {"对象", "Subjects"}},
    {"tie", {"关系编号", "Tie"}},
    {"tier", {"层次", "Tier"}},
    {"ties", {"关系", "Ties"}},
    {"title", {"标题", "Title"}},
    {"to", {"止", "To"}},
    {"to_name", {"另一端名称", "To name"}},
    {"to_node", {"另一端", "To node"}},
    {"told", {"填写", "Told"}},
    {"unit", {"单元", "Unit"}},
    {"until", {"至", "Until"}},
    {"used_for", {"运用", "Used for"}},
    {"valid", {"有效", "Valid"}},
    {"value", {"数值", "Value"}},
    {"version", {"版本", "Version"}},
    {"waived", {"已豁免", "Waived"}},
    {"warning", {"提醒", "Warning"}},
    {"was_denominator", {"分母(当日区划)", "Denominator as was"}},
    {"was_numerator", {"分子(当日区划)", "Numerator as was"}},
    {"what", {"事项", "What"}},
    {"withheld", {"未随转", "Withheld"}},
};

// Values of closed lists that are not in the library's catalogue of kinds and roles.
constexpr Word kTitles[] = {
    // levels of units
    {"province", {"省级", "province"}},
    {"city", {"地市", "city"}},
    {"district", {"区县", "district"}},
    {"street", {"街道乡镇", "street"}},
    {"community", {"社区村", "community"}},
    {"grid", {"网格", "grid"}},
    {"micro_grid", {"微网格", "micro-grid"}},
    // kinds of nodes
    {"unit", {"治理单元", "unit"}},
    {"organization", {"组织", "organisation"}},
    {"person", {"人员", "person"}},
    // levels of norms and verdicts
    {"must", {"应当", "must"}},
    {"must_not", {"不得", "must not"}},
    {"should", {"宜", "should"}},
    {"may", {"可以", "may"}},
    {"metric", {"指标", "metric"}},
    {"met", {"符合", "met"}},
    {"unmet", {"不符合", "unmet"}},
    {"unknown", {"未知", "unknown"}},
    {"not_applicable", {"不适用", "n/a"}},
    {"true", {"是", "yes"}},
    {"false", {"否", "no"}},
    // kinds of ties
    {"territory", {"属地层级", "territory"}},
    {"party_line", {"党组织隶属", "party line"}},
    {"admin_line", {"行政领导", "admin line"}},
    {"guidance", {"业务指导", "guidance"}},
    {"supervision", {"监督", "supervision"}},
    {"dispatch", {"派驻", "dispatch"}},
    {"seat", {"所在地", "seat"}},
    {"covers", {"覆盖", "covers"}},
    {"overlay", {"片区", "overlay"}},
    {"grid_mapping", {"多网映射", "grid mapping"}},
    {"alliance", {"联盟", "alliance"}},
    {"pairing", {"结对联建", "pairing"}},
    {"service", {"物业服务", "service"}},
    {"affiliation", {"组织关系", "affiliation"}},
    {"employment", {"工作单位", "employment"}},
    {"residence", {"居住", "residence"}},
    {"appointment", {"任职", "appointment"}},
    {"report", {"报到", "report"}},
    {"liaison", {"包联", "liaison"}},
    {"recusal", {"回避申报", "recusal"}},
    // manners
    {"formal", {"正式", "formal"}},
    {"temporary", {"临时", "temporary"}},
    {"floating", {"流动", "floating"}},
    {"functional", {"功能型", "functional"}},
    {"elected", {"选举", "elected"}},
    {"appointed", {"任命", "appointed"}},
    {"part_time", {"兼职", "part-time"}},
    {"acting", {"代理", "acting"}},
    {"seconded", {"挂职", "seconded"}},
    {"ex_officio", {"当然", "ex officio"}},
    // posts
    {"vacant", {"空缺", "vacant"}},
    {"own", {"专任", "own"}},
    {"also", {"另有更早岗位", "held another first"}},
    {"several", {"多人", "several"}},
    // what became of units
    {"exact", {"可对应", "exact"}},
    {"partial", {"部分可对应", "partial"}},
    {"gone", {"已撤销，不能对应", "gone"}},
    {"new", {"新设，不能对应", "new"}},
    // what becomes of posts
    {"begins", {"就任", "begins"}},
    {"ends", {"离任", "ends"}},
    {"filled", {"补缺", "filled"}},
    // pairings
    {"same_alliance", {"联盟内", "same alliance"}},
    {"other_alliance", {"联盟间", "between alliances"}},
    {"outside_system", {"区域内体系外", "outside the system"}},
    {"outside_area", {"区域外", "outside the area"}},
    // what is known of a node
    {"name", {"名称", "name"}},
    {"node_kind", {"种类", "node"}},
    {"lifetime", {"存续", "lifetime"}},
    {"level", {"层级", "level"}},
    {"households", {"户数", "households"}},
    {"population", {"人口", "population"}},
    {"parent_code", {"上级代码", "parent code"}},
    {"kind", {"类别", "kind"}},
    {"parent_id", {"上级组织", "parent"}},
    {"unit_code", {"所在单元", "unit"}},
    {"party_status", {"党员身份", "party status"}},
    {"in_service", {"在职", "in service"}},
    {"joined_on", {"入党日期", "joined on"}},
    {"full_on", {"转正日期", "full on"}},
    {"sex", {"性别", "sex"}},
    {"code", {"代码", "code"}},
    {"uscc", {"统一社会信用代码", "USCC"}},
    {"party_code", {"党组织代码", "Party code"}},
    {"staff_number", {"工号", "staff number"}},
    // what turns by time alone
    {"term_ends", {"任期届满", "term ends"}},
    {"probation_ends", {"预备期满", "probation ends"}},
    {"tie_begins", {"关系开始", "tie begins"}},
    {"tie_ends", {"关系终止", "tie ends"}},
    {"node_begins", {"设立", "begins"}},
    {"node_ends", {"撤销", "ends"}},
    {"matter_due", {"事项到期", "matter due"}},
    {"rule_unmet", {"将不符合", "no longer met"}},
    // measures
    {"members.full", {"正式党员", "full members"}},
    {"members.probationary", {"预备党员", "probationary members"}},
    {"organizations", {"组织", "organisations"}},
    {"units", {"治理单元", "units"}},
    {"grids", {"网格", "grids"}},
    {"branches", {"支部", "branches"}},
    // kinds of codes
    {"citizen_id", {"公民身份号码", "citizen number"}},
    {"division", {"区划代码", "division code"}},
    // what is wrong with a code
    {"ALPHABET", {"有不该有的字符", "a character that may not stand there"}},
    {"BIRTH_DATE", {"出生日期不存在", "the birth date does not exist"}},
    {"CHECK_CHARACTER", {"校验位不符", "the check character is wrong"}},
    {"LENGTH", {"长度不对", "the length is wrong"}},
    // operations of commits
    {"init", {"建库", "init"}},
    {"import", {"导入", "import"}},
    {"apply", {"变更", "apply"}},
    {"revert", {"撤销", "revert"}},
    {"erase", {"删除个人信息", "erase"}},
};

constexpr std::string_view kColumnsWithTitles[] = {"evaluable", "key",     "kind", "kinds",     "level",  "manner",
                                                   "mapping",   "measure", "norm", "operation", "reason", "role",
                                                   "state",     "status",  "tier", "valid",     "waived", "what"};

}  // namespace

Wording::Wording(Lang lang) : lang_(lang) {
  for (const Word& word : kTitles) titles_.emplace(word.name, word.text.In(lang));
  // A catalogue that cannot be read leaves the identifiers to stand for themselves.
  for (auto* list : {&jiceng_organization_kinds, &jiceng_roles}) {
    Table table;
    if (list(static_cast<int32_t>(lang), Out(table), nullptr) != JICENG_OK) continue;
    const Grid grid = Grid::Of(table.get());
    const int id = grid.Find("id"), title = grid.Find("title");
    if (id < 0 || title < 0) continue;
    for (int64_t r = 0; r < grid.rows(); ++r) titles_.insert_or_assign(grid.Plain(r, id), grid.Plain(r, title));
  }
}

std::string Wording::Heading(std::string_view column) const {
  const Word* word = std::lower_bound(std::begin(kHeadings), std::end(kHeadings), column,
                                      [](const Word& w, std::string_view name) { return w.name < name; });
  if (word == std::end(kHeadings) || word->name != column) return std::string(column);
  return word->text.In(lang_);
}

bool Wording::HasTitles(std::string_view column) {
  return std::find(std::begin(kColumnsWithTitles), std::end(kColumnsWithTitles), column) !=
         std::end(kColumnsWithTitles);
}

std::string_view Wording::Title(std::string_view column, std::string_view cell) const {
  if (!HasTitles(column)) return cell;
  const auto found = titles_.find(cell);
  return found == titles_.end() ? cell : std::string_view(found->second);
}

}  // namespace jiceng::cli
