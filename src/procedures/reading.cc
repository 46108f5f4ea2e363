#include "procedures/reading.h"

#include "base/strings.h"
#include "procedures/meaning.h"

namespace jiceng::procedures {

using model::NodeNumber;

Reading::Reading(const Procedure& procedure, const Step& step, std::vector<NodeNumber> subjects, const View* view,
                 const Surroundings& surroundings)
    : p_(procedure), step_(step), subjects_(std::move(subjects)), s_(surroundings) {
  if (view != nullptr) {
    values_ = view->values();
    sums_ = view->sums();
  }
  for (const auto& [field, value] : step.evidence) {
    Put(field, value, &values_);
    if (value.type != FieldType::kCount) continue;
    Value sum = value;
    if (const Value* before = Find(sums_, field)) sum.number += before->number;
    Put(field, std::move(sum), &sums_);
  }
}

const Value* Reading::OwnValue(std::string_view field, bool ever) const { return Find(ever ? sums_ : values_, field); }

const View* Reading::MatterOf(std::string_view field) {
  const Value* told = Find(values_, field);
  if (told == nullptr || told->type != FieldType::kMatter || s_.matters == nullptr) return nullptr;
  const auto number = static_cast<uint32_t>(told->number);
  const auto [known, fresh] = others_.try_emplace(number);
  if (fresh) known->second = s_.matters->At(number, step_.at);
  return known->second.has_value() ? &*known->second : nullptr;
}

std::optional<Value> Reading::TallyOf(const Procedure& procedure, uint32_t matter, std::string_view word) const {
  const Tally* tally = procedure.FindTally(word);
  if (tally == nullptr) return std::nullopt;
  const bool counted = matter != 0 && s_.matters != nullptr;  // what is only being opened nobody refers to
  return Value{FieldType::kCount, counted ? s_.matters->Count(*tally, matter, step_.at, s_.matter) : 0, ""};
}

std::optional<Value> Reading::ValueOf(std::string_view word, bool ever) {
  const auto [head, tail] = SplitWord(word);
  if (!tail.has_value()) {
    if (const Value* own = OwnValue(head, ever)) return *own;
    return TallyOf(p_, s_.matter, head);
  }
  const View* other = MatterOf(head);
  if (other == nullptr) return std::nullopt;
  if (const Value* told = Find(ever ? other->sums() : other->values(), *tail)) return *told;
  return TallyOf(other->procedure(), static_cast<uint32_t>(Find(values_, head)->number), *tail);
}

int64_t Reading::NumberOf(std::string_view word, bool ever) {
  const std::optional<Value> value = ValueOf(word, ever);
  return value.has_value() ? value->number : 0;
}

NodeNumber Reading::NodeOf(std::string_view word) {
  if (word == kActor) return step_.actor;
  const auto [head, tail] = SplitWord(word);
  const View* other = tail.has_value() ? MatterOf(head) : nullptr;
  if (tail.has_value() && other == nullptr) return NodeNumber();
  const int part = (other == nullptr ? p_ : other->procedure()).FindSubject(tail.value_or(head));
  if (part >= 0) return (other == nullptr ? subjects_ : other->subjects())[static_cast<size_t>(part)];
  const std::optional<Value> value = ValueOf(word);
  return value.has_value() && value->type == FieldType::kNode ? NodeNumber::FromInt64(value->number) : NodeNumber();
}

std::optional<std::string> Reading::FactOf(NodeNumber node, std::string_view word) const {
  if (!node || !s_.graph.In(node)) return std::nullopt;
  const std::optional<model::Fact> fact = FactOfWord(node.kind(), word);
  if (!fact.has_value()) return std::nullopt;
  const int32_t value = s_.graph.FactAt(node, *fact, step_.at.day);
  if (value == model::kNoValue) return std::nullopt;
  return model::FactWord(s_.catalogue, node.kind(), *fact, value);
}

std::optional<std::string> Reading::ChoiceOf(std::string_view word) {
  if (const std::optional<Value> value = ValueOf(word)) return ValueText(*value, s_.graph);
  const size_t dot = word.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view head = word.substr(0, dot), last = word.substr(dot + 1);
  if (const View* other = last == kStateWord ? MatterOf(head) : nullptr)
    return other->procedure().states[static_cast<size_t>(other->state())].id;
  return FactOf(NodeOf(head), last);
}

Text Reading::TextOf(std::string_view word) {
  if (const NodeNumber node = NodeOf(word)) {
    const std::string text = s_.graph.In(node) ? s_.graph.Text(node) : std::string();
    return {text, text};
  }
  const auto [head, tail] = SplitWord(word);
  if (tail == kStateWord) {
    if (const View* other = MatterOf(head)) return other->procedure().states[static_cast<size_t>(other->state())].title;
  }
  const std::optional<Value> value = ValueOf(word);
  if (value.has_value() && value->type == FieldType::kMatter && s_.matters != nullptr) {  // it may be about to come
    const std::string id = s_.matters->IdOf(static_cast<uint32_t>(value->number));
    return {id, id};
  }
  const std::string text = ChoiceOf(word).value_or("");
  return {text, text};
}

}  // namespace jiceng::procedures
