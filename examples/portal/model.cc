#include "model.h"

#include <algorithm>
#include <set>

namespace portal {
namespace {

using jiceng::Row;
using jiceng::Table;

constexpr size_t kListed = 200;     // nodes in one list
constexpr int64_t kSearched = 100;  // found nodes

// Which post heads a body: what this portal looks for, and calls vacant where nobody holds it.
struct Head {
  const char* kind;
  const char* role;
};
constexpr Head kHeads[] = {
    {"grid", "grid_head"},
    {"party_committee", "secretary"},
    {"party_work_committee", "secretary"},
    {"party_general_branch", "secretary"},
    {"party_branch", "secretary"},
    {"party_joint_branch", "secretary"},
    {"residents_committee", "director"},
    {"villagers_committee", "director"},
};

constexpr int32_t kActing = 4;  // the manner of an appointment, see jiceng_tie

bool IsPerson(std::string_view node) { return node.substr(0, 7) == "person:"; }
bool TellsOfPeople(std::string_view text) { return text.find("person:") != std::string_view::npos; }

std::vector<std::string> Strings(jiceng::TextList list) {
  std::vector<std::string> strings;
  for (const std::string_view text : list) strings.emplace_back(text);
  return strings;
}

struct Word {
  const char* name;
  const char* zh;
  const char* en;
};

std::string Lookup(const Word* words, size_t count, std::string_view name, bool chinese) {
  for (size_t i = 0; i < count; ++i) {
    if (words[i].name == name) return chinese ? words[i].zh : words[i].en;
  }
  return std::string(name);
}

constexpr Word kLevels[] = {{"province", "省级", "province"},      {"city", "地市", "city"},
                            {"district", "区县", "district"},      {"street", "街道乡镇", "street"},
                            {"community", "社区村", "community"},  {"grid", "网格", "grid"},
                            {"micro_grid", "微网格", "micro-grid"}};
constexpr Word kManners[] = {{"1", "选举", "elected"}, {"2", "任命", "appointed"}, {"3", "兼职", "part-time"},
                             {"4", "代理", "acting"},  {"5", "挂职", "seconded"},  {"6", "当然", "ex officio"}};
constexpr Word kAffiliations[] = {
    {"1", "正式", "formal"}, {"2", "临时", "temporary"}, {"3", "流动", "floating"}, {"4", "功能型", "functional"}};
constexpr Word kMeasures[] = {{"members.full", "正式党员", "full members"},
                              {"members.probationary", "预备党员", "probationary members"},
                              {"units", "治理单元", "units"},
                              {"grids", "网格", "grids"},
                              {"organizations", "组织", "organisations"},
                              {"branches", "党支部", "Party branches"}};
constexpr Word kNorms[] = {{"must", "应当", "must"},
                           {"must_not", "不得", "must not"},
                           {"should", "宜", "should"},
                           {"may", "可以", "may"},
                           {"metric", "指标", "metric"}};
constexpr Word kStates[] = {{"filled", "在任", "filled"},
                            {"acting", "代理", "acting"},
                            {"vacant", "空缺", "vacant"},
                            {"unmet", "不符合", "unmet"},
                            {"unknown", "无法判断", "unknown"}};

template <size_t N>
std::string Lookup(const Word (&words)[N], std::string_view name, bool chinese) {
  return Lookup(words, N, name, chinese);
}

}  // namespace

Titles::Titles(jiceng::Language language) : chinese_(language == jiceng::Language::kChinese) {
  const Table rules = jiceng::Rules(language).value();
  for (const Row row : rules)
    rules_.push_back(
        {std::string(row["id"].text()), std::string(row["title"].text()), Strings(row["citations"].texts())});
  const Table kinds = jiceng::OrganizationKinds(language).value();
  for (const Row row : kinds) kinds_.emplace(row["id"].text(), row["title"].text());
  const Table roles = jiceng::Roles(language).value();
  for (const Row row : roles) {
    roles_.emplace(row["id"].text(), row["title"].text());
    roles_by_number_.emplace(static_cast<int32_t>(row["number"].number()), row["title"].text());
  }
  const Table ties = jiceng::TieKinds(language).value();
  for (const Row row : ties) ties_.emplace(static_cast<int32_t>(row["number"].number()), row["title"].text());
}

const Titles::Rule* Titles::FindRule(std::string_view id) const {
  for (const Rule& rule : rules_) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

std::string Titles::Kind(std::string_view id) const {
  const auto kind = kinds_.find(id);
  return kind != kinds_.end() ? kind->second : Lookup(kLevels, id, chinese_);
}

std::string Titles::Role(std::string_view id) const {
  const auto role = roles_.find(id);
  return role != roles_.end() ? role->second : std::string(id);
}

std::string Titles::Role(int32_t number) const {
  const auto role = roles_by_number_.find(number);
  return role != roles_by_number_.end() ? role->second : std::to_string(number);
}

std::string Titles::Tie(int32_t number) const {
  const auto tie = ties_.find(number);
  return tie != ties_.end() ? tie->second : std::to_string(number);
}

std::string Titles::Manner(int32_t kind, int32_t number) const {
  const std::string name = std::to_string(number);
  if (number == 0) return "";
  return kind == JICENG_TIE_AFFILIATION ? Lookup(kAffiliations, name, chinese_) : Lookup(kManners, name, chinese_);
}

std::string Titles::Measure(std::string_view name) const { return Lookup(kMeasures, name, chinese_); }
std::string Titles::Level(std::string_view level) const { return Lookup(kNorms, level, chinese_); }
std::string Titles::State(std::string_view state) const { return Lookup(kStates, state, chinese_); }

std::vector<Node> Model::Top(const std::string& scope) const {
  std::vector<Node> top;
  const Table tree = snapshot_.Tree(scope.empty() ? jiceng::kEverything : std::string_view(scope), day_, 1).value();
  for (const Row row : tree) {
    if (top.size() == kListed) break;
    Node node;
    node.id = row["node"].text();
    node.name = row["name"].text();
    node.kind = titles_.Kind(row["kind"].text());
    node.members = row["members"].number();
    if (row["depth"].number() == 0) top.push_back(std::move(node));
  }
  return top;
}

Found Model::Search(std::string_view text) const {
  Found found;
  std::set<std::string> listed;
  const auto add = [&](Node node) {
    if (IsPerson(node.id)) {
      // Of people only those who hold a post, and where: where someone lives is nobody's business here.
      const std::vector<Post> posts = PostsOf(snapshot_.Find(node.id).value());
      if (posts.empty()) return;
      node.kind = posts.front().role;
      node.place = posts.front().node.id;
    }
    if (!listed.insert(node.id).second) return;
    if (found.nodes.size() == static_cast<size_t>(kSearched)) {
      found.more = true;
    } else {
      found.nodes.push_back(std::move(node));
    }
  };
  for (const char* prefix : {"", "unit:", "org:", "person:"}) {
    // Text that is no id is looked for as a name.
    const jiceng::Result<int64_t> number = snapshot_.Find(std::string(prefix).append(text), day_);
    if (number.ok()) add(Names({*number}).front());
  }
  // More than are listed, since people without a post fall out.
  const Table table = snapshot_.Search(text, day_, 20 * kSearched).value();
  for (const Row row : table) {
    Node node;
    node.id = row["node"].text();
    node.name = row["name"].text();
    node.kind = titles_.Kind(row["kind"].text());
    node.place = row["place"].text();
    add(std::move(node));
  }
  return found;
}

Body Model::ReadBody(const std::string& node, const std::string& rule, int64_t page) const {
  Body body;
  const int64_t number = snapshot_.Find(node, day_).value();
  const std::string id = snapshot_.NodeText(number);
  Describe(id.empty() ? node : id, &body);
  Descend(body.self.id, &body);
  body.counts = snapshot_.Count(body.self.id, day_).value();
  Climb(number, &body);
  Link(number, &body);
  Staff(number, &body);
  if (!body.below.empty()) Establish(body.self.id, &body);
  body.findings = Judge(body.self.id, rule, page);
  return body;
}

std::optional<Person> Model::ReadPerson(const std::string& node) const {
  const jiceng::Result<int64_t> number = snapshot_.Find(node, day_);
  if (!number.ok()) return std::nullopt;
  Person person;
  person.posts = PostsOf(*number);
  if (person.posts.empty()) return std::nullopt;
  person.self = Names({*number}).front();
  return person;
}

std::vector<Node> Model::Names(const std::vector<int64_t>& numbers) const {
  std::vector<Node> nodes;
  const Table table = snapshot_.NodesByNumber(numbers, day_).value();
  for (const Row row : table) {
    Node node;
    node.seen = !row["node"].is_null();
    node.id = node.seen ? std::string(row["node"].text()) : snapshot_.NodeText(row["number"].number());
    node.name = row["name"].text();
    if (!IsPerson(node.id)) node.kind = titles_.Kind(row["kind"].text());
    nodes.push_back(std::move(node));
  }
  return nodes;
}

void Model::Describe(const std::string& node, Body* body) const {
  body->self.id = node;
  const Word facts[] = {{"households", "户数", "households"},
                        {"population", "人口", "population"},
                        {"code", "代码", "code"},
                        {"uscc", "统一社会信用代码", "unified social credit code"},
                        {"party_code", "党组织代码", "Party code"}};
  const Table shown = snapshot_.Show(node, day_, titles_.language()).value();
  for (const Row row : shown) {
    const std::string_view section = row["section"].text(), key = row["key"].text();
    if (section == "tie") break;
    const std::string value(row["value"].text());
    if (section == "node") {
      if (key == "name") body->self.name = value;
      if (key == "lifetime") body->lifetime = value;
      continue;
    }
    if (key == "kind" || key == "level") body->self.kind = value;
    for (const Word& fact : facts) {
      if (key == fact.name) body->facts.emplace_back(titles_.Say(fact.zh, fact.en), value);
    }
  }
}

void Model::Descend(const std::string& node, Body* body) const {
  const Table tree = snapshot_.Tree(node, day_, 1).value();
  for (const Row row : tree) {
    if (row["depth"].number() == 0) {
      body->kind = row["kind"].text();
      body->self.members = row["members"].number();
    } else if (body->below.size() == kListed) {
      ++body->more_below;
    } else {
      Node child;
      child.id = row["node"].text();
      child.name = row["name"].text();
      child.kind = titles_.Kind(row["kind"].text());
      child.members = row["members"].number();
      body->below.push_back(std::move(child));
    }
  }
}

void Model::Climb(int64_t number, Body* body) const {
  // An organisation stands where it is seated, a unit in its unit.  The law of the ties has no cycles.
  std::vector<jiceng_tie> ties = snapshot_.NodeTies(number, JICENG_TIE_SEAT, JICENG_TIES_FROM, day_);
  if (ties.empty()) ties = snapshot_.NodeTies(number, JICENG_TIE_TERRITORY, JICENG_TIES_FROM, day_);
  while (!ties.empty()) {
    Node node = Names({ties.front().to}).front();
    if (!node.seen) break;
    body->above.push_back(std::move(node));
    ties = snapshot_.NodeTies(ties.front().to, JICENG_TIE_TERRITORY, JICENG_TIES_FROM, day_);
  }
  std::reverse(body->above.begin(), body->above.end());
}

void Model::Link(int64_t number, Body* body) const {
  std::map<std::pair<int32_t, bool>, std::vector<int64_t>> groups;
  for (const jiceng_tie& tie : snapshot_.NodeTies(number, 0, JICENG_TIES_BOTH, day_)) {
    if (tie.kind > JICENG_TIE_SERVICE) continue;  // ties of people
    const bool up = tie.from == number || tie.kind == JICENG_TIE_PAIRING;
    // What stands below is a list of its own.
    const bool below =
        tie.kind == JICENG_TIE_TERRITORY || tie.kind == JICENG_TIE_SEAT || tie.kind == JICENG_TIE_PARTY_LINE;
    if (!up && below) continue;
    groups[{tie.kind, up}].push_back(tie.from == number ? tie.to : tie.from);
  }
  for (const auto& [key, ends] : groups) {
    Links links;
    links.tie = titles_.Tie(key.first);
    links.up = key.second;
    for (Node& node : Names(ends)) {
      if (node.seen && links.nodes.size() < kListed) {
        links.nodes.push_back(std::move(node));
      } else {
        ++links.more;
      }
    }
    std::sort(links.nodes.begin(), links.nodes.end(), [](const Node& a, const Node& b) { return a.id < b.id; });
    body->links.push_back(std::move(links));
  }
}

void Model::Staff(int64_t number, Body* body) const {
  std::map<int32_t, int64_t> affiliations;
  for (const jiceng_tie& tie : snapshot_.NodeTies(number, JICENG_TIE_AFFILIATION, JICENG_TIES_TO, day_))
    ++affiliations[tie.manner];
  for (const auto& [manner, people] : affiliations)
    body->affiliations.emplace_back(titles_.Manner(JICENG_TIE_AFFILIATION, manner), people);

  std::vector<jiceng_tie> ties = snapshot_.NodeTies(number, JICENG_TIE_APPOINTMENT, JICENG_TIES_TO, day_);
  std::stable_sort(ties.begin(), ties.end(), [](const jiceng_tie& a, const jiceng_tie& b) { return a.role < b.role; });
  std::string head;
  for (const Head& known : kHeads) {
    if (body->kind != known.kind) continue;
    const Table posts = snapshot_.Posts(body->self.id, known.role, known.kind, day_).value();
    for (const Row row : posts) {  // a body that does not exist that day has no post
      if (row["node"].text() == body->self.id && row["state"].text() == "vacant") head = titles_.Role(known.role);
    }
  }
  std::vector<int64_t> holders;
  for (const jiceng_tie& tie : ties) {
    if (holders.size() < kListed) holders.push_back(tie.from);
  }
  const std::vector<Node> named = Names(holders);
  for (const jiceng_tie& tie : ties) {
    Post post;
    post.role = titles_.Role(tie.role);
    post.state = tie.manner == kActing ? "acting" : "filled";
    post.manner = titles_.Manner(JICENG_TIE_APPOINTMENT, tie.manner);
    if (body->posts.size() < named.size()) post.node = named[body->posts.size()];
    post.since = jiceng::Date::FromNumber(tie.valid_from);
    body->posts.push_back(std::move(post));
  }
  if (head.empty()) return;
  Post vacant;
  vacant.role = head;
  vacant.state = "vacant";
  body->posts.insert(body->posts.begin(), std::move(vacant));
}

void Model::Establish(const std::string& node, Body* body) const {
  // Whether whoever holds a post only acts in it, by role and body.
  std::map<std::string, std::map<std::string, bool>> acting;
  for (const Head& head : kHeads) {
    const Table posts = snapshot_.Posts(node, head.role, head.kind, day_).value();
    if (posts.empty()) continue;
    if (acting.find(head.role) == acting.end()) {
      std::map<std::string, bool>& bodies = acting[head.role];
      const Table officers = snapshot_.Officers(node, head.role, day_).value();
      for (const Row row : officers) {
        const bool only_acts = row["manner"].text() == "acting";
        const auto put = bodies.emplace(row["body"].text(), only_acts);
        put.first->second = put.first->second && only_acts;
      }
    }
    const std::map<std::string, bool>& bodies = acting[head.role];
    Establishment establishment;
    establishment.role = titles_.Role(head.role);
    establishment.where = titles_.Kind(head.kind);
    for (const Row row : posts) {
      ++establishment.bodies;
      const std::string id(row["node"].text());
      const auto held = bodies.find(id);
      if (row["state"].text() == "vacant") {
        ++establishment.vacant;
        if (establishment.gaps.size() == kListed) continue;
        Node gap;
        gap.id = id;
        gap.name = row["name"].text();
        establishment.gaps.push_back(std::move(gap));
      } else if (held != bodies.end() && held->second) {
        ++establishment.acting;
      } else {
        ++establishment.filled;
      }
    }
    body->establishments.push_back(std::move(establishment));
  }
}

Findings Model::Judge(const std::string& node, const std::string& rule, int64_t page) const {
  jiceng::AuditOptions options;
  if (!rule.empty()) options.rules.push_back(rule);
  const jiceng::Findings all = snapshot_.Audit(day_, node, options).value();

  Findings findings;
  std::vector<int64_t> own, below;
  std::map<int32_t, int64_t> listed;
  const int64_t self = snapshot_.Find(node, day_).value();
  for (int64_t i = 0; i < all.size(); ++i) {
    const jiceng::Finding finding = all[i];
    std::string subject = snapshot_.NodeText(finding.subject);
    // Someone who lies in the scope on this day and not for good has no text but in the finding.
    if (subject.empty()) subject = all.Read(titles_.language(), i, 1).value()[0]["subject"].text();
    if (IsPerson(subject)) continue;
    ++listed[finding.rule];
    (finding.subject == self ? own : below).push_back(i);
  }
  std::map<std::string, int64_t> listed_by_id;
  for (const auto& [index, count] : listed) listed_by_id[titles_.rules()[static_cast<size_t>(index)].id] = count;
  const jiceng::Measures counts = all.Counts().value();
  for (const auto& [id, unmet] : counts) {
    RuleCount count;
    count.rule = id;
    const Titles::Rule* known = titles_.FindRule(id);
    if (known != nullptr) count.title = known->title;
    count.unmet = unmet;
    count.listed = listed_by_id[id];
    if (count.unmet != 0 || count.listed != 0) findings.rules.push_back(std::move(count));
  }

  own.insert(own.end(), below.begin(), below.end());
  findings.listed = static_cast<int64_t>(own.size());
  findings.first = std::min(findings.listed, page * kFindingsOnAPage);
  const int64_t last = std::min(findings.listed, findings.first + kFindingsOnAPage);
  for (int64_t i = findings.first; i < last; ++i) {
    const Table table = all.Read(titles_.language(), own[static_cast<size_t>(i)], 1).value();
    const Row row = table[0];
    Finding finding;
    finding.subject.id = row["subject"].text();
    finding.subject.name = row["name"].text();
    finding.subject.place = row["place"].text();
    finding.rule = row["rule"].text();
    finding.level = titles_.Level(row["level"].text());
    finding.status = row["status"].text();
    finding.waived = row["waived"].truth();
    finding.since = row["since"].date();
    const Titles::Rule* known = titles_.FindRule(finding.rule);
    if (known != nullptr) {
      finding.title = known->title;
      finding.citations = known->citations;
    }
    finding.message = row["message"].text();
    if (TellsOfPeople(finding.message)) finding.message = titles_.Say("涉及个人，不列明细", "about people: no details");
    for (std::string& text : Strings(row["missing"].texts())) {
      if (TellsOfPeople(text)) {
        ++finding.hidden;
      } else {
        finding.missing.push_back(std::move(text));
      }
    }
    for (std::string& text : Strings(row["facts"].texts())) {
      if (TellsOfPeople(text)) {
        ++finding.hidden;
      } else {
        finding.facts.push_back(std::move(text));
      }
    }
    findings.rows.push_back(std::move(finding));
  }
  return findings;
}

std::vector<Post> Model::PostsOf(int64_t person) const {
  std::vector<Post> posts;
  const std::vector<jiceng_tie> ties = snapshot_.NodeTies(person, JICENG_TIE_APPOINTMENT, JICENG_TIES_FROM, day_);
  std::vector<int64_t> bodies;
  for (const jiceng_tie& tie : ties) bodies.push_back(tie.to);
  std::vector<Node> named = Names(bodies);
  for (const jiceng_tie& tie : ties) {
    Post post;
    post.role = titles_.Role(tie.role);
    post.state = tie.manner == kActing ? "acting" : "filled";
    post.manner = titles_.Manner(JICENG_TIE_APPOINTMENT, tie.manner);
    post.node = std::move(named[posts.size()]);
    post.since = jiceng::Date::FromNumber(tie.valid_from);
    posts.push_back(std::move(post));
  }
  return posts;
}

}  // namespace portal
