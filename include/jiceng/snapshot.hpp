// Questions to a snapshot.
#ifndef JICENG_SNAPSHOT_HPP
#define JICENG_SNAPSHOT_HPP

#include <jiceng/snapshot.h>

#include <jiceng/store.hpp>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiceng {

class Findings;  // audit.hpp
struct AuditOptions;

// Numbers by the dotted names of what they count.
using Measures = std::map<std::string, int64_t, std::less<>>;

namespace detail {

// A table of a text and a number in each row.
inline Result<Measures> ReadMeasures(Result<Table> table) {
  if (!table.ok()) return table.error();
  Measures read;
  for (const Row row : *table) read.emplace(row[0].text(), row[1].number());
  return read;
}

}  // namespace detail

struct MattersOptions {
  std::string procedure{};  // "": any
  std::string_view node{};  // with what lies at or below it; none: all
  bool open = false;        // only those that are not over
  bool told = false;        // with what was told
  Language language = Language::kChinese;
};

// The organisation as one commit left it.  Immutable, share freely; keeps its store alive.  Every question takes a
// date: "what held on that day".  Columns are those the C header names.
class Snapshot : public Handle<jiceng_snapshot, jiceng_snapshot_close> {
 public:
  using Handle::Handle;

  int64_t seq() const noexcept { return jiceng_snapshot_seq(get()); }

  // The number of a node named by its id, or by a code in force on `date` (none: the latest).
  Result<int64_t> Find(std::string_view node, Date date = {}) const {
    return detail::Ask<int64_t>([&](int64_t* out, jiceng_error** error) {
      return jiceng_find(get(), node.data(), node.size(), date.number(), out, error);
    });
  }

  // The text form of a number; "" for no such node.
  std::string NodeText(int64_t number) const {
    std::string text(jiceng_node_text(get(), number, nullptr, 0), '\0');
    jiceng_node_text(get(), number, text.data(), text.size() + 1);
    return text;
  }

  // Nodes by number, so that a hot path allocates nothing.
  bool IsUnder(int64_t node, int64_t ancestor, Date date) const noexcept {
    return jiceng_is_under(get(), node, ancestor, date.number()) != 0;
  }

