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

std::optional<NodeNumber> ImportSession::Reference(Origin at, NodeKind kind, const char* column, std::string_view id) {
  // Neighbouring rows often name one branch, community or person: the last answer of each kind is kept.
  LastReference& last = last_[static_cast<int>(kind)];
  if (last.id == id && last.node) return last.node;
  // Ledgers mostly name people in the order in which they were put: the next one or two are tried before the
  // dictionary.
  for (uint32_t step = 1; last.node && step <= 2; ++step) {
    const NodeNumber next(kind, last.node.ordinal() + step);
    if (!draft_.In(next) || draft_.Id(next) != id || draft_.Withdrawn(next)) continue;
    last = {std::string(id), next};
    return next;
  }
  const auto found = Known(kind, id);
  if (found) last = {std::string(id), *found};
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

void ImportSession::AddTie(Tie tie, std::string_view attributes, Origin at) {
  if (model::LawOf(tie.kind).shape == TieLaw::kSymmetric && tie.to < tie.from) std::swap(tie.from, tie.to);
  tie.extra = -1;
  if (!attributes.empty()) {
    tie.extra = static_cast<int32_t>(extras_.size());
    extras_.emplace_back(attributes);
  }
  ties_[static_cast<int>(tie.kind)].push_back({tie, at});
}

absl::Status ImportSession::ReadPersonTies(Ledger ledger, TieKind kind) {
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
  return ReadFiles(Ledger::kReports, [&](Origin at, Row cells) {
    const std::string_view text = cells[ledgers::kReportSubject].text;
    NodeNumber subject = KnownText(text).value_or(NodeNumber());
    if (!subject) {
      const NodeNumber person = Known(NodeKind::kPerson, text).value_or(NodeNumber());
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
  std::vector<TieRecord>& records = ties_[static_cast<int>(kind)];
  draft_.ReserveTies(kind, records.size());
  SortByKey(&records);
  const auto attributes = [&](const TieRecord& r) {
    return r.tie.extra < 0 ? std::string_view() : std::string_view(extras_[r.tie.extra]);
  };
  const auto same = [&](const TieRecord& a, const TieRecord& b) {
    return a.tie.valid == b.tie.valid && a.tie.manner == b.tie.manner && attributes(a) == attributes(b);
  };
  for (size_t i = 0; i < records.size();) {
    size_t end = i + 1;
    bool conflict = false;
    for (; end < records.size() && records[end].tie.key() == records[i].tie.key(); ++end)
      conflict = conflict || !same(records[i], records[end]);
    if (conflict) {
      for (size_t r = i; r < end; ++r) {
        Reject(records[r].at, "", "", "CONFLICTING_ROWS",
               base::StrCat("rows for ", draft_.Text(records[r].tie.from), " → ", draft_.Text(records[r].tie.to),
                            " beginning on one day say different things; keep the right one"));
      }
    } else {
      for (size_t r = i + 1; r < end; ++r)
        Warn(records[r].at, "", "", "DUPLICATE_ROW", "the same row again; counted once");
      Tie tie = records[i].tie;
      const auto old = version_.graph->In(tie.from) ? version_.graph->FindTie(tie.key()) : std::optional<Tie>();
      if (old.has_value() && tie.valid.to == Date::Forever() && old->valid.to != Date::Forever()) {
        Warn(records[i].at, "to", "", "WOULD_REOPEN", "an empty end does not bring back what has ended; the end stays");
        tie.valid.to = old->valid.to;
      }
      std::string_view said = attributes(records[i]);
      // Appointments of a ledger without the optional columns say nothing of them.
      if (said.empty() && old.has_value() && kind == TieKind::kAppointment) said = version_.graph->Extra(*old);
      draft_.PutTie(tie, said, records[i].at);
    }
    i = end;
  }
  if (!options_.snapshot_mode) records = {};
}

}  // namespace jiceng::engine
