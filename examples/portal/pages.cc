#include "pages.h"

#include <nlohmann/json.hpp>

#include "html.h"

namespace portal {
namespace {

using Json = nlohmann::ordered_json;

// What jiceng_count() gives, in the order in which a page has it.
constexpr const char* kMeasures[] = {"members.full", "members.probationary", "branches", "organizations", "units",
                                     "grids"};

// "org:1/2" is at /org/1%2F2.
std::string PathOf(const std::string& node) {
  const size_t colon = node.find(':');
  if (colon == std::string::npos) return "/";
  return "/" + node.substr(0, colon) + "/" + Percent(std::string_view(node).substr(colon + 1));
}

bool InEnglish(const Asked& asked) { return asked.titles->language() == jiceng::Language::kEnglish; }

// The address of a page: the day and the language go along where they were asked for.
std::string Url(const Asked& asked, const std::string& path, const std::string& query = "") {
  std::string all = query;
  const auto add = [&](const std::string& parameter) { all += (all.empty() ? "" : "&") + parameter; };
  if (asked.day_given) add("date=" + asked.day.ToString());
  if (InEnglish(asked)) add("lang=en");
  return path + (all.empty() ? "" : "?" + all);
}

Html LinkTo(const Asked& asked, const Node& node) {
  Html html;
  const bool has_page = node.seen && !node.id.empty() && node.id.compare(0, 6, "store:") != 0;
  if (has_page) {
    html << "<a href=\"" << Url(asked, PathOf(node.id)) << "\">" << (node.name.empty() ? node.id : node.name) << "</a>";
  } else {
    html << (node.id.empty() ? "—" : node.id);
  }
  return html;
}

// The frame of every page: search, day, language.
std::string Page(const Asked& asked, const std::string& title, const Html& main) {
  const Titles& titles = *asked.titles;
  const bool english = InEnglish(asked);
  const std::string site = titles.Say("基层组织", "Grassroots organisation");
  Html kept, html;
  if (english) kept << "<input type=\"hidden\" name=\"lang\" value=\"en\">";
  html << "<!DOCTYPE html>\n<html lang=\"" << std::string(english ? "en" : "zh-CN")
       << "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
          "initial-scale=1\">\n"
          "<title>"
       << title << " · " << site
       << "</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n<header>\n"
       << "<a class=\"home\" href=\"" << Url(asked, "/") << "\">" << site << "</a>\n";

  html << "<form action=\"/search\" role=\"search\"><label>" << titles.Say("名称或编号", "Name or id")
       << " <input type=\"search\" name=\"q\" value=\"" << asked.text << "\" maxlength=\"200\"></label>" << kept;
  if (asked.day_given) html << "<input type=\"hidden\" name=\"date\" value=\"" << asked.day.ToString() << "\">";
  html << "<button>" << titles.Say("查找", "Search") << "</button></form>\n";

  // Without an action a form goes to the page it stands on.
  html << "<form><label>" << titles.Say("日期", "As of") << " <input type=\"date\" name=\"date\" value=\""
       << asked.day.ToString() << "\" required></label>" << kept;
  if (!asked.text.empty()) html << "<input type=\"hidden\" name=\"q\" value=\"" << asked.text << "\">";
  if (!asked.rule.empty()) html << "<input type=\"hidden\" name=\"rule\" value=\"" << asked.rule << "\">";
  html << "<button>" << titles.Say("查看", "Show") << "</button></form>\n";

  std::string turned = "?";
  const auto add = [&](const std::string& parameter) { turned += (turned.size() == 1 ? "" : "&") + parameter; };
  if (!asked.text.empty()) add("q=" + Percent(asked.text));
  if (!asked.rule.empty()) add("rule=" + Percent(asked.rule));
  if (asked.day_given) add("date=" + asked.day.ToString());
  if (!english) add("lang=en");
  html << "<a href=\"" << turned << "\">" << std::string(english ? "中文" : "English") << "</a>\n</header>\n<main>\n"
       << main << "</main>\n<footer>"
       << titles.Say("数据截至所选日期。人员只在任职处列名，党员只计人数。结论由规则得出，不是法律意见。",
                     "As of the day chosen. People are named where they hold a post; members are counted, not listed. "
                     "Verdicts follow from the rules and are no legal advice.")
       << "</footer>\n</body>\n</html>\n";
  return html.Take();
}

Html Heading(const Asked& asked, const Node& node) {
  Html html;
  html << "<h1>" << (node.name.empty() ? node.id : node.name) << "</h1>\n<p class=\"sub\"><code>" << node.id
       << "</code> " << node.kind << " · " << asked.day.ToString() << "</p>\n";
  return html;
}

// The way to the sections further down.
Html Contents(const Asked& asked, const Body& body) {
  const Titles& titles = *asked.titles;
  Html html;
  if (!body.below.empty()) html << "<a href=\"#below\">" << titles.Say("下级", "Below") << "</a> · ";
  html << "<a href=\"#findings\">" << titles.Say("体检结论", "Findings") << "</a>";
  return html;
}

Html NodeTable(const Asked& asked, const std::vector<Node>& nodes) {
  const Titles& titles = *asked.titles;
  Html html;
  html << "<table><thead><tr><th>" << titles.Say("名称", "Name") << "</th><th>" << titles.Say("类别", "Kind")
       << "</th><th>" << titles.Say("编号", "Id") << "</th><th class=\"n\">" << titles.Say("党员", "Members")
       << "</th></tr></thead>\n<tbody>\n";
  for (const Node& node : nodes)
    html << "<tr><td>" << LinkTo(asked, node) << "</td><td>" << node.kind << "</td><td><code>" << node.id
         << "</code></td><td class=\"n\">" << node.members << "</td></tr>\n";
  html << "</tbody></table>\n";
  return html;
}

Html More(const Asked& asked, int64_t more) {
  Html html;
  if (more > 0)
    html << "<p class=\"note\">" << asked.titles->Say("另有 ", "") << more
         << asked.titles->Say(" 个未列出。", " more are not listed.") << "</p>\n";
  return html;
}

Html PostTable(const Asked& asked, const std::vector<Post>& posts, const std::string& where) {
  const Titles& titles = *asked.titles;
  Html html;
  html << "<table class=\"posts\"><thead><tr><th>" << titles.Say("岗位", "Post") << "</th><th>"
       << titles.Say("状态", "State") << "</th><th>" << where << "</th><th>" << titles.Say("方式", "Manner")
       << "</th><th>" << titles.Say("起", "Since") << "</th></tr></thead>\n<tbody>\n";
  for (const Post& post : posts)
    html << "<tr data-state=\"" << post.state << "\"><td>" << post.role << "</td><td><span class=\"tag " << post.state
         << "\">" << titles.State(post.state) << "</span></td><td>" << LinkTo(asked, post.node) << "</td><td>"
         << post.manner << "</td><td>" << post.since.ToString() << "</td></tr>\n";
  html << "</tbody></table>\n";
  return html;
}

Html EstablishmentTable(const Asked& asked, const std::vector<Establishment>& establishments) {
  const Titles& titles = *asked.titles;
  Html html;
  html << "<table class=\"establishment\"><thead><tr><th>" << titles.Say("组织类别", "Bodies") << "</th><th>"
       << titles.Say("岗位", "Post") << "</th><th class=\"n\">" << titles.Say("个数", "How many")
       << "</th><th class=\"n\">" << titles.State("filled") << "</th><th class=\"n\">" << titles.State("acting")
       << "</th><th class=\"n\">" << titles.State("vacant") << "</th></tr></thead>\n<tbody>\n";
  for (const Establishment& row : establishments)
    html << "<tr><td>" << row.where << "</td><td>" << row.role << "</td><td class=\"n\">" << row.bodies
         << "</td><td class=\"n\">" << row.filled << "</td><td class=\"n\">" << row.acting << "</td><td class=\"n\">"
         << row.vacant << "</td></tr>\n";
  html << "</tbody></table>\n";
  for (const Establishment& row : establishments) {
    if (row.gaps.empty()) continue;
    html << "<details><summary>" << titles.Say("空缺：", "Vacant: ") << row.where << " " << row.role << " ("
         << row.vacant << ")</summary><ul>\n";
    for (const Node& gap : row.gaps) html << "<li>" << LinkTo(asked, gap) << "</li>\n";
    html << "</ul>" << More(asked, row.vacant - static_cast<int64_t>(row.gaps.size())) << "</details>\n";
  }
  return html;
}

Html TextItems(const std::string& title, const std::vector<std::string>& texts) {
  Html html;
  if (texts.empty()) return html;
  html << "<dt>" << title << "</dt>";
  for (const std::string& text : texts) html << "<dd>" << text << "</dd>";
  html << "\n";
  return html;
}

Html FindingArticle(const Asked& asked, const Finding& finding, const std::string& self) {
  const Titles& titles = *asked.titles;
  Html html;
  html << "<article class=\"finding\" data-rule=\"" << finding.rule << "\"><h3><span class=\"tag " << finding.status
       << "\">" << titles.State(finding.status) << "</span> ";
  if (finding.waived) html << "<span class=\"tag waived\">" << titles.Say("已豁免", "waived") << "</span> ";
  if (finding.subject.id != self) html << LinkTo(asked, finding.subject) << " · ";
  html << finding.message << "</h3>\n<dl>\n<dt>" << titles.Say("规则", "Rule") << "</dt><dd>" << finding.title
       << " <code>" << finding.rule << "</code> (" << finding.level << ")</dd>\n"
       << TextItems(titles.Say("依据", "Citation"), finding.citations)
       << TextItems(titles.Say("尚缺", "Missing"), finding.missing);
  if (!finding.since.is_none())
    html << "<dt>" << titles.Say("起", "Since") << "</dt><dd>" << finding.since.ToString() << "</dd>\n";
  html << "</dl>\n";
  if (!finding.facts.empty() || finding.hidden > 0) {
    html << "<details><summary>" << titles.Say("所据事实", "What it rests on") << "</summary><ul>\n";
    for (const std::string& fact : finding.facts) html << "<li><code>" << fact << "</code></li>\n";
    if (finding.hidden > 0)
      html << "<li>" << finding.hidden << titles.Say(" 项涉及个人，不列出", " about people, not listed") << "</li>\n";
    html << "</ul></details>\n";
  }
  html << "</article>\n";
  return html;
}

Html FindingsSection(const Asked& asked, const Body& body) {
  const Titles& titles = *asked.titles;
  const Findings& findings = body.findings;
  const std::string path = PathOf(body.self.id);
  Html html;
  html << "<section id=\"findings\"><h2>" << titles.Say("体检结论", "Findings") << "</h2>\n";
  if (!asked.rule.empty())
    html << "<p><a href=\"" << Url(asked, path) << "\">" << titles.Say("← 所有规则", "← all rules") << "</a></p>\n";
  if (findings.rules.empty()) {
    html << "<p>" << titles.Say("没有发现问题。", "Nothing found.") << "</p></section>\n";
    return html;
  }
  html << "<table class=\"rules\"><thead><tr><th>" << titles.Say("规则", "Rule") << "</th><th></th><th class=\"n\">"
       << titles.State("unmet") << "</th></tr></thead>\n<tbody>\n";
  for (const RuleCount& rule : findings.rules) {
    html << "<tr data-rule=\"" << rule.rule << "\"><td>";
    if (rule.listed > 0) {
      html << "<a href=\"" << Url(asked, path, "rule=" + Percent(rule.rule)) << "\">" << rule.title << "</a>";
    } else {
      html << rule.title << " <span class=\"note\">"
           << titles.Say("（涉及个人，只计数）", "(about people: counted only)") << "</span>";
    }
    html << "</td><td><code>" << rule.rule << "</code></td><td class=\"n\">" << rule.unmet << "</td></tr>\n";
  }
  html << "</tbody></table>\n";
  for (const Finding& finding : findings.rows) html << FindingArticle(asked, finding, body.self.id);

  const int64_t shown = findings.first + static_cast<int64_t>(findings.rows.size());
  if (findings.listed > kFindingsOnAPage) {
    const std::string rule = asked.rule.empty() ? "" : "&rule=" + Percent(asked.rule);
    html << "<p class=\"pages\">";
    if (findings.first > 0)
      html << "<a rel=\"prev\" href=\"" << Url(asked, path, "page=" + std::to_string(asked.page - 1) + rule) << "\">"
           << titles.Say("← 上一页", "← Back") << "</a> ";
    if (!findings.rows.empty()) html << findings.first + 1 << "–" << shown << " / ";
    html << findings.listed;
    if (shown < findings.listed)
      html << " <a rel=\"next\" href=\"" << Url(asked, path, "page=" + std::to_string(asked.page + 1) + rule) << "\">"
           << titles.Say("下一页 →", "Next →") << "</a>";
    html << "</p>\n";
  }
  html << "</section>\n";
  return html;
}

Json ToJson(const Node& node) {
  Json json = {{"node", node.id}, {"name", node.name}, {"kind", node.kind}};
  if (!node.place.empty()) json["place"] = node.place;
  return json;
}

Json ToJson(const std::vector<Node>& nodes, bool with_members = false) {
  Json list = Json::array();
  for (const Node& node : nodes) {
    list.push_back(ToJson(node));
    if (with_members) list.back()["members"] = node.members;
  }
  return list;
}

Json ToJson(jiceng::Date date) { return date.is_none() ? Json() : Json(date.ToString()); }

Json ToJson(const std::vector<Post>& posts, const char* where) {
  Json list = Json::array();
  for (const Post& post : posts) {
    list.push_back({{"role", post.role},
                    {"state", post.state},
                    {"manner", post.manner},
                    {where, post.node.id.empty() ? Json() : ToJson(post.node)},
                    {"since", ToJson(post.since)}});
  }
  return list;
}

// Text that came with a request may be no UTF-8.
std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string FrontPage(const Asked& asked, const std::vector<Node>& top, int64_t seq) {
  const Titles& titles = *asked.titles;
  Html main;
  main << "<h1>" << titles.Say("从哪里看起", "Where to begin") << "</h1>\n";
  if (top.empty()) {
    main << "<p>" << titles.Say("这一天没有单元。", "There is no unit on this day.") << "</p>\n";
  } else {
    main << NodeTable(asked, top);
  }
  main << "<p class=\"sub\">" << titles.Say("提交序号 ", "Commit ") << seq << "</p>\n";
  return Page(asked, titles.Say("首页", "Start"), main);
}

std::string SearchPage(const Asked& asked, const Found& found) {
  const Titles& titles = *asked.titles;
  Html main;
  main << "<h1>" << titles.Say("查找", "Search") << "</h1>\n";
  if (asked.text.empty()) {
    main << "<p>" << titles.Say("请输入名称的一部分或编号。", "Give a part of a name, or an id.") << "</p>\n";
  } else if (found.nodes.empty()) {
    main << "<p>"
         << titles.Say("没有找到。人员只找得到任职者。", "Nothing found. Of people only those who hold a post are.")
         << "</p>\n";
  } else {
    main << "<table class=\"found\"><thead><tr><th>" << titles.Say("名称", "Name") << "</th><th>"
         << titles.Say("类别", "Kind") << "</th><th>" << titles.Say("编号", "Id") << "</th><th>"
         << titles.Say("所在", "Place") << "</th></tr></thead>\n<tbody>\n";
    for (const Node& node : found.nodes) {
      Node place;
      place.id = node.place;
      main << "<tr><td>" << LinkTo(asked, node) << "</td><td>" << node.kind << "</td><td><code>" << node.id
           << "</code></td><td>" << LinkTo(asked, place) << "</td></tr>\n";
    }
    main << "</tbody></table>\n";
    if (found.more)
      main << "<p class=\"note\">" << titles.Say("还有更多，请写得更具体。", "There are more: say more of the name.")
           << "</p>\n";
  }
  return Page(asked, titles.Say("查找", "Search"), main);
}

std::string BodyPage(const Asked& asked, const Body& body) {
  const Titles& titles = *asked.titles;
  Html main;
  if (!body.above.empty()) {
    main << "<nav>";
    for (const Node& node : body.above) main << LinkTo(asked, node) << " › ";
    main << "</nav>\n";
  }
  main << Heading(asked, body.self) << "<dl class=\"facts\">\n<dt>" << titles.Say("状态", "Lifetime") << "</dt><dd>"
       << body.lifetime << "</dd>\n";
  for (const auto& fact : body.facts) main << "<dt>" << fact.first << "</dt><dd>" << fact.second << "</dd>\n";
  main << "</dl>\n<p>" << Contents(asked, body) << "</p>\n";

  main << "<section id=\"members\"><h2>" << titles.Say("人数与组织数", "Members and bodies")
       << "</h2>\n<dl class=\"counts\">\n";
  for (const char* measure : kMeasures) {
    const auto count = body.counts.find(measure);
    if (count == body.counts.end()) continue;
    main << "<div data-measure=\"" << count->first << "\"><dt>" << titles.Measure(count->first) << "</dt><dd>"
         << count->second << "</dd></div>\n";
  }
  for (const auto& count : body.affiliations)
    main << "<div><dt>" << titles.Say("组织关系：", "Affiliation: ") << count.first << "</dt><dd>" << count.second
         << "</dd></div>\n";
  main << "</dl>\n</section>\n";

  if (!body.posts.empty())
    main << "<section id=\"posts\"><h2>" << titles.Say("岗位", "Posts") << "</h2>\n"
         << PostTable(asked, body.posts, titles.Say("任职人", "Holder")) << "</section>\n";
  if (!body.establishments.empty())
    main << "<section id=\"establishment\"><h2>" << titles.Say("本级及以下的主要岗位", "Heads here and below")
         << "</h2>\n"
         << EstablishmentTable(asked, body.establishments) << "</section>\n";
  if (!body.links.empty()) {
    main << "<section id=\"links\"><h2>" << titles.Say("关系", "Ties") << "</h2>\n<dl>\n";
    for (const Links& links : body.links) {
      main << "<dt>" << links.tie << (links.up ? " →" : " ←") << "</dt>\n";
      for (const Node& node : links.nodes)
        main << "<dd>" << LinkTo(asked, node) << " <small>" << node.kind << "</small></dd>\n";
      if (links.more > 0) main << "<dd>" << More(asked, links.more) << "</dd>\n";
    }
    main << "</dl>\n</section>\n";
  }
  if (!body.below.empty())
    main << "<section id=\"below\"><h2>" << titles.Say("下级", "Below") << "</h2>\n"
         << NodeTable(asked, body.below) << More(asked, body.more_below) << "</section>\n";
  main << FindingsSection(asked, body);
  return Page(asked, body.self.name.empty() ? body.self.id : body.self.name, main);
}

std::string PersonPage(const Asked& asked, const Person& person) {
  Html main;
  main << Heading(asked, person.self) << "<section id=\"posts\"><h2>" << asked.titles->Say("任职", "Posts held")
       << "</h2>\n"
       << PostTable(asked, person.posts, asked.titles->Say("机构或网格", "Body")) << "</section>\n";
  return Page(asked, person.self.name.empty() ? person.self.id : person.self.name, main);
}

std::string ErrorPage(const Asked& asked, int status, std::string_view why) {
  Html main;
  main << "<h1>" << int64_t{status} << "</h1>\n<p>" << why << "</p>\n<p><a href=\"" << Url(asked, "/") << "\">"
       << asked.titles->Say("回首页", "To the start") << "</a></p>\n";
  return Page(asked, std::to_string(status), main);
}

std::string FrontJson(const Asked& asked, const std::vector<Node>& top, int64_t seq) {
  return Dump({{"date", asked.day.ToString()}, {"seq", seq}, {"top", ToJson(top, true)}});
}

std::string SearchJson(const Asked& asked, const Found& found) {
  return Dump({{"date", asked.day.ToString()}, {"found", ToJson(found.nodes)}, {"more", found.more}});
}

std::string BodyJson(const Asked& asked, const Body& body) {
  Json json = ToJson(body.self);
  json["date"] = asked.day.ToString();
  json["counts"] = Json::object();
  for (const auto& count : body.counts) json["counts"][count.first] = count.second;
  json["above"] = ToJson(body.above);
  json["below"] = ToJson(body.below, true);
  json["more_below"] = body.more_below;
  json["links"] = Json::array();
  for (const Links& links : body.links)
    json["links"].push_back(
        {{"tie", links.tie}, {"up", links.up}, {"nodes", ToJson(links.nodes)}, {"more", links.more}});
  json["posts"] = ToJson(body.posts, "holder");
  json["establishment"] = Json::array();
  for (const Establishment& row : body.establishments)
    json["establishment"].push_back({{"where", row.where},
                                     {"role", row.role},
                                     {"bodies", row.bodies},
                                     {"filled", row.filled},
                                     {"acting", row.acting},
                                     {"vacant", row.vacant}});
  json["rules"] = Json::array();
  for (const RuleCount& rule : body.findings.rules)
    json["rules"].push_back(
        {{"rule", rule.rule}, {"title", rule.title}, {"unmet", rule.unmet}, {"listed", rule.listed}});
  json["findings"] = Json::array();
  for (const Finding& finding : body.findings.rows)
    json["findings"].push_back({{"subject", finding.subject.id},
                                {"name", finding.subject.name},
                                {"rule", finding.rule},
                                {"status", finding.status},
                                {"waived", finding.waived},
                                {"message", finding.message},
                                {"citations", finding.citations},
                                {"missing", finding.missing},
                                {"since", ToJson(finding.since)}});
  json["listed"] = body.findings.listed;
  return Dump(json);
}

std::string PersonJson(const Asked& asked, const Person& person) {
  Json json = ToJson(person.self);
  json["date"] = asked.day.ToString();
  json["posts"] = ToJson(person.posts, "body");
  return Dump(json);
}

std::string ErrorJson(int status, std::string_view why) {
  return Dump({{"status", status}, {"error", std::string(why)}});
}

const char kStyle[] = R"(:root {
  --paper: #f7f6f3; --card: #fff; --ink: #1c2026; --soft: #5a6270; --line: #dfddd6; --accent: #1f567d;
  --bad: #b3261e; --warn: #8a5a00; --good: #2f6b48;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131519; --card: #1a1d22; --ink: #e7e8ea; --soft: #a0a8b4; --line: #30343c; --accent: #85b9db;
    --bad: #ec7367; --warn: #dfa43a; --good: #84be9c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); font-size: 16px; line-height: 1.65; font-variant-numeric: tabular-nums;
  font-family: "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif;
}
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; border-bottom: 1px solid var(--line); }
header .home { font-weight: 700; color: var(--ink); text-decoration: none; margin-right: auto; }
footer { color: var(--soft); font-size: .85rem; border-top: 1px solid var(--line); }
a { color: var(--accent); text-underline-offset: .15em; }
h1 { font-size: 1.7rem; line-height: 1.3; margin: .6rem 0 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 0 0 .4rem; }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 4px; padding: .15rem .5rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
code { font: .85em ui-monospace, Menlo, Consolas, monospace; color: var(--soft); overflow-wrap: anywhere; }
.sub, .note, small { color: var(--soft); }
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { font-size: .85rem; color: var(--soft); font-weight: 600; }
.n { text-align: right; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0; }
dt { color: var(--soft); grid-column: 1; }
dd { margin: 0; grid-column: 2; overflow-wrap: anywhere; }
dl.counts { display: flex; flex-wrap: wrap; gap: .8rem 2rem; }
dl.counts dd { font-size: 1.4rem; }
.finding { background: var(--card); border: 1px solid var(--line); border-left: 3px solid var(--bad); padding: .7rem 1rem; margin: .8rem 0; }
.tag { font-size: .8rem; border: 1px solid currentColor; border-radius: 3px; padding: 0 .35rem; white-space: nowrap; }
.unmet, .vacant { color: var(--bad); }
.unknown, .acting, .waived { color: var(--warn); }
.filled { color: var(--good); }
)";

}  // namespace portal
