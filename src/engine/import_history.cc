// What held earlier, what things are called, and terms: history.csv, names and codes, terms.csv.
#include <algorithm>
#include <iterator>
#include <map>

#include "base/codes.h"
#include "base/status.h"
#include "base/strings.h"
#include "engine/import_session.h"

namespace jiceng::engine {
namespace {

using base::Date;
using ledgers::Ledger;
using model::Fact;
using model::kNoValue;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;

std::string HistoryKey(NodeNumber node, std::string_view attribute) {
  return base::StrCat(node.bits(), ":", attribute);
}

bool IsHistoryText(std::string_view attribute, TextAttribute* text) {
  return model::TextAttributeFromName(attribute, text) && (*text == TextAttribute::kName || model::IsCode(*text));
}

}  // namespace

Date ImportSession::HistoryEnd(NodeNumber node, std::string_view attribute) const {
  if (history_end_.empty()) return Date::Beginning();
  const auto it = history_end_.find(HistoryKey(node, attribute));
  return it == history_end_.end() ? Date::Beginning() : it->second;
}

void ImportSession::ResolveHistory() {
  for (HistoryRecord& record : history_) {
    const auto node = KnownText(record.node);
    if (!node) {
      Reject(record.at, "node", record.node, "UNKNOWN_REFERENCE",
             "no such node in the store or in this import; write unit:ID, org:ID or person:ID");
      record.bad = true;
      continue;
    }
    Fact fact;
    TextAttribute text;
    if (!model::FactFromName(node->kind(), record.attribute, &fact) && !IsHistoryText(record.attribute, &text)) {
      std::string known = "name, code, uscc, party_code";
      for (int i = 0; i < model::FactCount(node->kind()); ++i)
        known += base::StrCat(", ", model::FactName(node->kind(), static_cast<Fact>(i)));
      Reject(record.at, "attribute", record.attribute, "BAD_ATTRIBUTE",
             base::StrCat("a ", model::NodeKindName(node->kind()), " has these: ", known));
      record.bad = true;
      continue;
    }
    record.resolved = *node;
    Date& end = history_end_.try_emplace(HistoryKey(*node, record.attribute), Date::Beginning()).first->second;
    end = std::max(end, record.valid.to);
  }
}

std::optional<int32_t> ImportSession::HistoryValue(const HistoryRecord& record, NodeNumber node, Fact fact) {
  if (record.value.empty()) return kNoValue;
  const auto bad = [&](std::string message) -> std::optional<int32_t> {
    Reject(record.at, "value", record.value, "BAD_VALUE", std::move(message));
    return std::nullopt;
  };
  const auto reference = [&](NodeKind kind) -> std::optional<int32_t> {
    const auto found = Known(kind, record.value);
    if (!found) {
      Reject(record.at, "value", record.value, "UNKNOWN_REFERENCE", "no such node in the store or in this import");
      return std::nullopt;
    }
    return static_cast<int32_t>(found->bits());
  };
  const auto number = [&](int32_t most) -> std::optional<int32_t> {
    int32_t value = 0;
    if (!absl::SimpleAtoi(absl::string_view(record.value.data(), record.value.size()), &value) || value < 0 ||
        value > most) {
      return bad(base::StrCat("expected a whole number from 0 to ", most));
    }
    return value;
  };
  switch (node.kind()) {
    case NodeKind::kUnit:
      if (fact == Fact::kUnitParent) return reference(NodeKind::kUnit);
      if (fact == Fact::kLevel) {
        const model::Level level = model::LevelFromName(record.value);
        if (level == model::Level::kNone) return bad("expected a level such as community");
        return static_cast<int32_t>(level);
      }
      return number(2000000000);
    case NodeKind::kOrganization:
      if (fact == Fact::kOrgParent) return reference(NodeKind::kOrganization);
      if (fact == Fact::kOrgSeat) return reference(NodeKind::kUnit);
      {
        const model::OrgKind* kind = catalogue_.FindOrgKind(record.value);
        if (kind == nullptr) return bad("the catalogue has no such kind of organisation");
        return kind->number;
      }
    default:
      break;
  }
  switch (fact) {
    case Fact::kPartyStatus:
      if (model::PartyStatus status{}; model::PartyStatusFromName(record.value, &status))
        return static_cast<int32_t>(status);
      return bad("expected full, probationary or none");
    case Fact::kInService:
      return number(1);
    case Fact::kSex:
      if (record.value == "male") return 1;
      if (record.value == "female") return 2;
      return bad("expected male or female");
    default: {
      const auto date = base::PartialDate::Parse(record.value);
      if (!date.ok()) return bad(std::string(date.status().message()));
      return date->Pack();
    }
  }
}

void ImportSession::ApplyHistory() {
  for (const HistoryRecord& record : history_) {
    if (record.bad) continue;
    Fact fact;
    if (!model::FactFromName(record.resolved.kind(), record.attribute, &fact)) continue;
    const std::optional<int32_t> value = HistoryValue(record, record.resolved, fact);
    if (value.has_value()) draft_.AssignFact(record.resolved, fact, record.valid, *value);
  }
}

void ImportSession::StateText(const NodeRecord& record, TextAttribute attribute, std::string_view value,
                              const model::Timeline<std::string>& believed) {
  if (value.empty() || believed.Last() == value) return;
  const bool unknown = believed.steps().empty();
  const Date since = options_.date != Date::Beginning() && !unknown && !record.fresh ? options_.date
                     : unknown ? HistoryEnd(record.node, model::TextAttributeName(attribute))
                               : believed.LastFrom();
  draft_.AssignText(record.node, attribute, {since, Date::Forever()}, value);
}

absl::Status ImportSession::StateTexts() {
  using Timelines = std::map<TextAttribute, model::Timeline<std::string>>;
  // History rows by node, so that each node is settled once.
  std::map<NodeNumber, std::vector<const HistoryRecord*>> history;
  for (const HistoryRecord& record : history_) {
    TextAttribute text;
    if (!record.bad && IsHistoryText(record.attribute, &text)) history[record.resolved].push_back(&record);
  }
  const auto timeline = [](Timelines* all, TextAttribute attribute) -> model::Timeline<std::string>& {
    return all->try_emplace(attribute, std::string()).first->second;
  };
  // Compares what the ledgers say of a node with what is believed, and writes the difference.
  const auto settle = [&](NodeNumber node, const NodeRecord* record, Timelines* believed) {
    if (record != nullptr) {
      StateText(*record, TextAttribute::kName, record->name, timeline(believed, TextAttribute::kName));
      if (node.kind() == NodeKind::kUnit) {
        // A unit's id is its code until another is given.
        auto& codes = timeline(believed, TextAttribute::kCode);
        const std::string_view code = bodies_[record->body].code;
        const bool is_id =
            codes.steps().empty() && base::CanonicalDivisionCode(code) == base::CanonicalDivisionCode(draft_.Id(node));
        const bool spelled_alike =
            !codes.steps().empty() && base::CanonicalDivisionCode(codes.Last()) == base::CanonicalDivisionCode(code);
        if (!is_id && !spelled_alike) StateText(*record, TextAttribute::kCode, code, codes);
      } else if (node.kind() == NodeKind::kOrganization) {
        StateText(*record, TextAttribute::kUscc, bodies_[record->body].uscc, timeline(believed, TextAttribute::kUscc));
        StateText(*record, TextAttribute::kPartyCode, bodies_[record->body].party_code,
                  timeline(believed, TextAttribute::kPartyCode));
      }
    }
    const auto it = history.find(node);
    if (it == history.end()) return;
    for (const HistoryRecord* row : it->second) {
      TextAttribute attribute;
      if (!IsHistoryText(row->attribute, &attribute)) continue;
      auto& known = timeline(believed, attribute);
      const auto before = known;
      known.Assign(row->valid, std::string(row->value));
      if (known != before) draft_.AssignText(node, attribute, row->valid, row->value);
    }
  };

  std::vector<std::pair<NodeNumber, const NodeRecord*>> known;  // of nodes the store had; the last row of each counts
  for (int k = 1; k < model::kNodeKinds; ++k) {
    for (const NodeRecord& record : nodes_[k]) {
      if (record.bad) continue;
      if (draft_.IsNew(record.node)) {
        // A new person's name is what the row says, and there is no other text.
        if (record.body < 0 && history.empty()) continue;
        Timelines believed;
        timeline(&believed, TextAttribute::kName).Assign({}, std::string(record.name));
        settle(record.node, &record, &believed);
      } else {
        known.emplace_back(record.node, &record);
      }
    }
  }
  const auto by_node = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(known.begin(), known.end(), by_node);
  bool any_known = !known.empty();
  for (const auto& [node, rows] : history) any_known = any_known || !draft_.IsNew(node);
  if (!any_known) return absl::OkStatus();

  NodeNumber current;
  Timelines believed;
  const auto done = [&] {
    if (!current) return;
    const auto after = std::upper_bound(known.begin(), known.end(), std::pair(current, nullptr), by_node);
    const bool listed = after != known.begin() && std::prev(after)->first == current;
    const NodeRecord* record = listed ? std::prev(after)->second : nullptr;
    if (record != nullptr || history.count(current) > 0) settle(current, record, &believed);
  };
  RETURN_IF_ERROR(store_->rows().ReadAllTexts([&](const store::StoredText& text) {
    if (text.node != current) {
      done();
      current = text.node;
      believed.clear();
    }
    if (text.seq > version_.seq || !version_.graph->In(text.node)) return;
    timeline(&believed, text.attribute).Assign(text.valid, std::string(text.value));
  }));
  done();
  return absl::OkStatus();
}

absl::Status ImportSession::ReadTerms() {
  std::map<std::pair<NodeNumber, int32_t>, model::TermRow> believed;
  version_.graph->ForEachTerm([&](const model::TermRow& term) { believed[{term.org, term.number}] = term; });
  struct Said {
    Origin at;
    model::TermRow term;
    bool bad = false;
  };
  std::map<std::pair<NodeNumber, int32_t>, Said> said;
  RETURN_IF_ERROR(ReadFiles(Ledger::kTerms, [&](Origin at, Row cells) {
    const auto org = Reference(at, NodeKind::kOrganization, "org_id", cells[ledgers::kTermOrg].text);
    if (!org) return;
    model::TermRow term;
    term.org = *org;
    term.number = static_cast<int32_t>(cells[ledgers::kTermNo].number);
    if (cells[ledgers::kTermElectedOn].present) term.elected_on = cells[ledgers::kTermElectedOn].date;
    if (cells[ledgers::kTermYears].present) term.years = static_cast<int32_t>(cells[ledgers::kTermYears].number);
    if (cells[ledgers::kTermEndsOn].present) term.ends_on = cells[ledgers::kTermEndsOn].date;
    if (cells[ledgers::kTermExtendedTo].present) term.extended_to = cells[ledgers::kTermExtendedTo].date;
    const auto [it, inserted] = said.try_emplace({term.org, term.number}, Said{at, term});
    if (inserted) return;
    if (it->second.term == term) {
      Warn(at, "", cells[ledgers::kTermOrg].text, "DUPLICATE_ROW", "the same row again; counted once");
      return;
    }
    const std::string message = base::StrCat("rows for term ", term.number, " of '", cells[ledgers::kTermOrg].text,
                                             "' say different things; keep the right one");
    if (!it->second.bad) Reject(it->second.at, "", "", "CONFLICTING_ROWS", message);
    Reject(at, "", "", "CONFLICTING_ROWS", message);
    it->second.bad = true;
  }));
  for (const auto& [key, row] : said) {
    if (row.bad) continue;
    const auto it = believed.find(key);
    if (it == believed.end() || !(it->second == row.term)) draft_.PutTerm(row.term);
  }
  return absl::OkStatus();
}

}  // namespace jiceng::engine
