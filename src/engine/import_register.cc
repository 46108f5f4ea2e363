// Chinese registers (花名册): one row names a person and says where he or she belongs, works, lives, has reported or
// serves.
#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/status.h"
#include "base/strings.h"
#include "engine/import_session.h"
#include "graph/walk.h"

namespace jiceng::engine {
namespace {

using base::Date;
using ledgers::Cell;
using ledgers::RegisterField;
using model::Fact;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;
using model::Tie;
using model::TieKind;

// "In the end": a register without a date is read against what holds last.
Date LastDay() { return *Date::FromCivil(9999, 12, 31); }

}  // namespace

// What registers need beside the session: names and identities looked up, all read in one pass over the texts.
class RegisterLookup {
 public:
  RegisterLookup(Store* store, const Version& version) : store_(store), version_(version) {}

  absl::Status Load(std::optional<NodeNumber> under, Date day) {
    return store_->rows().ReadAllTexts([&](const store::StoredText& text) {
      if (text.seq > version_.seq || version_.graph->Withdrawn(text.node)) return;
      if (text.attribute == TextAttribute::kName && text.node.kind() != NodeKind::kPerson &&
          text.valid.to == Date::Forever()) {
        if (!under || graph::IsUnder(*version_.graph, text.node, *under, day)) AddName(text.node, text.value);
      }
      if (text.attribute == TextAttribute::kStaffNumber || text.attribute == TextAttribute::kCitizenIdHash) {
        identities_[{text.attribute, std::string(text.value)}] = text.node;
      }
    });
  }
  void AddName(NodeNumber node, std::string_view name) {
    std::vector<NodeNumber>& nodes = names_[{node.kind(), std::string(name)}];
    if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
  }
  void AddIdentity(TextAttribute attribute, std::string value, NodeNumber node) {
    identities_[{attribute, std::move(value)}] = node;
  }
  std::optional<NodeNumber> FindIdentity(TextAttribute attribute, const std::string& value) const {
    const auto it = identities_.find({attribute, value});
    return it == identities_.end() ? std::nullopt : std::optional<NodeNumber>(it->second);
  }
  std::vector<NodeNumber> FindName(NodeKind kind, std::string_view name) const {
    const auto it = names_.find({kind, std::string(name)});
    return it == names_.end() ? std::vector<NodeNumber>() : it->second;
  }

