#include "benchmarks/ledger_loader.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <tuple>
#include <vector>

#include "benchmarks/fail.h"
#include "benchmarks/ledger_reader.h"

namespace jiceng::benchmarks {
namespace {

struct Interval {
  int32_t first, until;
};

Interval Common(Interval a, Interval b) { return {std::max(a.first, b.first), std::min(a.until, b.until)}; }

bool IsParty(std::string_view kind) { return kind.substr(0, 6) == "party_"; }

bool IsMemberBranch(std::string_view kind) {
  return IsParty(kind) && kind.size() >= 6 && kind.substr(kind.size() - 6) == "branch" &&
         kind != "party_general_branch";
}

class Loader {
 public:
  Loader(const std::string& ledgers, TableWriter& writer) : ledgers_(ledgers), writer_(writer) {}

  void Load() {
    if (LedgerReader(Path("history")).Next())
      Fail("the peers keep no history.csv: measure on ledgers of `jiceng synth`");
    LoadUnits();
    LoadOrgs();
    LoadPeople();
    LoadDated();
    LoadAppointments();
    LoadTerms();
    LoadTies();
  }

 private:
  struct UnitRow {
    std::string_view id, name, level;
    int32_t parent, community, last;
    Interval life;
    int32_t households, population;
  };

  std::string Path(const char* name) const { return ledgers_ + "/" + name + ".csv"; }

  static int32_t Known(const TextNumbers& numbers, std::string_view id) {
    const int32_t number = numbers.Find(id);
    if (number == 0) Fail("unknown reference " + std::string(id));
    return number;
  }

  static int32_t Number(std::string_view cell) {
    return static_cast<int32_t>(std::strtol(std::string(cell).c_str(), nullptr, 10));
  }

  template <class Row>
  static void SortOnce(std::vector<Row>& rows) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  }

  // Rows of integers in their order, each once: appending is what a clustered table is fastest at.
  template <size_t N>
  void Write(const std::string& table, std::vector<std::array<int32_t, N>> rows) {
    SortOnce(rows);
    writer_.Begin(table, N);
    for (const auto& row : rows) {
      std::array<Cell, N> cells = Cells(row, std::make_index_sequence<N>());
      writer_.Row(cells.data());
    }
    writer_.End();
  }
  template <size_t N, size_t... I>
  static std::array<Cell, N> Cells(const std::array<int32_t, N>& row, std::index_sequence<I...>) {
    return {Cell(row[I])...};
  }

  // Units get their numbers in pre-order, so unit_numbers_ (numbers in ledger order) is only a step to units_.
  void LoadUnits() {
    LedgerReader& rows = Keep("units");
    const size_t code = rows.Column("code"), name = rows.Column("name"), level = rows.Column("level"),
                 parent = rows.Column("parent_code"), households = rows.Column("households"),
                 population = rows.Column("population"), from = rows.Column("from"), to = rows.Column("to");
    std::vector<UnitRow> units;
    std::vector<std::string> parent_codes;
    while (rows.Next()) {
      unit_texts_.Add(rows.Cell(code));
      if (unit_texts_.size() == static_cast<int32_t>(units.size())) continue;  // an identical row
      units.push_back({rows.Cell(code),
                       rows.Cell(name),
                       rows.Cell(level),
                       0,
                       0,
                       0,
                       {DateOf(rows.Cell(from), kBegin), DateOf(rows.Cell(to), kEnd)},
                       Number(rows.Cell(households)),
                       Number(rows.Cell(population))});
      parent_codes.emplace_back(rows.Cell(parent));
    }
    std::vector<std::vector<int32_t>> children(units.size() + 1);
    for (size_t i = 0; i < units.size(); ++i) {
      units[i].parent = parent_codes[i].empty() ? 0 : Known(unit_texts_, parent_codes[i]);
      children[units[i].parent].push_back(static_cast<int32_t>(i + 1));
    }
    unit_numbers_.assign(units.size() + 1, 0);
    unit_life_.assign(units.size() + 1, {kBegin, kEnd});
    int32_t next = 1;
    std::vector<int32_t> order;
    Visit(children, 0, next, units, order, 0);

    writer_.Begin("unit", 11);
    for (int32_t place : order) {
      const UnitRow& unit = units[place - 1];
      const int32_t n = unit_numbers_[place];
      unit_life_[n] = unit.life;
      if (!children[place].empty() && (unit.life.first != kBegin || unit.life.until != kEnd)) {
        Fail("the peers' pre-order numbers need units with others below them to have no beginning and no end");
      }
      const Cell cells[] = {n,
                            unit.last,
                            unit.id,
                            unit.name,
                            unit.level,
                            Cell::OrNull(unit_numbers_[unit.parent]),
                            Cell::OrNull(unit.community),
                            unit.life.first,
                            unit.life.until,
                            unit.households,
                            unit.population};
      writer_.Row(cells);
    }
    writer_.End();
  }

