// units.csv, orgs.csv and people.csv: one row a node, with what holds in the end.
#include "base/codes.h"
#include "base/status.h"
#include "engine/exporter.h"

namespace jiceng::engine {

using base::Date;
using base::PartialDate;
using base::Validity;
using ledgers::Ledger;
using model::Fact;
using model::FactTimeline;
using model::kNoValue;
using model::NodeKind;
using model::NodeNumber;
using model::TextAttribute;
using TextTimeline = model::Timeline<std::string>;

namespace {

// The name in the row of a node that has none in the end: the column must be filled; the history takes it back.
constexpr const char* kNoName = "-";

}  // namespace

absl::Status Exporter::OpenNodeFiles() {
  bool id = false, from = false, to = false;
  ForEachNode(NodeKind::kUnit, [&](NodeNumber unit) {
    id = id || UnitReference(unit) != graph_.Id(unit);
    from = from || graph_.Life(unit).from.IsFinite();
    to = to || graph_.Life(unit).to.IsFinite();
  });
  ASSIGN_OR_RETURN(LedgerFile units, LedgerFile::Create(target_, Ledger::kUnits,
                                                        {id ? -1 : ledgers::kUnitId, from ? -1 : ledgers::kUnitFrom,
                                                         to ? -1 : ledgers::kUnitTo}));
  node_files_[static_cast<int>(NodeKind::kUnit)] = std::move(units);

  bool uscc = false, party_code = false;
  graph_.ForEachCode([&](const graph::CodeEntry& entry, std::string_view) {
    if (entry.node.kind() != NodeKind::kOrganization || entry.valid.to != Date::Forever()) return;
    uscc = uscc || entry.attribute == TextAttribute::kUscc;
    party_code = party_code || entry.attribute == TextAttribute::kPartyCode;
  });
  ASSIGN_OR_RETURN(LedgerFile orgs,
                   LedgerFile::Create(target_, Ledger::kOrgs,
                                      {uscc ? -1 : ledgers::kOrgUscc, party_code ? -1 : ledgers::kOrgPartyCode}));
  node_files_[static_cast<int>(NodeKind::kOrganization)] = std::move(orgs);

  bool full_on = false, status_from = false, sex = false;
  ForEachNode(NodeKind::kPerson, [&](NodeNumber person) {
    full_on = full_on || graph_.FactAt(person, Fact::kFullOn, Date::Forever()) != kNoValue;
    sex = sex || graph_.FactAt(person, Fact::kSex, Date::Forever()) != kNoValue;
    status_from = status_from || graph_.FactTimeline(person, Fact::kPartyStatus).LastFrom() != Date::Beginning();
  });
  ASSIGN_OR_RETURN(LedgerFile people,
                   LedgerFile::Create(target_, Ledger::kPeople,
                                      {full_on ? -1 : ledgers::kPersonFullOn,
                                       status_from ? -1 : ledgers::kPersonStatusFrom, sex ? -1 : ledgers::kPersonSex}));
  node_files_[static_cast<int>(NodeKind::kPerson)] = std::move(people);
  return absl::OkStatus();
}

absl::Status Exporter::CloseNodeFiles() {
  for (int k = 1; k < model::kNodeKinds; ++k) {
    RETURN_IF_ERROR(Done(&*node_files_[k]));
    node_files_[k].reset();
  }
  return absl::OkStatus();
}

absl::Status Exporter::WriteNodes() {
  RETURN_IF_ERROR(OpenNodeFiles());
  // All texts come in one pass, node by node, within each kind in order of number.  No row of theirs is long out of
  // order, so nothing is kept but the texts of one node.
  NodeNumber current;
  TextTimelines texts;
  const auto finish = [&] {
    if (current && Step()) WriteNode(current, texts);
    texts.clear();
  };
  RETURN_IF_ERROR(store_->rows().ReadAllTexts([&](const store::StoredText& text) {
    if (text.seq > version_.seq || !IsExported(text.node) || !fault_.ok()) return;
    if (text.node != current) {
      finish();
      current = text.node;
    }
    texts.try_emplace(text.attribute, std::string()).first->second.Assign(text.valid, std::string(text.value));
  }));
  finish();
  RETURN_IF_ERROR(fault_);
  return CloseNodeFiles();
}

void Exporter::WriteNode(NodeNumber node, const TextTimelines& texts) {
  switch (node.kind()) {
    case NodeKind::kUnit:
      WriteUnit(node, texts);
      break;
    case NodeKind::kOrganization:
      WriteOrg(node, texts);
      break;
    default:
      WritePerson(node, texts);
  }
  node_files_[static_cast<int>(node.kind())]->EndRow();
}

void Exporter::WriteUnit(NodeNumber unit, const TextTimelines& texts) {
  LedgerFile& file = *node_files_[static_cast<int>(NodeKind::kUnit)];
  const auto fact = [&](Fact f) { return FactCell(unit, f, FactOf(unit, f)); };
  file.Cell(ledgers::kUnitCode) = UnitReference(unit);
  WriteName(unit, texts, &file.Cell(ledgers::kUnitName));
  file.Cell(ledgers::kUnitLevel) = fact(Fact::kLevel);
  file.Cell(ledgers::kUnitParentCode) = fact(Fact::kUnitParent);
  file.Cell(ledgers::kUnitHouseholds) = fact(Fact::kHouseholds);
  file.Cell(ledgers::kUnitPopulation) = fact(Fact::kPopulation);
  if (UnitReference(unit) != graph_.Id(unit)) file.Cell(ledgers::kUnitId) = graph_.Id(unit);
  file.Cell(ledgers::kUnitFrom) = graph_.Life(unit).from.ToString();
  file.Cell(ledgers::kUnitTo) = graph_.Life(unit).to.ToString();
  for (const TextAttribute attribute : {TextAttribute::kCode, TextAttribute::kUscc, TextAttribute::kPartyCode}) {
    const bool in_row = attribute == TextAttribute::kCode && unit_codes_.count(unit) != 0;
    std::string said;  // by the row, from where the history ends
    WriteText(unit, attribute, texts, in_row ? &said : nullptr);
  }
}

void Exporter::WriteOrg(NodeNumber org, const TextTimelines& texts) {
  LedgerFile& file = *node_files_[static_cast<int>(NodeKind::kOrganization)];
  const auto fact = [&](Fact f) { return FactCell(org, f, FactOf(org, f)); };
  const Validity life = graph_.Life(org);
  file.Cell(ledgers::kOrgId) = graph_.Id(org);
  WriteName(org, texts, &file.Cell(ledgers::kOrgName));
  file.Cell(ledgers::kOrgKindColumn) = fact(Fact::kOrgKind);
  file.Cell(ledgers::kOrgParentId) = fact(Fact::kOrgParent);
  file.Cell(ledgers::kOrgUnitCode) = fact(Fact::kOrgSeat);
  if (life.from.IsFinite()) {
    const auto precision = static_cast<PartialDate::Precision>(graph_.Precision(org) & 3);
    file.Cell(ledgers::kOrgFounded) = PartialDate{life.from, precision}.ToString();
  }
  file.Cell(ledgers::kOrgDissolved) = life.to.ToString();
  WriteText(org, TextAttribute::kUscc, texts, &file.Cell(ledgers::kOrgUscc));
  WriteText(org, TextAttribute::kPartyCode, texts, &file.Cell(ledgers::kOrgPartyCode));
  WriteText(org, TextAttribute::kCode, texts, nullptr);
}

void Exporter::WritePerson(NodeNumber person, const TextTimelines& texts) {
  LedgerFile& file = *node_files_[static_cast<int>(NodeKind::kPerson)];
  const auto fact = [&](Fact f) { return FactCell(person, f, FactOf(person, f)); };
  file.Cell(ledgers::kPersonId) = graph_.Id(person);
  WriteName(person, texts, &file.Cell(ledgers::kPersonName));
  const FactTimeline status = FactOf(person, Fact::kPartyStatus);
  file.Cell(ledgers::kPersonStatus) = FactCell(person, Fact::kPartyStatus, status);
  if (status.Last() != kNoValue) file.Cell(ledgers::kPersonStatusFrom) = status.LastFrom().ToString();
  file.Cell(ledgers::kPersonJoinedOn) = fact(Fact::kJoinedOn);
  file.Cell(ledgers::kPersonInService) = fact(Fact::kInService);
  file.Cell(ledgers::kPersonFullOn) = fact(Fact::kFullOn);
  file.Cell(ledgers::kPersonSex) = fact(Fact::kSex);
  for (const TextAttribute attribute : {TextAttribute::kCode, TextAttribute::kUscc, TextAttribute::kPartyCode}) {
    WriteText(person, attribute, texts, nullptr);
  }
}

// An import gives a new node its name for all days, so every other stretch of it is history, those without a name too.
void Exporter::WriteName(NodeNumber node, const TextTimelines& texts, std::string* cell) {
  const auto it = texts.find(TextAttribute::kName);
  *cell = it == texts.end() || it->second.Last().empty() ? kNoName : it->second.Last();
  const auto keep = [&](Validity valid, const std::string& name) { KeepText(node, TextAttribute::kName, name, valid); };
  if (it == texts.end()) return keep({}, "");
  ForEachEarlier(it->second, Gaps::kAll, keep);
  if (it->second.Last().empty()) keep({it->second.LastFrom(), Date::Forever()}, "");
}

// A code: the last one in the cell of the row, when it has one, and the others as history.
void Exporter::WriteText(NodeNumber node, TextAttribute attribute, const TextTimelines& texts, std::string* cell) {
  const auto it = texts.find(attribute);
  if (it == texts.end()) return;
  const TextTimeline& timeline = it->second;
  const auto keep = [&](Validity valid, const std::string& value) { KeepText(node, attribute, value, valid); };
  if (cell == nullptr || timeline.Last().empty()) {
    timeline.ForEach(keep);
  } else {
    *cell = timeline.Last();
    ForEachEarlier(timeline, Gaps::kBeforeLast, keep);
  }
}

void Exporter::KeepText(NodeNumber node, TextAttribute attribute, std::string_view value, Validity valid) {
  texts_.push_back({node, model::TextAttributeName(attribute), std::string(value), valid});
}

}  // namespace jiceng::engine
