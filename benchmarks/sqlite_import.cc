// Ledgers into SQLite: read, numbered and sorted in memory, inserted in the order of the tables, indexed afterwards.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <tuple>
#include <vector>

#include "benchmarks/fail.h"
#include "benchmarks/ledger_reader.h"
#include "benchmarks/sqlite_side.h"
#include "benchmarks/sqlite_sql.h"

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
  Loader(const std::string& ledgers, sqlite3* database) : ledgers_(ledgers), database_(database) {}

  void Load() {
    if (LedgerReader(Path("history")).Next())
      Fail("the peer keeps no history.csv: measure on ledgers of `jiceng synth`");
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
    int64_t households, population;
  };

  std::string Path(const char* name) const { return ledgers_ + "/" + name + ".csv"; }

  static int32_t Known(const TextNumbers& numbers, std::string_view id) {
    const int32_t number = numbers.Find(id);
    if (number == 0) Fail("unknown reference " + std::string(id));
    return number;
  }

  static int64_t Number(std::string_view cell) { return std::strtoll(std::string(cell).c_str(), nullptr, 10); }

  // Inserts rows of integers in their order, each once: appending is what a clustered table is fastest at.
  template <size_t N>
  void Insert(const std::string& table, std::vector<std::array<int32_t, N>> rows) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::string sql = "INSERT INTO " + table + " VALUES(?";
    for (size_t i = 1; i < N; ++i) sql += ",?";
    Statement insert(database_, sql + ")");
    for (const auto& row : rows) {
      for (size_t i = 0; i < N; ++i) sqlite3_bind_int(insert.get(), static_cast<int>(i + 1), row[i]);
      insert.Step();
      insert.Reset();
    }
  }

  static void BindText(Statement& statement, int column, std::string_view text) {
    sqlite3_bind_text(statement.get(), column, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
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

    Statement insert(database_, "INSERT INTO unit VALUES(?,?,?,?,?,nullif(?,0),nullif(?,0),?,?,?,?)");
    for (int32_t place : order) {
      const UnitRow& unit = units[place - 1];
      const int32_t n = unit_numbers_[place];
      unit_life_[n] = unit.life;
      if (!children[place].empty() && (unit.life.first != kBegin || unit.life.until != kEnd)) {
        Fail("the peer's pre-order numbers need units with others below them to have no beginning and no end");
      }
      sqlite3_bind_int(insert.get(), 1, n);
      sqlite3_bind_int(insert.get(), 2, unit.last);
      BindText(insert, 3, unit.id);
      BindText(insert, 4, unit.name);
      BindText(insert, 5, unit.level);
      sqlite3_bind_int(insert.get(), 6, unit_numbers_[unit.parent]);
      sqlite3_bind_int(insert.get(), 7, unit.community);
      sqlite3_bind_int(insert.get(), 8, unit.life.first);
      sqlite3_bind_int(insert.get(), 9, unit.life.until);
      sqlite3_bind_int64(insert.get(), 10, unit.households);
      sqlite3_bind_int64(insert.get(), 11, unit.population);
      insert.Step();
      insert.Reset();
    }
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
    LedgerReader rows(Path("orgs"));
    const size_t id = rows.Column("org_id"), name = rows.Column("name"), kind = rows.Column("kind"),
                 parent = rows.Column("parent_id"), unit = rows.Column("unit_code"), founded = rows.Column("founded"),
                 dissolved = rows.Column("dissolved");
    Statement insert(database_, "INSERT INTO org VALUES(?,?,?,?,?,?,nullif(?,0),?,?,nullif(?,0),?,?)");
    for (int32_t n = 0; rows.Next();) {
      if (Org(rows.Cell(id)) != n + 1) continue;  // an identical row
      ++n;
      const Interval life = {DateOf(rows.Cell(founded), kBegin), DateOf(rows.Cell(dissolved), kEnd)};
      sqlite3_bind_int(insert.get(), 1, n);
      BindText(insert, 2, rows.Cell(id));
      BindText(insert, 3, rows.Cell(name));
      BindText(insert, 4, rows.Cell(kind));
      sqlite3_bind_int(insert.get(), 5, IsParty(rows.Cell(kind)));
      sqlite3_bind_int(insert.get(), 6, IsMemberBranch(rows.Cell(kind)));
      sqlite3_bind_int(insert.get(), 7, rows.Cell(parent).empty() ? 0 : Org(rows.Cell(parent)));
      sqlite3_bind_int(insert.get(), 8, life.first);
      sqlite3_bind_int(insert.get(), 9, life.until);
      const int32_t place = rows.Cell(unit).empty() ? 0 : Unit(rows.Cell(unit));
      const Interval both = Common(life, unit_life_[place]);
      sqlite3_bind_int(insert.get(), 10, both.first < both.until ? place : 0);
      sqlite3_bind_int(insert.get(), 11, both.first);
      sqlite3_bind_int(insert.get(), 12, both.until);
      insert.Step();
      insert.Reset();
    }
  }

  void LoadPeople() {
    LedgerReader& rows = Keep("people");
    const size_t id = rows.Column("person_id"), name = rows.Column("name"), status = rows.Column("party_status"),
                 joined = rows.Column("joined_on"), service = rows.Column("in_service"), full = rows.Column("full_on"),
                 from = rows.Column("status_from"), sex = rows.Column("sex");
    Statement insert(database_, "INSERT INTO person VALUES(?,?,?,nullif(?,''),nullif(?,''),nullif(?,''))");
    std::vector<std::array<int32_t, 4>> facts;
    while (rows.Next()) {
      const int32_t before = people_.size();
      const int32_t n = people_.Add(rows.Cell(id));
      if (n <= before) continue;  // an identical row
      const int32_t number = rows.Cell(status) == "full" ? 2 : rows.Cell(status) == "probationary" ? 1 : 0;
      facts.push_back({n, DateOf(rows.Cell(from), kBegin), number, rows.Cell(service) == "1"});
      sqlite3_bind_int(insert.get(), 1, n);
      BindText(insert, 2, rows.Cell(id));
      BindText(insert, 3, rows.Cell(name));
      BindText(insert, 4, rows.Cell(joined));
      BindText(insert, 5, rows.Cell(full));
      BindText(insert, 6, rows.Cell(sex));
      insert.Step();
      insert.Reset();
    }
    Insert("person_fact", std::move(facts));
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
      Insert("affiliation", std::move(out));
    }
    {
      LedgerReader rows(Path("residences"));
      const size_t person = rows.Column("person_id"), unit = rows.Column("unit_code"), from = rows.Column("from"),
                   to = rows.Column("to");
      std::vector<std::array<int32_t, 4>> out;
      while (rows.Next()) {
        out.push_back({Person(rows.Cell(person)), Unit(rows.Cell(unit)), DateOf(rows.Cell(from), kBegin),
                       DateOf(rows.Cell(to), kEnd)});
      }
      Insert("residence", std::move(out));
    }
    {
      LedgerReader rows(Path("employments"));
      const size_t person = rows.Column("person_id"), org = rows.Column("employer_id"), from = rows.Column("from"),
                   to = rows.Column("to");
      std::vector<std::array<int32_t, 4>> out;
      while (rows.Next()) {
        out.push_back({Person(rows.Cell(person)), Org(rows.Cell(org)), DateOf(rows.Cell(from), kBegin),
                       DateOf(rows.Cell(to), kEnd)});
      }
      Insert("employment", std::move(out));
    }
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
      Insert("report", std::move(out));
    }
  }

  void LoadAppointments() {
    struct Row {
      int32_t body_kind, body;
      std::string_view role;
      int32_t person, first, until;
      std::string_view manner;
      auto Key() const { return std::tie(body_kind, body, role, person, first, until, manner); }
    };
    LedgerReader& rows = Keep("appointments");
    const size_t person = rows.Column("person_id"), org = rows.Column("org_id"), unit = rows.Column("unit_code"),
                 post = rows.Column("post"), kind = rows.Column("kind"), from = rows.Column("from"),
                 to = rows.Column("to");
    std::vector<Row> out;
    while (rows.Next()) {
      const bool at_org = !rows.Cell(org).empty();
      out.push_back({at_org, at_org ? Org(rows.Cell(org)) : Unit(rows.Cell(unit)), rows.Cell(post),
                     Person(rows.Cell(person)), DateOf(rows.Cell(from), kBegin), DateOf(rows.Cell(to), kEnd),
                     rows.Cell(kind)});
    }
    std::sort(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.Key() < b.Key(); });
    out.erase(std::unique(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.Key() == b.Key(); }),
              out.end());
    Statement insert(database_, "INSERT INTO appointment VALUES(?,?,?,?,?,?,?)");
    for (const Row& row : out) {
      sqlite3_bind_int(insert.get(), 1, row.body_kind);
      sqlite3_bind_int(insert.get(), 2, row.body);
      BindText(insert, 3, row.role);
      sqlite3_bind_int(insert.get(), 4, row.person);
      sqlite3_bind_int(insert.get(), 5, row.first);
      sqlite3_bind_int(insert.get(), 6, row.until);
      BindText(insert, 7, row.manner);
      insert.Step();
      insert.Reset();
    }
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
    Insert("term", std::move(out));
  }

  void LoadTies() {
    LedgerReader rows(Path("ties"));
    const size_t kind = rows.Column("kind"), from_node = rows.Column("from_node"), to_node = rows.Column("to_node"),
                 from = rows.Column("from"), to = rows.Column("to"), attributes = rows.Column("attributes");
    Statement insert(database_, "INSERT OR IGNORE INTO tie VALUES(?,?,?,?,?,nullif(?,''))");
    while (rows.Next()) {
      for (std::string_view asked : {"seat", "residence", "report", "affiliation", "appointment", "territory"}) {
        if (rows.Cell(kind) == asked)
          Fail("the peer asks its own tables about " + std::string(asked) + ", not ties.csv");
      }
      CheckNode(rows.Cell(from_node));
      CheckNode(rows.Cell(to_node));
      BindText(insert, 1, rows.Cell(kind));
      BindText(insert, 2, rows.Cell(from_node));
      BindText(insert, 3, rows.Cell(to_node));
      sqlite3_bind_int(insert.get(), 4, DateOf(rows.Cell(from), kBegin));
      sqlite3_bind_int(insert.get(), 5, DateOf(rows.Cell(to), kEnd));
      BindText(insert, 6, rows.Cell(attributes));
      insert.Step();
      insert.Reset();
    }
  }

  void CheckNode(std::string_view node) const {
    const std::string_view id = node.substr(node.find(':') + 1);
    if (node[0] == 'u') Unit(id);
    if (node[0] == 'o') Org(id);
    if (node[0] == 'p') Person(id);
  }

  std::string ledgers_;
  sqlite3* database_;
  std::vector<std::unique_ptr<LedgerReader>> kept_;  // files whose texts the number tables view
  TextNumbers unit_texts_, orgs_, people_;
  std::vector<int32_t> unit_numbers_;  // by place in the ledger, from 1
  std::vector<Interval> unit_life_;    // by number
};

}  // namespace

void SqliteSide::Import(const std::string& ledgers, const std::string& path, Journal journal) {
  for (const char* end : {"", "-wal", "-shm", "-journal"}) ::unlink((path + end).c_str());
  sqlite3* opened = nullptr;
  if (sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    Fail("sqlite: " + path + " cannot be made");
  }
  const Database database(opened);
  const char* mode = journal == Journal::kWal ? "WAL" : journal == Journal::kRollback ? "DELETE" : "OFF";
  Execute(opened, std::string("PRAGMA journal_mode = ") + mode +
                      "; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -1048576;"
                      " PRAGMA temp_store = MEMORY; PRAGMA threads = 2");
  Execute(opened, "BEGIN");
  Execute(opened, kSqliteSchema);
  Loader(ledgers, opened).Load();
  Execute(opened, kSqliteIndexes);
  Execute(opened, "COMMIT");
  if (journal == Journal::kWal) Execute(opened, "PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace jiceng::benchmarks
