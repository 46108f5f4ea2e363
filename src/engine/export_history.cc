// history.csv: what held before that which holds in the end, and what the columns of a row cannot say.
#include <algorithm>

#include "base/status.h"
#include "engine/exporter.h"
#include "engine/wording.h"
#include "model/change.h"

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

namespace {

NodeNumber Node(int32_t bits) { return NodeNumber::FromBits(static_cast<uint32_t>(bits)); }

// full_on must be a day in people.csv; history.csv takes a month or a year too.
bool FitsColumn(NodeKind kind, Fact fact, int32_t value) {
  return kind != NodeKind::kPerson || fact != Fact::kFullOn ||
         PartialDate::Unpack(value).precision == PartialDate::kDay;
}

bool MustBeFilled(NodeKind kind, Fact fact) {
  switch (kind) {
    case NodeKind::kUnit:
      return fact == Fact::kLevel;
    case NodeKind::kOrganization:
      return fact == Fact::kOrgKind;
    default:
      return fact == Fact::kPartyStatus || fact == Fact::kInService;
  }
}

}  // namespace

FactTimeline Exporter::FactOf(NodeNumber node, Fact fact) const {
  return model::HoldsNode(node.kind(), fact) ? plan_.Reference(node, fact) : graph_.FactTimeline(node, fact);
}

std::string Exporter::FactText(NodeKind kind, Fact fact, int32_t value) const {
  if (value == kNoValue) return "";
  if (!model::HoldsNode(kind, fact)) return model::FactWord(catalogue_, kind, fact, value);
  // Organisations name each other by their ids, units are named by their codes.
  return std::string(fact == Fact::kOrgParent && kind == NodeKind::kOrganization ? graph_.Id(Node(value))
                                                                                 : UnitReference(Node(value)));
}

std::string Exporter::FactCell(NodeNumber node, Fact fact, const FactTimeline& timeline) const {
  const int32_t last = timeline.Last();
  if (last != kNoValue) return FitsColumn(node.kind(), fact, last) ? FactText(node.kind(), fact, last) : "";
  if (!MustBeFilled(node.kind(), fact)) return "";
  return FactText(node.kind(), fact,
                  node.kind() == NodeKind::kOrganization ? catalogue_.org_kinds()[0].number
                  : node.kind() == NodeKind::kUnit       ? 1
                                                         : 0);
}

absl::Status Exporter::WriteHistory() {
  ASSIGN_OR_RETURN(LedgerFile file, LedgerFile::Create(target_, Ledger::kHistory));
  history_ = std::move(file);
  std::stable_sort(texts_.begin(), texts_.end(),
                   [](const HistoryRow& a, const HistoryRow& b) { return a.node < b.node; });
  auto text = texts_.begin();
  for (const NodeKind kind : {NodeKind::kUnit, NodeKind::kOrganization, NodeKind::kPerson}) {
    ForEachNode(kind, [&](NodeNumber node) {
      if (!Step()) return;
      WriteFacts(node);
      for (; text != texts_.end() && text->node == node; ++text)
        WriteHistoryRow(node, text->attribute, text->value, text->valid);
    });
  }
  RETURN_IF_ERROR(fault_);
  return Done(&*history_);
}

void Exporter::WriteFacts(NodeNumber node) {
  for (int i = 0; i < model::FactCount(node.kind()); ++i) {
    const Fact fact = static_cast<Fact>(i);
    const FactTimeline timeline = FactOf(node, fact);
    const int32_t last = timeline.Last();
    const auto write = [&](Validity valid, int32_t value) {
      WriteHistoryRow(node, model::FactName(node.kind(), fact), FactText(node.kind(), fact, value), valid);
    };
    if (last != kNoValue && !FitsColumn(node.kind(), fact, last)) {
      timeline.ForEach(write);
      continue;
    }
    // The status of a person has the day it began in its own column.
    const bool dated = node.kind() == NodeKind::kPerson && fact == Fact::kPartyStatus;
    ForEachEarlier(timeline, dated ? Gaps::kNone : Gaps::kBeforeLast, write);
    if (last == kNoValue && MustBeFilled(node.kind(), fact)) write({timeline.LastFrom(), Date::Forever()}, kNoValue);
  }
}

void Exporter::WriteHistoryRow(NodeNumber node, const char* attribute, std::string_view value, Validity valid) {
  history_->Cell(ledgers::kHistoryNode) = graph_.Text(node);
  history_->Cell(ledgers::kHistoryAttribute) = attribute;
  history_->Cell(ledgers::kHistoryValue) = value;
  history_->Cell(ledgers::kHistoryFrom) = valid.from.ToString();
  history_->Cell(ledgers::kHistoryTo) = valid.to.ToString();
  history_->EndRow();
}

}  // namespace jiceng::engine
