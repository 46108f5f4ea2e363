// What a page says, asked of one snapshot.
//
// People are named where they hold a post and nowhere else: members are counted, and verdicts about people are counted
// too.  Pages and the answers for programs are made from the same structs.
#ifndef PORTAL_MODEL_H
#define PORTAL_MODEL_H

#include <cstdint>
#include <jiceng/jiceng.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portal {

struct Node {
  std::string id;  // "org:1000001"
  std::string name;
  std::string kind;     // for reading
  std::string place;    // a node, of what a search found
  int64_t members = 0;  // of what stands below another
  bool seen = true;     // false outside the scope: there is no page
};

struct Links {
  std::string tie;  // for reading
  bool up = false;  // from here to there
  std::vector<Node> nodes;
  int64_t more = 0;  // that are not listed
};

struct Post {
  std::string role;
  std::string state;  // filled, acting, vacant
  std::string manner;
  Node node;  // who holds it, or, of a person, where
  jiceng::Date since;
};

// The posts of one role in the bodies of one kind.
struct Establishment {
  std::string role, where;
  int64_t bodies = 0, filled = 0, acting = 0, vacant = 0;
  std::vector<Node> gaps;  // the vacant ones, the first of them
};

struct Finding {
  Node subject;
  std::string rule, title, level, status, message;
  bool waived = false;
  std::vector<std::string> citations, missing, facts;
  int64_t hidden = 0;  // facts about people
  jiceng::Date since;
};

struct RuleCount {
  std::string rule, title;
  int64_t unmet = 0;   // and not waived
  int64_t listed = 0;  // findings that a page may list: those about people are only counted
};

struct Findings {
  std::vector<RuleCount> rules;
  int64_t listed = 0, first = 0;
  std::vector<Finding> rows;
};

struct Body {
  Node self;
  std::string kind;  // "party_branch", "grid"
  std::string lifetime;
  std::vector<std::pair<std::string, std::string>> facts;
  jiceng::Measures counts;
  std::vector<std::pair<std::string, int64_t>> affiliations;  // by manner
  std::vector<Node> above;                                    // from the top down
  std::vector<Node> below;
  int64_t more_below = 0;
  std::vector<Links> links;
  std::vector<Post> posts;
  std::vector<Establishment> establishments;
  Findings findings;
};

struct Person {
  Node self;
  std::vector<Post> posts;
};

struct Found {
  std::vector<Node> nodes;
  bool more = false;
};

constexpr int64_t kFindingsOnAPage = 50;

// The catalogue's words in one language, by what the tables of answers give.
class Titles {
 public:
  explicit Titles(jiceng::Language language);

  struct Rule {
    std::string id, title;
    std::vector<std::string> citations;
  };

  const std::vector<Rule>& rules() const { return rules_; }
  const Rule* FindRule(std::string_view id) const;
  // A kind of organisation or a level of units.
  std::string Kind(std::string_view id) const;
  std::string Role(std::string_view id) const;
  std::string Role(int32_t number) const;
  std::string Tie(int32_t number) const;
  std::string Manner(int32_t kind, int32_t number) const;
  std::string Measure(std::string_view name) const;
  std::string Level(std::string_view level) const;
  std::string State(std::string_view state) const;
  std::string Say(const char* zh, const char* en) const { return chinese_ ? zh : en; }
  jiceng::Language language() const { return chinese_ ? jiceng::Language::kChinese : jiceng::Language::kEnglish; }

 private:
  bool chinese_;
  std::vector<Rule> rules_;
  std::map<std::string, std::string, std::less<>> kinds_, roles_;
  std::map<int32_t, std::string> roles_by_number_, ties_;
};

// Questions on one day.  What cannot be answered is thrown as jiceng::Failure.
class Model {
 public:
  Model(const jiceng::Snapshot& snapshot, jiceng::Date day, const Titles& titles)
      : snapshot_(snapshot), day_(day), titles_(titles) {}

  // The top of what may be seen: below `scope`, or of everything when that is empty.
  std::vector<Node> Top(const std::string& scope) const;
  Found Search(std::string_view text) const;
  // A unit or an organisation; `rule` limits the findings to one rule.
  Body ReadBody(const std::string& node, const std::string& rule, int64_t page) const;
  // None for someone who holds no post that day.
  std::optional<Person> ReadPerson(const std::string& node) const;

 private:
  // In the order of the numbers; of those out of sight only the id.
  std::vector<Node> Names(const std::vector<int64_t>& numbers) const;
  void Descend(const std::string& node, Body* body) const;
  void Describe(const std::string& node, Body* body) const;
  void Climb(int64_t number, Body* body) const;
  void Link(int64_t number, Body* body) const;
  void Staff(int64_t number, Body* body) const;
  void Establish(const std::string& node, Body* body) const;
  Findings Judge(const std::string& node, const std::string& rule, int64_t page) const;
  std::vector<Post> PostsOf(int64_t person) const;

  const jiceng::Snapshot& snapshot_;
  const jiceng::Date day_;
  const Titles& titles_;
};

}  // namespace portal

#endif  // PORTAL_MODEL_H