  void Visit(const std::vector<std::vector<int32_t>>& children, int32_t place, int32_t& next,
             std::vector<UnitRow>& units, std::vector<int32_t>& order, int32_t community) {
    if (place != 0) {
      order.push_back(place);
      unit_numbers_[place] = next++;
      if (units[place - 1].level == "community") community = unit_numbers_[place];
      units[place - 1].community = community;
    }
    for (int32_t child : children[place]) Visit(children, child, next, units, order, community);
    if (place != 0) units[place - 1].last = next - 1;
  }

  int32_t Unit(std::string_view code) const { return unit_numbers_[Known(unit_texts_, code)]; }
  int32_t Org(std::string_view id) const { return Known(orgs_, id); }
  int32_t Person(std::string_view id) const { return Known(people_, id); }

  LedgerReader& Keep(const char* name) {
    kept_.push_back(std::make_unique<LedgerReader>(Path(name)));
    return *kept_.back();
  }

  void LoadOrgs() {
    {
      LedgerReader& rows = Keep("orgs");
      const size_t id = rows.Column("org_id");
      while (rows.Next()) orgs_.Add(rows.Cell(id));
    }
    LedgerReader& rows = Keep("orgs");
    const size_t id = rows.Column("org_id"), name = rows.Column("name"), kind = rows.Column("kind"),
                 parent = rows.Column("parent_id"), unit = rows.Column("unit_code"), founded = rows.Column("founded"),
                 dissolved = rows.Column("dissolved");
    writer_.Begin("org", 12);
    for (int32_t n = 0; rows.Next();) {
      if (Org(rows.Cell(id)) != n + 1) continue;  // an identical row
      ++n;
      const Interval life = {DateOf(rows.Cell(founded), kBegin), DateOf(rows.Cell(dissolved), kEnd)};
      const int32_t place = rows.Cell(unit).empty() ? 0 : Unit(rows.Cell(unit));
      const Interval both = Common(life, unit_life_[place]);
      const Cell cells[] = {n,
                            rows.Cell(id),
                            rows.Cell(name),
                            rows.Cell(kind),
                            IsParty(rows.Cell(kind)),
                            IsMemberBranch(rows.Cell(kind)),
                            Cell::OrNull(rows.Cell(parent).empty() ? 0 : Org(rows.Cell(parent))),
                            life.first,
                            life.until,
                            Cell::OrNull(both.first < both.until ? place : 0),
                            both.first,
                            both.until};
      writer_.Row(cells);
    }
    writer_.End();
  }

  void LoadPeople() {
    LedgerReader& rows = Keep("people");
    const size_t id = rows.Column("person_id"), name = rows.Column("name"), status = rows.Column("party_status"),
                 joined = rows.Column("joined_on"), service = rows.Column("in_service"), full = rows.Column("full_on"),
                 from = rows.Column("status_from"), sex = rows.Column("sex");
    writer_.Begin("person", 6);
    std::vector<std::array<int32_t, 4>> facts;
    while (rows.Next()) {
      const int32_t before = people_.size();
      const int32_t n = people_.Add(rows.Cell(id));
      if (n <= before) continue;  // an identical row
      const int32_t number = rows.Cell(status) == "full" ? 2 : rows.Cell(status) == "probationary" ? 1 : 0;
      facts.push_back({n, DateOf(rows.Cell(from), kBegin), number, rows.Cell(service) == "1"});
      const Cell cells[] = {n,
                            rows.Cell(id),
                            rows.Cell(name),
                            Cell::OrNull(rows.Cell(joined)),
                            Cell::OrNull(rows.Cell(full)),
                            Cell::OrNull(rows.Cell(sex))};
      writer_.Row(cells);
    }
    writer_.End();
    Write("person_fact", std::move(facts));
  }

  // A ledger of people who are somewhere for a time: where they live, whom they work for.
  template <class NumberOf>
  void LoadStays(const char* ledger, const char* place, const char* table, NumberOf number_of) {
    LedgerReader rows(Path(ledger));
    const size_t person = rows.Column("person_id"), where = rows.Column(place), from = rows.Column("from"),
                 to = rows.Column("to");
    std::vector<std::array<int32_t, 4>> out;
    while (rows.Next()) {
      out.push_back({Person(rows.Cell(person)), number_of(rows.Cell(where)), DateOf(rows.Cell(from), kBegin),
                     DateOf(rows.Cell(to), kEnd)});
    }
    Write(table, std::move(out));
  }