  // The way up, both ends included; empty when `node` is not under `ancestor`.  `via` is one kind of tie, nullptr for
  // the usual ways.
  Result<std::vector<std::string>> Path(std::string_view node, std::string_view ancestor, Date date,
                                        NulText via = nullptr) const {
    Result<Table> table = detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_path(get(), node.data(), node.size(), ancestor.data(), ancestor.size(), date.number(), via.c_str(),
                         out, error);
    });
    if (!table.ok()) return table.error();
    std::vector<std::string> path;
    for (const Row row : *table) path.emplace_back(row[0].text());
    return path;
  }

  // The ties that leave a node, reach it or both (JICENG_TIES_*), of one kind or, with 0, of all; on a day, or over the
  // whole history.  Nodes by number.  jiceng_node_ties() itself is for those who bring the memory.
  std::vector<jiceng_tie> NodeTies(int64_t node, int32_t kind, int32_t ends = JICENG_TIES_FROM, Date date = {}) const {
    std::vector<jiceng_tie> ties(
        static_cast<size_t>(jiceng_node_ties(get(), node, kind, ends, date.number(), nullptr, 0)));
    jiceng_node_ties(get(), node, kind, ends, date.number(), ties.data(), static_cast<int64_t>(ties.size()));
    return ties;
  }

  // All ties of a kind ("affiliation") in columns; on a day, or over the whole history.
  Result<Table> Ties(NulText kind, Date date = {}) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_ties(get(), kind.c_str(), date.number(), out, error);
    });
  }

  // All nodes of a kind ("unit", "org", "person"): what the numbers stand for.
  Result<Table> Nodes(NulText kind, Date date = {}) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_nodes(get(), kind.c_str(), date.number(), out, error);
    });
  }

  // What numbers stand for, in their order; all but the number is null where that is nothing to be seen.
  Result<Table> NodesByNumber(const std::vector<int64_t>& numbers, Date date = {}) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_nodes_by_number(get(), numbers.data(), numbers.size(), date.number(), out, error);
    });
  }

  // "members.full" and the like, of what exists at or below a unit or organisation.
  Result<Measures> Count(std::string_view node, Date date) const {
    return detail::ReadMeasures(detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_count(get(), node.data(), node.size(), date.number(), out, error);
    }));
  }

  // An indicator ("members.full", "report.rate", a rule's id) at every unit with something to count; of one level, nullptr
  // for all.
  Result<Table> Rollup(NulText indicator, Date date, NulText level = nullptr) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_rollup(get(), indicator.c_str(), level.c_str(), date.number(), out, error);
    });
  }

  // The same as it was, and by the territory of another day as it is.
  Result<Table> RollupAcross(NulText indicator, Date date, Date territory_of, NulText level = nullptr) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_rollup_across(get(), indicator.c_str(), level.c_str(), date.number(), territory_of.number(), out,
                                  error);
    });
  }

  // The same at every organisation, along the Party line.
  Result<Table> RollupPartyLine(NulText indicator, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_rollup_party_line(get(), indicator.c_str(), date.number(), out, error);
    });
  }

  // In-service members living at or below a node without an open report to their community.
  Result<Table> Unreported(std::string_view node, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_list_unreported(get(), node.data(), node.size(), date.number(), out, error);
    });
  }

  // People with open posts in two or more kinds of organisation seated in one community.
  Result<Table> CrossAppointments(std::string_view node, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_list_cross_appointments(get(), node.data(), node.size(), date.number(), out, error);
    });
  }

  // Who holds a role at or below a node.
  Result<Table> Officers(std::string_view node, NulText role, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_list_officers(get(), node.data(), node.size(), role.c_str(), date.number(), out, error);
    });
  }

  // The same of the units of a level or the organisations of a kind.
  Result<Table> Officers(std::string_view node, NulText role, NulText where, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_list_officers_at(get(), node.data(), node.size(), role.c_str(), where.c_str(), date.number(), out,
                                     error);
    });
  }

  // The posts of a role, filled and vacant, of the units of a level or the organisations of a kind.
  Result<Table> Posts(std::string_view node, NulText role, NulText where, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_list_posts(get(), node.data(), node.size(), role.c_str(), where.c_str(), date.number(), out, error);
    });
  }

  // Paired organisations with the tier that follows from where both stand.
  Result<Table> Pairings(std::string_view node, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_list_pairings(get(), node.data(), node.size(), date.number(), out, error);
    });
  }

  // What becomes of posts on a day in another snapshot of the store, as one that was tried: who begins and ends, what is
  // vacant and filled.
  Result<Table> SeatChanges(const Snapshot& after, Date date) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_list_seat_changes(get(), after.get(), date.number(), out, error);
    });
  }

  // What the store knows of one node; its ties are those Where("section", "tie").
  Result<Table> Show(std::string_view node, Date date, Language language = Language::kChinese) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_show(get(), node.data(), node.size(), date.number(), detail::Number(language), out, error);
    });
  }

  // The nodes below a node, depth first, each with its depth; `max_depth` 0: all the way.
  Result<Table> Tree(std::string_view node, Date date, int32_t max_depth = 0, bool units_only = false) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_tree(get(), node.data(), node.size(), date.number(), max_depth,
                         detail::Flag(units_only, JICENG_TREE_UNITS_ONLY), out, error);
    });
  }

  // Nodes whose name contains a text; at most `limit`, 0: 100.
  Result<Table> Search(std::string_view text, Date date, int64_t limit = 0) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_search(get(), text.data(), text.size(), date.number(), limit, out, error);
    });
  }

  // What turns by time alone in (date, until].
  Result<Table> Upcoming(std::string_view node, Date date, Date until, Language language = Language::kChinese) const {
    return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
      return jiceng_upcoming(get(), node.data(), node.size(), date.number(), until.number(), detail::Number(language),
                             out, error);
    });
  }

  // The verdicts that turn by time alone in (date, until], each with its first day.
  Result<Table> Turns(Date date, Date until, std::string_view node, const AuditOptions& options,
                      Language language = Language::kChinese) const;

  // The rules against everything at or below a node.  Finding something wrong is no error.
  Result<Findings> Audit(Date date, std::string_view node = kEverything) const;
  Result<Findings> Audit(Date date, std::string_view node, const AuditOptions& options) const;

  // How one rule judges one node and what that rests on, whatever the verdict: one finding.  Of the options the
  // parameters count.
  Result<Findings> Explain(NulText rule, std::string_view node, Date date) const;
  Result<Findings> Explain(NulText rule, std::string_view node, Date date, const AuditOptions& options) const;

  // The ledgers as texts, by the names of their files.
  Result<std::map<std::string, std::string>> ExportBytes(Progress progress = nullptr) const {
    detail::ProgressCall call(std::move(progress));
    Result<Table> table = detail::Ask<Table>(call, [&](jiceng_table** out, jiceng_error** error) {
      return jiceng_snapshot_export_bytes(get(), call.function(), call.user(), out, error);
    });
    if (!table.ok()) return table.error();
    std::map<std::string, std::string> ledgers;
    for (const Row row : *table) ledgers.emplace(row["file"].text(), row["content"].text());
    return ledgers;
  }

  // The packs attached, on whatever days.  With policy.hpp, as the next two.
  Result<Table> Rules(Language language = Language::kChinese) const;
  Result<Table> Policies(Language language = Language::kChinese) const;
  // What the rules are where a node lies, or one of them, and where each value comes from.
  Result<Table> EffectivePolicy(std::string_view node, Date date, const std::string& rule = {}) const;
  Result<Table> Waivers() const;

  // The matters at a moment, "2026-03-01 09:30" or a day (its beginning):
  // `matter,procedure,title,about,name,state,state_title,opened,entered,over`.  With matters.hpp, as the next seven.
  Result<Table> Matters(const std::string& at, const MattersOptions& options = {}) const;
  // The clocks that have run out: `due,matter,procedure,clock,title,about,name,begun`.
  Result<Table> LateMatters(const std::string& at, std::string_view node = {},
                            Language language = Language::kChinese) const;
  Result<Table> Handovers(const std::string& at, std::string_view node = {},
                          Language language = Language::kChinese) const;
  // The register of double reporting, a row a matter, and the records of service in it; of one year, or 0 for all.
  Result<Table> Register(std::string_view node, Date date, int32_t year = 0,
                         Language language = Language::kChinese) const;
  Result<Table> Services(std::string_view node, Date date, int32_t year = 0,
                         Language language = Language::kChinese) const;
  // One at a moment: `what,id,title,value,value_title`.
  Result<Table> Matter(const std::string& matter, const std::string& at, Language language = Language::kChinese) const;
  // Its steps: `number,at,step,title,actor,state,told`.
  Result<Table> MatterSteps(const std::string& matter, const std::string& at,
                            Language language = Language::kChinese) const;
  // Its clocks: `clock,title,begun,since,until,due,status,reason`.
  Result<Table> MatterClocks(const std::string& matter, const std::string& at,
                             Language language = Language::kChinese) const;

  // Writes the ledgers into a folder; how many rows each has.
  Result<Measures> Export(std::string_view folder, Progress progress = nullptr) const {
    detail::ProgressCall call(std::move(progress));
    return detail::ReadMeasures(detail::Ask<Table>(call, [&](jiceng_table** out, jiceng_error** error) {
      return jiceng_snapshot_export(get(), folder.data(), folder.size(), call.function(), call.user(), out, error);
    }));
  }
};

inline Result<Snapshot> Writer::Tried() const {
  return detail::Ask<Snapshot>(
      [&](jiceng_snapshot** out, jiceng_error** error) { return jiceng_writer_tried(get(), out, error); });
}

inline Result<Snapshot> Store::OpenSnapshot(const Actor* actor, int64_t seq) const {
  return detail::Ask<Snapshot>([&](jiceng_snapshot** out, jiceng_error** error) {
    return jiceng_snapshot_open(get(), actor == nullptr ? nullptr : actor->get(), seq, out, error);
  });
}

}  // namespace jiceng

#endif  // JICENG_SNAPSHOT_HPP
