// The questions to a peer that speaks SQL.  `Engine` is the peer's own: how it is opened, loaded and measured, and its
// statements, which are bound by name and run into a sink.
#ifndef JICENG_BENCHMARKS_SQL_SIDE_H_
#define JICENG_BENCHMARKS_SQL_SIDE_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "benchmarks/answer.h"
#include "benchmarks/fail.h"
#include "benchmarks/options.h"
#include "benchmarks/sample.h"

namespace jiceng::benchmarks {

// The day `days` before a day.
int32_t DayBefore(int32_t date, int days);

// The text of the third column is a list.
template <class Sink>
class ListLast {
 public:
  explicit ListLast(Sink& sink) : sink_(sink) {}
  void Text(std::string_view text) {
    if (column_++ < 2) return sink_.Text(text);
    while (!text.empty()) {
      const size_t comma = std::min(text.find(','), text.size());
      sink_.ListItem(text.substr(0, comma));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
  }
  void Int(int64_t) { Fail("a number where texts are"); }
  void Null() { Fail("nothing where texts are"); }
  void EndRow() {
    column_ = 0;
    sink_.EndRow();
  }

 private:
  Sink& sink_;
  int column_ = 0;
};

// The first number of the last row, 0 without rows.
class OneNumber {
 public:
  void Text(std::string_view) { Fail("a text where a number is"); }
  void Int(int64_t value) { value_ = value; }
  void Null() {}
  void EndRow() {}
  int64_t value() const { return value_; }

 private:
  int64_t value_ = 0;
};

template <class Engine>
class SqlSide : public Engine {
 public:
  using Engine::Engine;

  // One commit: the person has reported to the community on that day.
  void Report(const std::string& person, const std::string& community, int32_t day) {
    OneNumber none;
    Get("report").Bind(":person", IdOf(person)).Bind(":unit", IdOf(community)).Bind(":d", day).Run(none);
  }

  int64_t Find(const std::string& node) {
    OneNumber number;
    Get("number." + node.substr(0, node.find(':'))).Bind(":id", IdOf(node)).Run(number);
    return number.value();
  }

  // Findings as numbers, which are what is timed: rule, subject.
  template <class Sink>
  void Audit(int32_t date, Sink& sink) {
    for (const char* name :
         {"audit.branches", "audit.grid.head-vacant", "audit.term.expired", kDeadline, "audit.report.duplicate"}) {
      auto& statement = Get(name).Bind(":d", date);
      if (name == kDeadline) statement.Bind(":cutoff", DayBefore(date, kDeadlineDays));
      statement.Run(sink);
    }
  }
  // The findings in words: rule, subject.
  void AuditInWords(int32_t date, KeepingSink& sink) {
    std::map<std::string, Ids> ids;
    for (const char* kind : {"unit", "org", "person"}) Get(std::string("ids.") + kind).Run(ids[kind]);
    InWords words{sink, ids};
    Audit(date, words);
  }

  template <class Sink>
  void Rollup(const char* indicator, int32_t date, Sink& sink) {
    Get(std::string("rollup.") + indicator).Bind(":d", date).Run(sink);
  }
  template <class Sink>
  void Unreported(const std::string& unit, int32_t date, Sink& sink) {
    Get("unreported").Bind(":d", date).Bind(":unit", IdOf(unit)).Run(sink);
  }
  template <class Sink>
  void Members(const std::string& unit, int32_t date, Sink& sink) {
    Get("members").Bind(":d", date).Bind(":unit", IdOf(unit)).Run(sink);
  }
  template <class Sink>
  void Officers(const std::string& unit, const char* role, int32_t date, Sink& sink) {
    Get("officers").Bind(":d", date).Bind(":unit", IdOf(unit)).Bind(":role", std::string_view(role)).Run(sink);
  }
  template <class Sink>
  void CommitteeSecretaries(const std::string& unit, const Sample&, int32_t date, Sink& sink) {
    Get("committee-secretaries").Bind(":d", date).Bind(":unit", IdOf(unit)).Run(sink);
  }
  template <class Sink>
  void CrossAppointments(const std::string& unit, int32_t date, Sink& sink) {
    ListLast<Sink> lists(sink);
    Get("cross-appointments").Bind(":d", date).Bind(":unit", IdOf(unit)).Run(lists);
  }
  bool IsUnder(int64_t person, int64_t unit, int32_t date) {
    if (under_ == nullptr) under_ = &Get("person-under-unit");
    OneNumber yes;
    under_->Bind(":p", person).Bind(":u", unit).Bind(":d", date).Run(yes);
    return yes.value() != 0;
  }
  bool IsUnder(const std::string& person, const std::string& unit, int32_t date) {
    if (under_by_text_ == nullptr) under_by_text_ = &Get("person-under-unit-by-text");
    OneNumber yes;
    under_by_text_->Bind(":person", IdOf(person)).Bind(":unit", IdOf(unit)).Bind(":d", date).Run(yes);
    return yes.value() != 0;
  }

 private:
  using Statement = typename Engine::Statement;
  static constexpr const char* kDeadline = "audit.report.member-unreported";

  // Rows of number and text id.
  class Ids : public std::map<int64_t, std::string> {
   public:
    void Int(int64_t number) { number_ = number; }
    void Text(std::string_view id) { (*this)[number_] = id; }
    void Null() {}
    void EndRow() {}

   private:
    int64_t number_ = 0;
  };

  // Rows of rule and subject, as numbers in, as words out.
  struct InWords {
    KeepingSink& sink;
    const std::map<std::string, Ids>& ids;
    int64_t numbers[2] = {0, 0};
    int column = 0;

    void Int(int64_t value) { numbers[column++] = value; }
    void Text(std::string_view) { Fail("a text where a number is"); }
    void Null() { Fail("a finding about nobody"); }
    void EndRow() {
      static constexpr const char* kRules[][2] = {
          {"branch.min-members", "org"},          {"branch.max-members", "org"},  {"branch.committee-required", "org"},
          {"branch.committee-size", "org"},       {"grid.head-vacant", "unit"},   {"term.expired", "org"},
          {"report.member-unreported", "person"}, {"report.duplicate", "person"}, {"report.duplicate", "org"}};
      const auto& [rule, kind] = kRules[numbers[0]];
      sink.Text(rule);
      sink.Text(std::string(kind) + ":" + ids.at(kind).at(numbers[1]));
      sink.EndRow();
      column = 0;
    }
  };

  static std::string_view IdOf(std::string_view node) { return node.substr(node.find(':') + 1); }

  // Prepared when first asked, kept.
  Statement& Get(const std::string& name) {
    const auto found = statements_.find(name);
    if (found != statements_.end()) return found->second;
    return statements_.emplace(name, Engine::Prepare(name)).first->second;
  }

  std::map<std::string, Statement> statements_;
  Statement* under_ = nullptr;
  Statement* under_by_text_ = nullptr;
};

}  // namespace jiceng::benchmarks

#endif  // JICENG_BENCHMARKS_SQL_SIDE_H_