  void LoadDated() {
    {
      LedgerReader rows(Path("affiliations"));
      const size_t person = rows.Column("person_id"), org = rows.Column("branch_id"), kind = rows.Column("kind"),
                   from = rows.Column("from"), to = rows.Column("to");
      std::vector<std::array<int32_t, 5>> out;
      while (rows.Next()) {
        const std::string_view word = rows.Cell(kind);
        const int32_t number = word == "formal" ? 1 : word == "temporary" ? 2 : word == "floating" ? 3 : 4;
        out.push_back({Org(rows.Cell(org)), number, Person(rows.Cell(person)), DateOf(rows.Cell(from), kBegin),
                       DateOf(rows.Cell(to), kEnd)});
      }
      Write("affiliation", std::move(out));
    }
    LoadStays("residences", "unit_code", "residence", [&](std::string_view id) { return Unit(id); });
    LoadStays("employments", "employer_id", "employment", [&](std::string_view id) { return Org(id); });
    {
      LedgerReader rows(Path("reports"));
      const size_t subject = rows.Column("subject_id"), unit = rows.Column("community_code"),
                   from = rows.Column("reported_on"), to = rows.Column("ended_on");
      std::vector<std::array<int32_t, 5>> out;
      while (rows.Next()) {
        const int32_t person = people_.Find(rows.Cell(subject));
        out.push_back({person == 0, person != 0 ? person : Org(rows.Cell(subject)), Unit(rows.Cell(unit)),
                       DateOf(rows.Cell(from), kBegin), DateOf(rows.Cell(to), kEnd)});
      }
      Write("report", std::move(out));
    }
  }

  void LoadAppointments() {
    using Row = std::tuple<int32_t, int32_t, std::string_view, int32_t, int32_t, int32_t, std::string_view>;
    LedgerReader& rows = Keep("appointments");
    const size_t person = rows.Column("person_id"), org = rows.Column("org_id"), unit = rows.Column("unit_code"),
                 post = rows.Column("post"), kind = rows.Column("kind"), from = rows.Column("from"),
                 to = rows.Column("to");
    std::vector<Row> out;
    while (rows.Next()) {
      const bool at_org = !rows.Cell(org).empty();
      out.emplace_back(at_org, at_org ? Org(rows.Cell(org)) : Unit(rows.Cell(unit)), rows.Cell(post),
                       Person(rows.Cell(person)), DateOf(rows.Cell(from), kBegin), DateOf(rows.Cell(to), kEnd),
                       rows.Cell(kind));
    }
    WriteRows("appointment", std::move(out));
  }

  // Rows of texts and integers in their order, each once.
  template <class... T>
  void WriteRows(const std::string& table, std::vector<std::tuple<T...>> rows) {
    SortOnce(rows);
    writer_.Begin(table, sizeof...(T));
    for (const auto& row : rows) {
      std::apply(
          [&](const auto&... value) {
            const Cell cells[] = {Cell(value)...};
            writer_.Row(cells);
          },
          row);
    }
    writer_.End();
  }

  void LoadTerms() {
    LedgerReader rows(Path("terms"));
    const size_t org = rows.Column("org_id"), number = rows.Column("term_no"), elected = rows.Column("elected_on"),
                 years = rows.Column("years"), ends = rows.Column("ends_on"), extended = rows.Column("extended_to");
    std::vector<std::array<int32_t, 4>> out;
    while (rows.Next()) {
      const int32_t from = DateOf(rows.Cell(elected), kBegin);
      int32_t last = DateOf(rows.Cell(extended), DateOf(rows.Cell(ends), kEnd));
      if (last == kEnd && !rows.Cell(years).empty())
        last = from + 10000 * static_cast<int32_t>(Number(rows.Cell(years)));
      out.push_back({Org(rows.Cell(org)), from, static_cast<int32_t>(Number(rows.Cell(number))), last});
    }
    Write("term", std::move(out));
  }

  void LoadTies() {
    LedgerReader& rows = Keep("ties");
    const size_t kind = rows.Column("kind"), from_node = rows.Column("from_node"), to_node = rows.Column("to_node"),
                 from = rows.Column("from"), to = rows.Column("to"), attributes = rows.Column("attributes");
    std::vector<std::tuple<std::string_view, std::string_view, std::string_view, int32_t, int32_t, std::string_view>>
        out;
    while (rows.Next()) {
      for (std::string_view asked : {"seat", "residence", "report", "affiliation", "appointment", "territory"}) {
        if (rows.Cell(kind) == asked)
          Fail("the peers ask their own tables about " + std::string(asked) + ", not ties.csv");
      }
      CheckNode(rows.Cell(from_node));
      CheckNode(rows.Cell(to_node));
      out.emplace_back(rows.Cell(kind), rows.Cell(from_node), rows.Cell(to_node), DateOf(rows.Cell(from), kBegin),
                       DateOf(rows.Cell(to), kEnd), rows.Cell(attributes));
    }
    WriteRows("tie", std::move(out));
  }

  void CheckNode(std::string_view node) const {
    const std::string_view id = node.substr(node.find(':') + 1);
    if (node[0] == 'u') Unit(id);
    if (node[0] == 'o') Org(id);
    if (node[0] == 'p') Person(id);
  }

  std::string ledgers_;
  TableWriter& writer_;
  std::vector<std::unique_ptr<LedgerReader>> kept_;  // files whose texts the number tables view
  TextNumbers unit_texts_, orgs_, people_;
  std::vector<int32_t> unit_numbers_;  // by place in the ledger, from 1
  std::vector<Interval> unit_life_;    // by number
};

}  // namespace

void LoadLedgers(const std::string& ledgers, TableWriter& writer) { Loader(ledgers, writer).Load(); }

}  // namespace jiceng::benchmarks
