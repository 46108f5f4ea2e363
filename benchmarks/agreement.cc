#include "benchmarks/agreement.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <string>
#include <vector>

#include "benchmarks/answer.h"
#include "benchmarks/sides.h"

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

// A question and its answer in bytewise order.
struct Answer {
  std::string question;
  Rows rows;
};

// Everything the benchmarks ask.
template <class Side>
class Asked {
 public:
  Asked(Side& side, const Sample& sample, const Options& options) : side_(side), sample_(sample), options_(options) {}

  std::vector<Answer> All() {
    const int32_t date = options_.date;
    Ask("audit", [&](KeepingSink& sink) { side_.AuditInWords(date, sink); });
    Ask("rollup members.full", [&](KeepingSink& sink) { side_.Rollup("members.full", date, sink); });
    Ask("rollup report.rate", [&](KeepingSink& sink) { side_.Rollup("report.rate", date, sink); });
    const std::vector<std::string> top = {sample_.top};
    const auto unreported = [&](const std::string& unit, KeepingSink& sink) { side_.Unreported(unit, date, sink); };
    AskOfEach("unreported, communities", sample_.communities, unreported);
    AskOfEach("unreported, streets", sample_.streets, unreported);
    AskOfEach("unreported, everything", top, unreported);
    const auto members = [&](const std::string& unit, KeepingSink& sink) { side_.Members(unit, date, sink); };
    AskOfEach("members, streets", sample_.streets, members);
    AskOfEach("members, districts", sample_.districts, members);
    AskOfEach("members, everything", top, members);
    AskOfEach("cross-appointments, districts", sample_.districts,
              [&](const std::string& unit, KeepingSink& sink) { side_.CrossAppointments(unit, date, sink); });
    AskOfEach("officers, streets", sample_.streets,
              [&](const std::string& unit, KeepingSink& sink) { side_.Officers(unit, "secretary", date, sink); });
    AskOfEach("committee secretaries, streets, past date", sample_.streets,
              [&](const std::string& unit, KeepingSink& sink) {
                side_.CommitteeSecretaries(unit, sample_, options_.PastDate(), sink);
              });
    AskUnder("person under unit, by number", [&](const std::string& person, const std::string& unit) {
      return side_.IsUnder(side_.Find(person), side_.Find(unit), date);
    });
    AskUnder("person under unit, by text",
             [&](const std::string& person, const std::string& unit) { return side_.IsUnder(person, unit, date); });
    return std::move(answers_);
  }

 private:
  template <class Question>
  void Ask(const char* name, const Question& question) {
    KeepingSink sink;
    question(sink);
    answers_.push_back({name, std::move(sink).SortedRows()});
  }
  // The unit before every row.
  template <class Question>
  void AskOfEach(const char* name, const std::vector<std::string>& units, const Question& question) {
    Rows rows;
    for (const std::string& unit : units) {
      KeepingSink sink;
      question(unit, sink);
      for (const std::string& row : std::move(sink).SortedRows()) rows.push_back(unit + ": " + row);
    }
    std::sort(rows.begin(), rows.end());
    answers_.push_back({name, std::move(rows)});
  }
  // In the order of the sample, of which a slow side is asked only the beginning.
  template <class Question>
  void AskUnder(const char* name, const Question& question) {
    Rows rows;
    for (const auto& [person, unit] : sample_.person_unit) {
      if (rows.size() == Side::kPairs) break;
      rows.push_back(person + " " + unit + (question(person, unit) ? " under" : " not under"));
    }
    answers_.push_back({name, std::move(rows)});
  }

  Side& side_;
  const Sample& sample_;
  const Options& options_;
  std::vector<Answer> answers_;
};

template <class Side>
std::vector<Answer> AskAll(const Options& options, const Sample& sample) {
  Side side(options.Path(Side::kName));
  return Asked<Side>(side, sample, options).All();
}

// `ours` may go on where `theirs` was asked less.
bool Same(const char* peer, const Answer& ours, const Answer& theirs) {
  const bool beginning = theirs.question.rfind("person under", 0) == 0 && theirs.rows.size() < ours.rows.size();
  const bool same =
      beginning ? std::equal(theirs.rows.begin(), theirs.rows.end(), ours.rows.begin()) : theirs.rows == ours.rows;
  std::fprintf(stderr, "%-8s %-8s %-42s %9zu rows  %016llx\n", same ? "agree" : "DISAGREE", peer,
               theirs.question.c_str(), theirs.rows.size(), static_cast<unsigned long long>(Digest(theirs.rows)));
  if (!same) {
    PrintOnly("jiceng", ours.rows, theirs.rows);
    PrintOnly(peer, theirs.rows, ours.rows);
  }
  return same;
}

}  // namespace

bool Agree(const Options& options, const Sample& sample) {
  const std::vector<Answer> ours = AskAll<JicengSide>(options, sample);
  bool same = true;
  ForEachPeer(options, [&](auto of) {
    using Peer = typename decltype(of)::Side;
    const std::vector<Answer> theirs = AskAll<Peer>(options, sample);
    for (size_t i = 0; i < ours.size(); ++i) same &= Same(Peer::kName, ours[i], theirs[i]);
  });
  return same;
}

}  // namespace jiceng::benchmarks