 private:
  Store* store_;
  const Version& version_;
  std::map<std::pair<NodeKind, std::string>, std::vector<NodeNumber>> names_;
  std::map<std::pair<TextAttribute, std::string>, NodeNumber> identities_;
};

std::optional<NodeNumber> ImportSession::RegisterReference(Origin at, const RegisterLookup& lookup, NodeKind kind,
                                                           const Cell& cell, const char* column) {
  if (const auto by_id = Known(kind, cell.text)) return by_id;
  const std::vector<NodeNumber> named = lookup.FindName(kind, cell.text);
  if (named.size() == 1) return named[0];
  if (named.empty()) {
    Reject(at, column, cell.text, "UNKNOWN_REFERENCE",
           base::StrCat("no ", kind == NodeKind::kUnit ? "unit" : "organisation", " of this name or id",
                        options_.under.empty() ? "" : " under ", options_.under));
    return std::nullopt;
  }
  std::string ids;
  for (size_t i = 0; i < named.size() && i < 10; ++i) ids += base::StrCat(i == 0 ? "" : ", ", draft_.Text(named[i]));
  if (named.size() > 10) ids += " …";
  Reject(at, column, cell.text, "AMBIGUOUS_NAME",
         base::StrCat(named.size(), " have this name: ", ids, "; write the id, or narrow the search with --under"));
  return std::nullopt;
}

std::optional<NodeNumber> ImportSession::RegisterPerson(Origin at, Row fields, RegisterLookup* lookup) {
  const Cell& id = fields[static_cast<int>(RegisterField::kPersonId)];
  const Cell& citizen = fields[static_cast<int>(RegisterField::kCitizenId)];
  const Cell& staff = fields[static_cast<int>(RegisterField::kStaffNumber)];
  // A citizen number is kept only as a keyed hash, under the store's own key.
  const std::string hash =
      citizen.present ? base::Hex(base::Bytes(base::HmacSha256(store_->rows().key(), citizen.text))) : std::string();
  std::optional<NodeNumber> person;
  if (id.present) person = Known(NodeKind::kPerson, id.text);
  if (!person && !hash.empty()) person = lookup->FindIdentity(TextAttribute::kCitizenIdHash, hash);
  if (!person && staff.present) person = lookup->FindIdentity(TextAttribute::kStaffNumber, std::string(staff.text));

  NodeRecord record;
  record.at = at;
  record.name = draft_.arena().Keep(fields[static_cast<int>(RegisterField::kName)].text);
  if (!person) {
    if (record.name.empty()) {
      Reject(at, "name", "", "EMPTY_CELL", "a person who is not in the store yet needs a name");
      return std::nullopt;
    }
    const NodeNumber next(NodeKind::kPerson, draft_.Count(NodeKind::kPerson));
    const std::string new_id = id.present ? std::string(id.text) : base::StrCat("p", next.ToInt64());
    if (draft_.Find(NodeKind::kPerson, new_id)) {
      Reject(at, "", new_id, "ID_TAKEN", "the id a new person would get is another's; give the row a person_id");
      return std::nullopt;
    }
    if ((id.present && erased_.HasId(id.text)) || (!hash.empty() && erased_.HasCitizenHash(hash))) {
      Reject(at, "", "", "ERASED_PERSON", "this person has been erased and does not come back");
      return std::nullopt;
    }
    person = draft_.CreateNode(NodeKind::kPerson, new_id, record.name);
    record.fresh = true;
  }
  record.node = *person;
  record.id = draft_.Id(*person);
  const base::Validity since{options_.date, Date::Forever()};
  if (!hash.empty() && !lookup->FindIdentity(TextAttribute::kCitizenIdHash, hash)) {
    draft_.AssignText(*person, TextAttribute::kCitizenIdHash, {}, hash);
    lookup->AddIdentity(TextAttribute::kCitizenIdHash, hash, *person);
  }
  if (staff.present && !lookup->FindIdentity(TextAttribute::kStaffNumber, std::string(staff.text))) {
    draft_.AssignText(*person, TextAttribute::kStaffNumber, since, staff.text);
    lookup->AddIdentity(TextAttribute::kStaffNumber, std::string(staff.text), *person);
  }
  const auto number = [&](RegisterField field) {
    const Cell& cell = fields[static_cast<int>(field)];
    return cell.present ? static_cast<int32_t>(cell.number) : model::kNoValue;
  };
  const auto packed = [&](RegisterField field) {
    const Cell& cell = fields[static_cast<int>(field)];
    return cell.present ? base::PartialDate{cell.date, static_cast<base::PartialDate::Precision>(cell.precision)}.Pack()
                        : model::kNoValue;
  };
  record.facts[static_cast<int>(Fact::kPartyStatus)] = number(RegisterField::kPartyStatus);
  record.facts[static_cast<int>(Fact::kInService)] = number(RegisterField::kInService);
  record.facts[static_cast<int>(Fact::kJoinedOn)] = packed(RegisterField::kJoinedOn);
  record.facts[static_cast<int>(Fact::kFullOn)] = packed(RegisterField::kFullOn);
  record.facts[static_cast<int>(Fact::kSex)] = number(RegisterField::kSex);
  int32_t& status = record.facts[static_cast<int>(Fact::kPartyStatus)];
  if (record.fresh && status == model::kNoValue && fields[static_cast<int>(RegisterField::kBranch)].present) {
    status = static_cast<int32_t>(model::PartyStatus::kFull);
    Warn(at, "party_status", "", "STATUS_ASSUMED",
         "the register does not say whether full or probationary; taken as full (正式党员)");
  }
  nodes_[static_cast<int>(NodeKind::kPerson)].push_back(record);
  return person;
}

void ImportSession::RegisterTie(Origin at, Tie tie, const Cell& from, const Cell& to, bool one_at_a_time,
                                const char* column, std::string_view cell) {
  if (from.present) tie.valid.from = from.date;
  if (to.present) tie.valid.to = to.date;
  const Date day = options_.date != Date::Beginning() ? options_.date : LastDay();
  if (!from.present) {
    // The register says only that it holds.  What holds already needs no row; what held instead ends on the import's
    // date.
    bool holds = false;
    std::vector<Tie> others;
    if (version_.graph->In(tie.from)) {
      version_.graph->ForEachOpenFrom(tie.kind, tie.from, day, [&](const Tie& old) {
        if (old.role != tie.role || old.manner != tie.manner) return;
        if (old.to == tie.to) {
          holds = true;
        } else if (one_at_a_time) {
          others.push_back(old);
        }
      });
    }
    if (holds) return;
    if (!others.empty() && options_.date == Date::Beginning()) {
      Reject(at, column, cell, "NEEDS_DATE",
             base::StrCat("the store has ", draft_.Text(others[0].to),
                          " instead; say with --date from which day the register holds"));
      return;
    }
    for (Tie other : others) {
      const Tie old = other;
      other.valid.to = options_.date;
      if (other.valid.IsEmpty()) {
        draft_.WithdrawTie(old, at);
      } else {
        draft_.PutTie(other, version_.graph->Extra(old), at);
      }
    }
    tie.valid.from = options_.date;
  }
  AddTie(tie, {}, at);
}

absl::Status ImportSession::ReadRegisters() {
  const auto& mappings = store_->catalogue().registers;
  const bool any = std::any_of(sources_.begin(), sources_.end(), [&](const ledgers::Source& source) {
    return ledgers::FindSpec(source.name()) == nullptr;
  });
  if (!any) return absl::OkStatus();

  const Date day = options_.date != Date::Beginning() ? options_.date : LastDay();
  std::optional<NodeNumber> under;
  if (!options_.under.empty()) {
    under = KnownText(options_.under);
    if (!under)
      return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_NODE",
                         base::StrCat("no node ", options_.under, " in the store"), "under");
  }
  RegisterLookup lookup(store_, version_);
  RETURN_IF_ERROR(lookup.Load(under, day));
  for (int k = 1; k < static_cast<int>(NodeKind::kPerson); ++k) {
    for (const NodeRecord& record : nodes_[k]) {
      if (!record.bad) lookup.AddName(record.node, record.name);
    }
  }

