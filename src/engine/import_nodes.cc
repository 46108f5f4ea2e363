// Units, organisations and people: rows to nodes, facts and texts.
#include <algorithm>

#include "base/codes.h"
#include "base/status.h"
#include "base/strings.h"
#include "engine/import_session.h"

namespace jiceng::engine {
namespace {

using base::Date;
using base::Validity;
using ledgers::Cell;
using ledgers::Ledger;
using model::Fact;
using model::kNoValue;
using model::NodeKind;
using model::NodeNumber;

// A digest of what the cells mean, for telling identical rows from conflicting ones: two spellings of one code are the
// same.
uint64_t Content(absl::Span<const Cell> cells, std::initializer_list<int> codes) {
  uint64_t h = 0;
  for (size_t i = 0; i < cells.size(); ++i) {
    const bool is_code = std::find(codes.begin(), codes.end(), static_cast<int>(i)) != codes.end();
    h = (h ^ graph::DictionaryHash(is_code ? base::CanonicalDivisionCode(cells[i].text) : cells[i].text)) *
            0x9e3779b97f4a7c15ull +
        1;
  }
  return h;
}

int32_t Number(const Cell& cell) { return cell.present ? static_cast<int32_t>(cell.number) : kNoValue; }
int32_t Packed(const Cell& cell) {
  return cell.present ? base::PartialDate{cell.date, static_cast<base::PartialDate::Precision>(cell.precision)}.Pack()
                      : kNoValue;
}

}  // namespace

// What tells rows of one file apart: a unit's code, else the id.
std::string_view ImportSession::KeyOf(const NodeRecord& record) const {
  const std::string_view code = record.body < 0 ? std::string_view() : bodies_[static_cast<size_t>(record.body)].code;
  return code.empty() ? record.id : base::CanonicalDivisionCode(code);
}

void ImportSession::AddNode(NodeKind kind, const NodeRecord& record) {
  const int k = static_cast<int>(kind);
  const std::string_view key = KeyOf(record);
  const auto there =
      by_key_[k].Add(key, static_cast<uint32_t>(nodes_[k].size()), [&](uint32_t i) { return KeyOf(nodes_[k][i]); });
  if (!there) {
    nodes_[k].push_back(record);
    return;
  }
  NodeRecord& first = nodes_[k][*there];
  if (first.content == record.content && !first.bad) {
    Warn(record.at, "", key, "DUPLICATE_ROW", "the same row again; counted once");
    return;
  }
  const std::string message = base::StrCat("rows with the key '", key, "' say different things; keep the right one");
  if (conflicting_.insert(first.at).second) Reject(first.at, "", key, "CONFLICTING_ROWS", message);
  Reject(record.at, "", key, "CONFLICTING_ROWS", message);
  first.bad = true;
}

absl::Status ImportSession::ReadNodes() {
  // A row of people.csv takes about fifty bytes; room for them at once spares moving millions about.
  const size_t people = BytesOf(Ledger::kPeople) / 50;
  nodes_[static_cast<int>(NodeKind::kPerson)].reserve(people);
  by_key_[static_cast<int>(NodeKind::kPerson)].Reserve(people);
  Arena& arena = draft_.arena();
  RETURN_IF_ERROR(ReadFiles(Ledger::kUnits, [&](Origin at, Row cells) {
    NodeRecord record;
    record.at = at;
    record.content = Content(cells, {ledgers::kUnitCode, ledgers::kUnitParentCode, ledgers::kUnitId});
    BodyColumns body;
    body.code = arena.Keep(cells[ledgers::kUnitCode].text);
    record.id = cells[ledgers::kUnitId].present ? arena.Keep(cells[ledgers::kUnitId].text) : body.code;
    record.name = arena.Keep(cells[ledgers::kUnitName].text);
    record.facts[static_cast<int>(Fact::kLevel)] = Number(cells[ledgers::kUnitLevel]);
    record.facts[static_cast<int>(Fact::kHouseholds)] = Number(cells[ledgers::kUnitHouseholds]);
    record.facts[static_cast<int>(Fact::kPopulation)] = Number(cells[ledgers::kUnitPopulation]);
    body.parent = arena.Keep(cells[ledgers::kUnitParentCode].text);
    body.has_parent = true;
    record.has_from = cells[ledgers::kUnitFrom].present;
    record.has_to = cells[ledgers::kUnitTo].present;
    if (record.has_from) record.from = cells[ledgers::kUnitFrom].date;
    if (record.has_to) record.to = cells[ledgers::kUnitTo].date;
    record.body = static_cast<int32_t>(bodies_.size());
    bodies_.push_back(body);
    AddNode(NodeKind::kUnit, record);
  }));
  RETURN_IF_ERROR(ReadFiles(Ledger::kOrgs, [&](Origin at, Row cells) {
    NodeRecord record;
    record.at = at;
    record.content = Content(cells, {ledgers::kOrgUnitCode});
    record.id = arena.Keep(cells[ledgers::kOrgId].text);
    record.name = arena.Keep(cells[ledgers::kOrgName].text);
    record.facts[static_cast<int>(Fact::kOrgKind)] = Number(cells[ledgers::kOrgKindColumn]);
    record.has_from = cells[ledgers::kOrgFounded].present;
    record.has_to = cells[ledgers::kOrgDissolved].present;
    if (record.has_from) record.from = cells[ledgers::kOrgFounded].date;
    if (record.has_to) record.to = cells[ledgers::kOrgDissolved].date;
    record.precision =
        static_cast<uint8_t>(cells[ledgers::kOrgFounded].precision | cells[ledgers::kOrgDissolved].precision << 2);
    BodyColumns body;
    body.parent = arena.Keep(cells[ledgers::kOrgParentId].text);
    body.seat = arena.Keep(cells[ledgers::kOrgUnitCode].text);
    body.has_parent = body.has_seat = true;
    body.uscc = arena.Keep(cells[ledgers::kOrgUscc].text);
    body.party_code = arena.Keep(cells[ledgers::kOrgPartyCode].text);
    record.body = static_cast<int32_t>(bodies_.size());
    bodies_.push_back(body);
    AddNode(NodeKind::kOrganization, record);
  }));
  RETURN_IF_ERROR(ReadFiles(Ledger::kPeople, [&](Origin at, Row cells) {
    NodeRecord record;
    record.at = at;
    record.content = Content(cells, {});
    record.id = arena.Keep(cells[ledgers::kPersonId].text);
    record.name = arena.Keep(cells[ledgers::kPersonName].text);
    record.facts[static_cast<int>(Fact::kPartyStatus)] = Number(cells[ledgers::kPersonStatus]);
    record.facts[static_cast<int>(Fact::kInService)] = Number(cells[ledgers::kPersonInService]);
    record.facts[static_cast<int>(Fact::kJoinedOn)] = Packed(cells[ledgers::kPersonJoinedOn]);
    record.facts[static_cast<int>(Fact::kFullOn)] = Packed(cells[ledgers::kPersonFullOn]);
    record.facts[static_cast<int>(Fact::kSex)] = Number(cells[ledgers::kPersonSex]);
    if (cells[ledgers::kPersonStatusFrom].present) record.status_from = cells[ledgers::kPersonStatusFrom].date;
    AddNode(NodeKind::kPerson, record);
  }));
  return absl::OkStatus();
}

void ImportSession::ResolveNodes(NodeKind kind) {
  const int k = static_cast<int>(kind);
  const bool store_empty = version_.graph->Count(kind) == 0;
  for (uint32_t i = 0; i < nodes_[k].size(); ++i) {
    NodeRecord& record = nodes_[k][i];
    if (!store_empty) {
      auto found = draft_.Find(kind, record.id);
      if (!found && kind == NodeKind::kUnit) found = draft_.Find(kind, bodies_[record.body].code);
      if (found) record.node = *found;
    }
    if (kind != NodeKind::kUnit) continue;
    // Two rows of different codes must not mean one unit.
    const auto there = units_by_id_.Add(base::CanonicalDivisionCode(record.id), i,
                                        [&](uint32_t u) { return base::CanonicalDivisionCode(nodes_[k][u].id); });
    if (there && !record.bad) {
      const std::string message = base::StrCat("two rows give the unit '", record.id, "' different codes");
      NodeRecord& other = nodes_[k][*there];
      if (!other.bad) Reject(other.at, "id", record.id, "CONFLICTING_ROWS", message);
      Reject(record.at, "id", record.id, "CONFLICTING_ROWS", message);
      record.bad = other.bad = true;
    }
  }
}

void ImportSession::RejectUnknownParents(NodeKind kind) {
  const int k = static_cast<int>(kind);
  // Known is what the store has or a good row puts; a rejected row takes those that name it with it, until nothing
  // changes.
  const auto known = [&](NodeKind of, std::string_view text) {
    const int o = static_cast<int>(of);
    const bool unit = of == NodeKind::kUnit;
    const std::string_view key = unit ? base::CanonicalDivisionCode(text) : text;
    const auto row = by_key_[o].Find(key, [&](uint32_t i) { return KeyOf(nodes_[o][i]); });
    if (row && !nodes_[o][*row].bad) return true;
    if (unit) {
      const auto same_id =
          units_by_id_.Find(key, [&](uint32_t i) { return base::CanonicalDivisionCode(nodes_[o][i].id); });
      if (same_id && !nodes_[o][*same_id].bad) return true;
    }
    return Known(of, text).has_value();
  };
  const char* parent_column = kind == NodeKind::kUnit ? "parent_code" : "parent_id";
  for (bool changed = true; changed;) {
    changed = false;
    for (NodeRecord& record : nodes_[k]) {
      if (record.bad) continue;
      const BodyColumns& body = bodies_[record.body];
      const bool bad_parent = !body.parent.empty() && !known(kind, body.parent);
      const bool bad_seat = !body.seat.empty() && !known(NodeKind::kUnit, body.seat);
      if (bad_parent) {
        Reject(record.at, parent_column, body.parent, "UNKNOWN_REFERENCE",
               base::StrCat("no ", kind == NodeKind::kUnit ? "unit has the code '" : "organisation has the id '",
                            body.parent, "' in the store or in this import"));
      }
      if (bad_seat) {
        Reject(record.at, "unit_code", body.seat, "UNKNOWN_REFERENCE",
               base::StrCat("no unit has the code '", body.seat, "' in the store or in this import"));
      }
      if (bad_parent || bad_seat) changed = record.bad = true;
    }
  }
}

void ImportSession::CreateNodes(NodeKind kind) {
  const int k = static_cast<int>(kind);
  if (version_.graph->Count(kind) == 0) draft_.ReserveNodes(kind, nodes_[k].size());
  for (NodeRecord& record : nodes_[k]) {
    if (record.bad) continue;
    if (!record.node && kind == NodeKind::kPerson && erased_.HasId(record.id)) {
      Reject(record.at, "person_id", record.id, "ERASED_PERSON", "this person has been erased and does not come back");
      record.bad = true;
      continue;
    }
    if (!record.node) {
      record.node = draft_.CreateKeptNode(kind, record.id, record.name);
      record.fresh = true;
    } else if (draft_.Withdrawn(record.node)) {
      draft_.RestoreNode(record.node);
      record.fresh = true;
    }
    if (options_.snapshot_mode) listed_[k].insert(record.node);
    if (kind == NodeKind::kUnit) {
      const std::string_view code = bodies_[record.body].code;
      if (base::CanonicalDivisionCode(code) != base::CanonicalDivisionCode(record.id))
        draft_.RegisterCode(code, record.node);
    } else if (kind == NodeKind::kOrganization) {
      const BodyColumns& body = bodies_[record.body];
      if (!body.uscc.empty()) draft_.RegisterCode(body.uscc, record.node);
      if (!body.party_code.empty()) draft_.RegisterCode(body.party_code, record.node);
    }
  }
  Release(&by_key_[k]);
  if (kind == NodeKind::kUnit) Release(&units_by_id_);
}

void ImportSession::StateNode(NodeKind kind, const NodeRecord& record) {
  if (kind != NodeKind::kPerson) StateLife(record);
  switch (kind) {
    case NodeKind::kUnit: {
      StateFact(record, Fact::kLevel, record.facts[0], Date::Beginning());
      StateFact(record, Fact::kHouseholds, record.facts[1], Date::Beginning());
      StateFact(record, Fact::kPopulation, record.facts[2], Date::Beginning());
      const BodyColumns& body = bodies_[record.body];
      StateReference(record, Fact::kUnitParent, body.parent, body.has_parent);
      break;
    }
    case NodeKind::kOrganization: {
      StateFact(record, Fact::kOrgKind, record.facts[0], Date::Beginning());
      const BodyColumns& body = bodies_[record.body];
      StateReference(record, Fact::kOrgParent, body.parent, body.has_parent);
      StateReference(record, Fact::kOrgSeat, body.seat, body.has_seat);
      break;
    }
    default:
      StateFact(record, Fact::kPartyStatus, record.facts[0], record.status_from);
      for (int i = 1; i < 5; ++i) StateFact(record, static_cast<Fact>(i), record.facts[i], Date::Beginning());
  }
}

void ImportSession::StateLife(const NodeRecord& record) {
  Validity life = record.fresh ? Validity{} : draft_.Life(record.node);
  uint8_t precision = record.fresh ? 0 : draft_.Precision(record.node);
  if (record.has_from) {
    life.from = record.from;
    precision = static_cast<uint8_t>((precision & ~3) | (record.precision & 3));
  }
  if (record.has_to) {
    life.to = record.to;
    precision = static_cast<uint8_t>((precision & 3) | (record.precision & ~3));
  } else if (!record.fresh && life.to != Date::Forever()) {
    Warn(record.at, "", "", "WOULD_REOPEN", "an empty end does not bring back what has ended; the end stays");
  }
  draft_.SetLife(record.node, life, precision);
}

void ImportSession::StateFact(const NodeRecord& record, Fact fact, int32_t value, Date since) {
  if (value == kNoValue) return;
  const NodeNumber node = record.node;
  if (record.fresh) {
    const Date end = HistoryEnd(node, model::FactName(node.kind(), fact));
    draft_.AssignFact(node, fact, {since != Date::Beginning() ? since : end, Date::Forever()}, value);
    return;
  }
  const model::FactTimeline believed = draft_.Timeline(node, fact);
  if (believed.Last() != value) {
    // From the day given; else from the import's date; else the belief that held last was wrong and is corrected.
    const Date from = since != Date::Beginning()           ? since
                      : options_.date != Date::Beginning() ? options_.date
                                                           : believed.LastFrom();
    draft_.AssignFact(node, fact, {from, Date::Forever()}, value);
  } else if (since != Date::Beginning() && since < believed.LastFrom()) {
    draft_.AssignFact(node, fact, {since, Date::Forever()}, value);
  } else if (since != Date::Beginning() && since > believed.LastFrom()) {
    // The same value began later than believed: what was before it reaches up to that day.
    const size_t steps = believed.steps().size();
    const int32_t earlier = steps > 1 ? believed.steps()[steps - 2].value : kNoValue;
    draft_.AssignFact(node, fact, {believed.LastFrom(), since}, earlier);
  }
}

void ImportSession::StateReference(const NodeRecord& record, Fact fact, std::string_view text, bool said) {
  if (!said) return;
  const NodeKind kind =
      fact == Fact::kOrgSeat || record.node.kind() == NodeKind::kUnit ? NodeKind::kUnit : NodeKind::kOrganization;
  int32_t value = kNoValue;
  if (!text.empty()) {
    const auto found = Known(kind, text);
    if (!found) return;  // rejected before
    value = static_cast<int32_t>(found->bits());
  }
  if (value != kNoValue) {
    StateFact(record, fact, value, Date::Beginning());
    return;
  }
  if (record.fresh) return;
  const model::FactTimeline believed = draft_.Timeline(record.node, fact);
  if (believed.Last() == kNoValue) return;
  const Date from = options_.date != Date::Beginning() ? options_.date : believed.LastFrom();
  draft_.AssignFact(record.node, fact, {from, Date::Forever()}, kNoValue);
}

absl::Status ImportSession::ReadHistory() {
  Arena& arena = draft_.arena();
  return ReadFiles(Ledger::kHistory, [&](Origin at, Row cells) {
    HistoryRecord record;
    record.at = at;
    record.node = arena.Keep(cells[ledgers::kHistoryNode].text);
    record.attribute = arena.Keep(cells[ledgers::kHistoryAttribute].text);
    record.value = arena.Keep(cells[ledgers::kHistoryValue].text);
    if (cells[ledgers::kHistoryFrom].present) record.valid.from = cells[ledgers::kHistoryFrom].date;
    if (cells[ledgers::kHistoryTo].present) record.valid.to = cells[ledgers::kHistoryTo].date;
    history_.push_back(record);
  });
}

}  // namespace jiceng::engine
