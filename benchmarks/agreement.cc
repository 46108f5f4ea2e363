#include "benchmarks/agreement.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

namespace jiceng::benchmarks {
namespace {

using Rows = std::vector<std::string>;

// FNV-1a over all rows: enough to see at a glance whether two runs answered alike.
uint64_t Digest(const Rows& rows) {
  uint64_t digest = 0xcbf29ce484222325;
  for (const std::string& row : rows) {
    for (const char c : row + "\n") digest = (digest ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return digest;
}

void PrintOnly(const char* side, const Rows& rows, const Rows& others) {
  Rows only;
  std::set_difference(rows.begin(), rows.end(), others.begin(), others.end(), std::back_inserter(only));
  for (size_t i = 0; i < only.size() && i < 5; ++i) std::fprintf(stderr, "  %s only: %s\n", side, only[i].c_str());
  if (only.size() > 5) std::fprintf(stderr, "  %s only: %zu more\n", side, only.size() - 5);
}

bool Same(const char* question, const Rows& jiceng, const Rows& sqlite) {
  const bool same = jiceng == sqlite;
  std::fprintf(stderr, "%-8s %-40s %9zu rows  %016llx\n", same ? "agree" : "DISAGREE", question, jiceng.size(),
               static_cast<unsigned long long>(Digest(jiceng)));
  if (!same) {
    PrintOnly("jiceng", jiceng, sqlite);
    PrintOnly("sqlite", sqlite, jiceng);
  }
  return same;
}

// Everything the questions benchmarks ask, as rows in bytewise order.
template <class Side, class Ask>
Rows Answer(Side& side, const Ask& ask) {
  KeepingSink sink;
  ask(side, sink);
  return std::move(sink).SortedRows();
}

template <class Side>
Rows AnswerUnder(Side& side, const Sample& sample, int32_t date, bool by_text) {
  Rows rows;
  for (const auto& [person, unit] : sample.person_unit) {
    const bool under =
        by_text ? side.IsUnder(person, unit, date) : side.IsUnder(side.Find(person), side.Find(unit), date);
    rows.push_back(person + " " + unit + (under ? " under" : " not under"));
  }
  return rows;
}

}  // namespace

bool Agree(JicengSide& jiceng, SqliteSide& sqlite, const Sample& sample, int32_t date) {
  bool same = true;
  const auto compare = [&](const char* question, const auto& ask) {
    same &= Same(question, Answer(jiceng, ask), Answer(sqlite, ask));
  };
  // One question of each of some units, the unit before every row.
  const auto compare_units = [&](const char* question, const std::vector<std::string>& units, const auto& ask) {
    Rows rows[2];
    for (const std::string& unit : units) {
      const auto ask_unit = [&](auto& side, KeepingSink& sink) { ask(side, unit, sink); };
      for (std::string& row : Answer(jiceng, ask_unit)) rows[0].push_back(unit + ": " + row);
      for (std::string& row : Answer(sqlite, ask_unit)) rows[1].push_back(unit + ": " + row);
    }
    std::sort(rows[0].begin(), rows[0].end());
    std::sort(rows[1].begin(), rows[1].end());
    same &= Same(question, rows[0], rows[1]);
  };

  compare("audit", [&](auto& side, KeepingSink& sink) { side.AuditInWords(date, sink); });
  compare("rollup members.full", [&](auto& side, KeepingSink& sink) { side.Rollup("members.full", date, sink); });
  compare("rollup report.rate", [&](auto& side, KeepingSink& sink) { side.Rollup("report.rate", date, sink); });

  const auto unreported = [&](auto& side, const std::string& unit, KeepingSink& sink) {
    side.Unreported(unit, date, sink);
  };
  compare_units("unreported, communities", sample.communities, unreported);
  compare_units("unreported, streets", sample.streets, unreported);
  compare_units("unreported, everything", {sample.top}, unreported);
  const auto members = [&](auto& side, const std::string& unit, KeepingSink& sink) { side.Members(unit, date, sink); };
  compare_units("members, streets", sample.streets, members);
  compare_units("members, districts", sample.districts, members);
  compare_units("members, everything", {sample.top}, members);
  compare_units(
      "cross-appointments, districts", sample.districts,
      [&](auto& side, const std::string& unit, KeepingSink& sink) { side.CrossAppointments(unit, date, sink); });
  compare_units("officers, streets", sample.streets, [&](auto& side, const std::string& unit, KeepingSink& sink) {
    side.Officers(unit, "secretary", date, sink);
  });

  same &= Same("person under unit, by number", AnswerUnder(jiceng, sample, date, false),
               AnswerUnder(sqlite, sample, date, false));
  same &= Same("person under unit, by text", AnswerUnder(jiceng, sample, date, true),
               AnswerUnder(sqlite, sample, date, true));
  return same;
}

}  // namespace jiceng::benchmarks
