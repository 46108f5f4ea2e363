#include "wire/record_fields.h"

#include "wire/dates.h"

namespace jiceng::wire {

absl::StatusOr<std::string> ReadString(const std::string& text, const Place& place) {
  RETURN_IF_ERROR(place.CheckUtf8(text));
  return text;
}

absl::StatusOr<std::string> ReadFilled(const std::string& text, const Place& place) {
  if (text.empty()) return place.Error("BAD_CATALOGUE", "it is missing");
  return ReadString(text, place);
}

absl::StatusOr<rules::Text> ReadText(const pb::RuleText& message, const Place& place) {
  rules::Text text;
  ASSIGN_OR_RETURN(text.zh, ReadString(message.zh(), place.In("zh")));
  ASSIGN_OR_RETURN(text.en, ReadString(message.en(), place.In("en")));
  return text;
}

absl::StatusOr<rules::Text> ReadBoth(const pb::RuleText& message, const Place& place) {
  rules::Text text;
  ASSIGN_OR_RETURN(text.zh, ReadFilled(message.zh(), place.In("zh")));
  ASSIGN_OR_RETURN(text.en, ReadFilled(message.en(), place.In("en")));
  return text;
}

absl::StatusOr<rules::Citation> ReadCitation(const pb::RuleCitation& message, const Place& place) {
  rules::Citation citation;
  ASSIGN_OR_RETURN(citation.document, ReadFilled(message.document(), place.In("document")));
  if (message.has_version()) {
    ASSIGN_OR_RETURN(const base::PartialDate version,
                     ReadPartialDate(message.version(), base::Date::Beginning(), place.In("version")));
    if (version.date.IsFinite()) citation.version = version;
  }
  ASSIGN_OR_RETURN(citation.article, ReadString(message.article(), place.In("article")));
  ASSIGN_OR_RETURN(citation.in_force.from,
                   ReadDay(message.in_force_from(), base::Date::Beginning(), place.In("in_force_from")));
  ASSIGN_OR_RETURN(citation.in_force.to,
                   ReadDay(message.in_force_to(), base::Date::Forever(), place.In("in_force_to")));
  if (citation.in_force.IsEmpty())
    return place.In("in_force_to").Error("EMPTY_INTERVAL", "the norm ends before it is in force");
  ASSIGN_OR_RETURN(citation.confidence, ReadChoice<rules::Confidence>(message.confidence(), 1, pb::RuleConfidence_MAX,
                                                                      place.In("confidence")));
  ASSIGN_OR_RETURN(citation.note, ReadText(message.note(), place.In("note")));
  return citation;
}

}  // namespace jiceng::wire
