// Ties of people and organisations: affiliations, employments, residences, appointments, reports, and any kind from
// ties.csv.
#include <algorithm>

#include "base/status.h"
#include "base/strings.h"
#include "engine/import_session.h"
#include "nlohmann/json.hpp"

namespace jiceng::engine {
namespace {

using base::Date;
using ledgers::Cell;
using ledgers::Ledger;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;
using model::TieKind;
using model::TieLaw;

base::Validity Days(const Cell& from, const Cell& to) {
  base::Validity valid;
  if (from.present) valid.from = from.date;
  if (to.present) valid.to = to.date;
  return valid;
}

// The optional columns of an appointment as canonical attributes JSON, "" when none is filled.
std::string PostAttributes(absl::Span<const Cell> cells) {
  constexpr std::pair<ledgers::AppointmentColumn, const char*> kColumns[] = {
      {ledgers::kPostCapacity, "capacity"},
      {ledgers::kPostChannel, "channel"},
      {ledgers::kPostOnBehalfOf, "on_behalf_of"},
      {ledgers::kPostExOfficioOf, "ex_officio_of"}};
  nlohmann::json object;
  for (const auto& [column, name] : kColumns) {
    if (cells[column].present) object[name] = std::string(cells[column].text);
  }
  return object.is_null() ? std::string() : object.dump();
}

}  // namespace

absl::Status ImportSession::ReadTies() {
  RETURN_IF_ERROR(ReadAnyTies());
  // Each kind is settled as soon as its ledger is read, so that only one ledger's rows are held at a time.
  RETURN_IF_ERROR(ReadPersonTies(Ledger::kAffiliations, TieKind::kAffiliation));
  FlushTies(TieKind::kAffiliation);
  RETURN_IF_ERROR(ReadPersonTies(Ledger::kEmployments, TieKind::kEmployment));
  FlushTies(TieKind::kEmployment);
  RETURN_IF_ERROR(ReadPersonTies(Ledger::kResidences, TieKind::kResidence));
  FlushTies(TieKind::kResidence);
  RETURN_IF_ERROR(ReadAppointments());
  FlushTies(TieKind::kAppointment);
  RETURN_IF_ERROR(ReadReports());
  FlushTies(TieKind::kReport);
  for (int k = 1; k < model::kTieKinds; ++k) {
    const TieKind kind = static_cast<TieKind>(k);
    const bool settled = kind == TieKind::kAffiliation || kind == TieKind::kEmployment || kind == TieKind::kResidence ||
                         kind == TieKind::kAppointment || kind == TieKind::kReport;
    if (!settled) FlushTies(kind);
  }
  return absl::OkStatus();
}

std::optional<NodeNumber> ImportSession::KnownNear(NodeKind kind, std::string_view id) {
  // Neighbouring rows often name one branch, community or person: the last answer of each kind is kept.
  LastReference& last = last_[static_cast<int>(kind)];
  if (last.id == id && last.node) return last.node;
  // Ledgers mostly name people in the order in which they were put: the next few are tried before the dictionary.
  constexpr uint32_t kFew = 4;
  for (uint32_t step = 1; last.node && step <= kFew; ++step) {
    const NodeNumber next(kind, last.node.ordinal() + step);
    if (!draft_.In(next) || draft_.Id(next) != id || draft_.Withdrawn(next)) continue;
    last.id.assign(id);
    last.node = next;
    return next;
  }
  const auto found = Known(kind, id);
  if (found) last = {std::string(id), *found};
  return found;
}

std::optional<NodeNumber> ImportSession::Reference(Origin at, NodeKind kind, const char* column, std::string_view id) {
  const auto found = KnownNear(kind, id);
  if (!found) {
    Reject(at, column, id, "UNKNOWN_REFERENCE",
           base::StrCat("no ",
                        kind == NodeKind::kUnit     ? "unit"
                        : kind == NodeKind::kPerson ? "person"
                                                    : "organisation",
                        " '", id, "' in the store or in this import"));
  }
  return found;
}

void ImportSession::ReserveTies(Ledger ledger, TieKind kind) {
  // Few rows are shorter.  What is too much is never touched, and costs addresses only.
  constexpr size_t kShortRow = 24;
  ties_[static_cast<int>(kind)].reserve(ties_[static_cast<int>(kind)].size() + BytesOf(ledger) / kShortRow);
}

void ImportSession::AddTie(Tie tie, std::string_view attributes, Origin at) {
  if (model::LawOf(tie.kind).shape == TieLaw::kSymmetric && tie.to < tie.from) std::swap(tie.from, tie.to);
  tie.extra = draft_.KeepAttributes(attributes);
  ties_[static_cast<int>(tie.kind)].push_back({tie, at});
}

absl::Status ImportSession::ReadPersonTies(Ledger ledger, TieKind kind) {
  ReserveTies(ledger, kind);
  const NodeKind target = kind == TieKind::kResidence ? NodeKind::kUnit : NodeKind::kOrganization;
  const char* column = ledgers::SpecOf(ledger).columns[ledgers::kTieTarget].name;
  RETURN_IF_ERROR(ReadFiles(ledger, [&](Origin at, Row cells) {
    const auto person = Reference(at, NodeKind::kPerson, "person_id", cells[ledgers::kTiePerson].text);
    const auto to = Reference(at, target, column, cells[ledgers::kTieTarget].text);
    if (!person || !to) return;
    Tie tie;
    tie.kind = kind;
    tie.from = *person;
    tie.to = *to;
    tie.valid = Days(cells[ledgers::kTieFrom], cells[ledgers::kTieTo]);
    if (kind == TieKind::kAffiliation) tie.manner = static_cast<uint8_t>(cells[ledgers::kTieManner].number);
    AddTie(tie, {}, at);
  }));
  return absl::OkStatus();
}

absl::Status ImportSession::ReadAppointments() {
  ReserveTies(Ledger::kAppointments, TieKind::kAppointment);
  return ReadFiles(Ledger::kAppointments, [&](Origin at, Row cells) {
    const auto person = Reference(at, NodeKind::kPerson, "person_id", cells[ledgers::kPostPerson].text);
    const bool of_org = cells[ledgers::kPostOrg].present;
    const auto body = of_org ? Reference(at, NodeKind::kOrganization, "org_id", cells[ledgers::kPostOrg].text)
                             : Reference(at, NodeKind::kUnit, "unit_code", cells[ledgers::kPostUnit].text);
    bool good = person.has_value() && body.has_value();
    for (const auto& [column, name] :
         {std::pair{ledgers::kPostOnBehalfOf, "on_behalf_of"}, {ledgers::kPostExOfficioOf, "ex_officio_of"}}) {
      // The source of an ex officio seat may be named by a node; other wording stays as text.
      if (!cells[column].present || !model::ParseNodeText(cells[column].text).ok() || KnownText(cells[column].text))
        continue;
      Reject(at, name, cells[column].text, "UNKNOWN_REFERENCE", "no such node in the store or in this import");
      good = false;
    }
    if (!good) return;
    Tie tie;
    tie.kind = TieKind::kAppointment;
    tie.from = *person;
    tie.to = *body;
    tie.role = static_cast<model::RoleNumber>(cells[ledgers::kPostRole].number);
    tie.manner = static_cast<uint8_t>(cells[ledgers::kPostManner].number);
    tie.valid = Days(cells[ledgers::kPostFrom], cells[ledgers::kPostTo]);
    AddTie(tie, PostAttributes(cells), at);
  });
}

absl::Status ImportSession::ReadReports() {
  ReserveTies(Ledger::kReports, TieKind::kReport);
  return ReadFiles(Ledger::kReports, [&](Origin at, Row cells) {
    const std::string_view text = cells[ledgers::kReportSubject].text;
    const bool with_kind = text.find(':') != std::string_view::npos;
    NodeNumber subject = with_kind ? KnownText(text).value_or(NodeNumber()) : NodeNumber();
    if (!subject) {
      const NodeNumber person = KnownNear(NodeKind::kPerson, text).value_or(NodeNumber());
      const NodeNumber org = Known(NodeKind::kOrganization, text).value_or(NodeNumber());
      if (person && org) {
        Reject(at, "subject_id", text, "AMBIGUOUS_SUBJECT",
               base::StrCat("both a person and an organisation have this id; write person:", text, " or org:", text));
        return;
      }
      subject = person ? person : org;
    }
    const bool may_report = subject && subject.kind() != NodeKind::kUnit;
    if (!may_report) {
      Reject(at, "subject_id", text, "UNKNOWN_REFERENCE",
             base::StrCat("no person or organisation '", text, "' in the store or in this import"));
    }
    const auto community = Reference(at, NodeKind::kUnit, "community_code", cells[ledgers::kReportCommunity].text);
    if (!may_report || !community) return;
    const int32_t level = draft_.Timeline(*community, Fact::kLevel).Last();
    if (level != static_cast<int32_t>(model::Level::kCommunity)) {
      Warn(at, "community_code", cells[ledgers::kReportCommunity].text, "NOT_A_COMMUNITY",
           "the unit is no community; a report counts only where its subject's community is");
    }
    Tie tie;
    tie.kind = TieKind::kReport;
    tie.from = subject;
    tie.to = *community;
    tie.valid = Days(cells[ledgers::kReportFrom], cells[ledgers::kReportTo]);
    AddTie(tie, {}, at);
  });
}

absl::Status ImportSession::ReadAnyTies() {
  return ReadFiles(Ledger::kTies, [&](Origin at, Row cells) {
    Tie tie;
    tie.kind = static_cast<TieKind>(cells[ledgers::kAnyKind].number);
    const TieLaw& law = model::LawOf(tie.kind);
    const auto from = KnownText(cells[ledgers::kAnyFromNode].text), to = KnownText(cells[ledgers::kAnyToNode].text);
    for (const auto& [found, column] : {std::pair{from, ledgers::kAnyFromNode}, {to, ledgers::kAnyToNode}}) {
      if (found) continue;
      Reject(at, column == ledgers::kAnyFromNode ? "from_node" : "to_node", cells[column].text, "UNKNOWN_REFERENCE",
             "no such node in the store or in this import; write unit:ID, org:ID or person:ID");
    }
    if (!from || !to) return;
    tie.from = *from;
    tie.to = *to;
    tie.valid = Days(cells[ledgers::kAnyFrom], cells[ledgers::kAnyTo]);
    std::string attributes(cells[ledgers::kAnyAttributes].text);
    if (law.with_role || law.with_manner) {
      // Role and manner lie in columns of their own.
      nlohmann::json object = nlohmann::json::parse(attributes.empty() ? "{}" : attributes, nullptr, false);
      const auto take = [&](const char* key) {
        std::string value;
        if (object.is_object() && object.contains(key) && object[key].is_string()) {
          value = object[key].get<std::string>();
          object.erase(key);
        }
        return value;
      };
      if (law.with_role) {
        const std::string name = take("role");
        const model::Role* role = catalogue_.FindRole(name);
        if (role == nullptr) {
          Reject(at, "attributes", attributes, "BAD_ROLE",
                 base::StrCat("an ", law.name, " tie needs {\"role\":…} from the catalogue, not '", name, "'"));
          return;
        }
        tie.role = static_cast<model::RoleNumber>(role->number);
      }
      if (law.with_manner) {
        const std::string name = take("kind");
        if (!name.empty() && !model::MannerFromName(tie.kind, name, &tie.manner)) {
          Reject(at, "attributes", attributes, "BAD_KIND",
                 base::StrCat("an ", law.name, " tie takes {\"kind\":…} as in its own ledger, not '", name, "'"));
          return;
        }
      }
      attributes = object.is_object() && !object.empty() ? object.dump() : std::string();
    }
    AddTie(tie, attributes, at);
  });
}

void ImportSession::FlushTies(TieKind kind) {
  SortByKey(&ties_[static_cast<int>(kind)]);
  // Snapshot mode asks later what was listed, good or bad.
  std::vector<TieRow> records =
      options_.snapshot_mode ? ties_[static_cast<int>(kind)] : std::move(ties_[static_cast<int>(kind)]);
  const auto same = [&](const TieRow& a, const TieRow& b) {
    return a.tie.valid == b.tie.valid && a.tie.manner == b.tie.manner &&
           draft_.Attributes(a.tie) == draft_.Attributes(b.tie);
  };
  size_t kept = 0;  // good ones move to the front
  for (size_t i = 0; i < records.size();) {
    size_t end = i + 1;
    bool conflict = false;
    for (; end < records.size() && records[end].tie.key() == records[i].tie.key(); ++end)
      conflict = conflict || !same(records[i], records[end]);
    if (conflict) {
      for (size_t r = i; r < end; ++r) {
        Reject(records[r].origin, "", "", "CONFLICTING_ROWS",
               base::StrCat("rows for ", draft_.Text(records[r].tie.from), " → ", draft_.Text(records[r].tie.to),
                            " beginning on one day say different things; keep the right one"));
      }
    } else {
      for (size_t r = i + 1; r < end; ++r)
        Warn(records[r].origin, "", "", "DUPLICATE_ROW", "the same row again; counted once");
      Tie tie = records[i].tie;
      const auto old = version_.graph->In(tie.from) ? version_.graph->FindTie(tie.key()) : std::optional<Tie>();
      if (old.has_value() && tie.valid.to == Date::Forever() && old->valid.to != Date::Forever()) {
        Warn(records[i].origin, "to", "", "WOULD_REOPEN",
             "an empty end does not bring back what has ended; the end stays");
        tie.valid.to = old->valid.to;
      }
      // Appointments of a ledger without the optional columns say nothing of them.
      if (tie.extra < 0 && old.has_value() && kind == TieKind::kAppointment)
        tie.extra = draft_.KeepAttributes(version_.graph->Extra(*old));
      records[kept++] = {tie, records[i].origin};
    }
    i = end;
  }
  records.resize(kept);
  draft_.PutTies(kind, std::move(records));
}

}  // namespace jiceng::engine