  for (size_t i = 0; i < sources_.size(); ++i) {
    if (ledgers::FindSpec(sources_[i].name()) != nullptr) continue;
    const ledgers::RegisterMapping* mapping = ledgers::MatchRegister(sources_[i], mappings);
    if (mapping == nullptr) continue;
    const size_t known_errors = report_->diagnostics.errors().size();
    absl::Status status =
        ledgers::ReadRegister(*mapping, sources_[i], catalogue_, &report_->diagnostics, [&](int64_t row, Row fields) {
          const Origin at = RowOrigin(i, row);
          if (excluded_.count(at) != 0) return;
          ++accepted_[i];
          const auto field = [&](RegisterField f) -> const Cell& { return fields[static_cast<int>(f)]; };
          // Everything the row names is looked for first, so that a row is taken whole or not at all.
          struct Wanted {
            RegisterField to, from, until;
            TieKind kind;
            NodeKind target;
            const char* column;
            std::optional<NodeNumber> node;
          };
          Wanted wanted[] = {
              {RegisterField::kBranch,
               RegisterField::kBranchFrom,
               RegisterField::kBranchTo,
               TieKind::kAffiliation,
               NodeKind::kOrganization,
               "branch",
               {}},
              {RegisterField::kEmployer,
               RegisterField::kEmployerFrom,
               RegisterField::kEmployerTo,
               TieKind::kEmployment,
               NodeKind::kOrganization,
               "employer",
               {}},
              {RegisterField::kCommunity,
               RegisterField::kCommunityFrom,
               RegisterField::kCommunityTo,
               TieKind::kResidence,
               NodeKind::kUnit,
               "community",
               {}},
              {RegisterField::kReportCommunity,
               RegisterField::kReportedOn,
               RegisterField::kReportCommunity,
               TieKind::kReport,
               NodeKind::kUnit,
               "report_community",
               {}},
              {RegisterField::kPostBody,
               RegisterField::kPostFrom,
               RegisterField::kPostTo,
               TieKind::kAppointment,
               NodeKind::kOrganization,
               "post_body",
               {}},
          };
          bool good = true;
          for (Wanted& w : wanted) {
            if (!field(w.to).present) continue;
            w.node = RegisterReference(at, lookup, w.target, field(w.to), w.column);
            good = good && w.node.has_value();
          }
          if (!good) return;
          const auto person = RegisterPerson(at, fields, &lookup);
          if (!person) return;
          const Cell none;
          for (const Wanted& w : wanted) {
            if (!w.node) continue;
            Tie tie;
            tie.kind = w.kind;
            tie.from = *person;
            tie.to = *w.node;
            if (w.kind == TieKind::kAffiliation) tie.manner = static_cast<uint8_t>(model::AffiliationManner::kFormal);
            if (w.kind == TieKind::kAppointment) {
              if (!field(RegisterField::kPost).present) continue;
              tie.role = static_cast<model::RoleNumber>(field(RegisterField::kPost).number);
              tie.manner = static_cast<uint8_t>(
                  model::AppointmentManner::kAppointed);  // a register does not say how; docs/ledgers.md tells
            }
            const bool one =
                w.kind == TieKind::kAffiliation || w.kind == TieKind::kEmployment || w.kind == TieKind::kResidence;
            RegisterTie(at, tie, field(w.from), w.kind == TieKind::kReport ? none : field(w.until), one, w.column,
                        field(w.to).text);
          }
        });
    if (!status.ok() && !absl::IsInvalidArgument(status)) return status;
    const auto& errors = report_->diagnostics.errors();
    for (size_t e = known_errors; e < errors.size(); ++e) {
      if (errors[e].file == sources_[i].name()) rejected_.insert(RowOrigin(i, errors[e].row));
    }
  }
  return absl::OkStatus();
}

}  // namespace jiceng::engine
