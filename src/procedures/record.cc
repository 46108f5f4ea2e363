// Steps as bytes, and what is in them as text.  A line a value: the field, '=', a letter for its type, the value; before
// them a line a figure that a pack set: '#', the parameter, '=', the value.
#include <algorithm>
#include <charconv>

#include "base/status.h"
#include "base/strings.h"
#include "base/text.h"
#include "procedures/matter.h"

namespace jiceng::procedures {
namespace {

using base::StrCat;
using model::NodeNumber;

constexpr char kLetters[] = " cdwntfm";  // by type
constexpr size_t kMostText = 2000;

absl::Status Bad(std::string_view what) {
  return base::Error(absl::StatusCode::kDataLoss, "BAD_MATTER", StrCat("the content of a step: ", what));
}

bool ParseNumber(std::string_view text, int64_t* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

bool HoldsText(FieldType type) { return type == FieldType::kChoice || type == FieldType::kText; }

void AppendValues(const Values& values, std::string* out) {
  for (const auto& [field, value] : values) {
    absl::StrAppend(out, field, "=", std::string(1, kLetters[static_cast<int>(value.type)]));
    if (HoldsText(value.type)) {
      absl::StrAppend(out, value.text, "\n");
    } else {
      absl::StrAppend(out, value.number, "\n");
    }
  }
}

// Takes the first line off.
std::string_view NextLine(std::string_view* content) {
  const size_t end = content->find('\n');
  const std::string_view line = content->substr(0, end);
  content->remove_prefix(end == std::string_view::npos ? content->size() : end + 1);
  return line;
}

absl::Status BadValue(const Field& field, std::string_view text, std::string_view expected) {
  return base::Error(absl::StatusCode::kInvalidArgument, "BAD_FIELD",
                     StrCat("'", text, "' is not what '", field.id, "' takes: ", expected), field.id);
}

}  // namespace

std::string EncodeFigures(const std::vector<Figure>& figures) {
  std::string content;
  for (const Figure& figure : figures) absl::StrAppend(&content, "#", figure.parameter, "=", figure.value, "\n");
  return content;
}

std::string EncodeEvidence(const Values& evidence) {
  std::string content;
  AppendValues(evidence, &content);
  return content;
}

std::string EncodeOpening(const Procedure& procedure, const Matter& matter) {
  std::string content = StrCat(matter.id, "\n");
  for (size_t i = 0; i < matter.subjects.size(); ++i) {
    if (matter.subjects[i])
      absl::StrAppend(&content, "@", procedure.subjects[i].id, "=", matter.subjects[i].bits(), "\n");
  }
  absl::StrAppend(&content, EncodeFigures(matter.steps[0].figures));
  AppendValues(matter.steps[0].evidence, &content);
  return content;
}

std::string_view OpeningId(std::string_view content) { return content.substr(0, content.find('\n')); }

absl::StatusOr<std::vector<Figure>> DecodeFigures(std::string_view* content) {
  std::vector<Figure> figures;
  while (!content->empty() && (*content)[0] == '#') {
    const std::string_view line = NextLine(content);
    const size_t equals = line.find('=');
    Figure figure;
    if (equals == std::string_view::npos || !ParseNumber(line.substr(equals + 1), &figure.value))
      return Bad("a figure is no number");
    figure.parameter = std::string(line.substr(1, equals - 1));
    figures.push_back(std::move(figure));
  }
  return figures;
}

absl::StatusOr<Values> DecodeEvidence(std::string_view content) {
  Values values;
  while (!content.empty()) {
    const std::string_view line = NextLine(&content);
    const size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals + 1 >= line.size()) return Bad("a line is no value");
    const char* letter = std::char_traits<char>::find(kLetters + 1, sizeof(kLetters) - 2, line[equals + 1]);
    if (letter == nullptr) return Bad("a value is of no type");
    Value value;
    value.type = static_cast<FieldType>(letter - kLetters);
    const std::string_view text = line.substr(equals + 2);
    if (HoldsText(value.type)) {
      value.text = std::string(text);
    } else if (!ParseNumber(text, &value.number)) {
      return Bad("a value is no number");
    }
    Put(std::string(line.substr(0, equals)), std::move(value), &values);
  }
  return values;
}

absl::StatusOr<Values> DecodeEvidenceOf(int32_t number, std::string_view content) {
  if (number == 0) NextLine(&content);  // the id
  while (!content.empty() && content[0] == '@') NextLine(&content);
  RETURN_IF_ERROR(DecodeFigures(&content).status());
  return DecodeEvidence(content);
}

absl::StatusOr<Matter> DecodeOpening(const Procedure& procedure, std::string_view content) {
  Matter matter;
  matter.id = std::string(NextLine(&content));
  matter.subjects.resize(procedure.subjects.size());
  while (!content.empty() && content[0] == '@') {
    const std::string_view line = NextLine(&content);
    const size_t equals = line.find('=');
    int64_t number = 0;
    if (equals == std::string_view::npos || !ParseNumber(line.substr(equals + 1), &number))
      return Bad("a part has no node");
    const int part = procedure.FindSubject(line.substr(1, equals - 1));
    if (part < 0) return Bad("a part is none of the template's");
    matter.subjects[static_cast<size_t>(part)] = NodeNumber::FromInt64(number);
  }
  Step opening;
  ASSIGN_OR_RETURN(opening.figures, DecodeFigures(&content));
  ASSIGN_OR_RETURN(opening.evidence, DecodeEvidence(content));
  matter.steps.push_back(std::move(opening));
  return matter;
}

absl::StatusOr<Value> ParseValue(const Field& field, std::string_view text, const graph::Snapshot& graph,
                                 const OtherMatters* matters) {
  Value value;
  value.type = field.type;
  switch (field.type) {
    case FieldType::kCount:
      if (!ParseNumber(text, &value.number) || value.number < 0 || value.number > 1000000000)
        return BadValue(field, text, "a whole number");
      return value;
    case FieldType::kDate: {
      const absl::StatusOr<base::Date> day = base::Date::Parse(text);
      if (!day.ok()) return BadValue(field, text, "a day, 2026-03-01");
      value.number = day->days();
      return value;
    }
    case FieldType::kChoice: {
      std::string words;
      for (const std::string& word : field.choices) {
        if (text == word) {
          value.text = word;
          return value;
        }
        absl::StrAppend(&words, words.empty() ? "" : ", ", word);
      }
      return BadValue(field, text, StrCat("one of ", words));
    }
    case FieldType::kNode: {
      const absl::StatusOr<model::NodeText> node = model::ParseNodeText(text);
      const auto found = node.ok() && node->kind == field.kind ? graph.Find(node->kind, node->id, base::Date::Forever())
                                                               : std::nullopt;
      if (!found || graph.Withdrawn(*found))
        return BadValue(field, text, StrCat("a ", model::NodeKindName(field.kind), " that is in the store"));
      value.number = found->ToInt64();
      return value;
    }
    case FieldType::kText:
      if (text.empty() || text.size() > kMostText) return BadValue(field, "…", "1 to 2000 bytes");
      for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
          return BadValue(field, "…", "text without control characters");
      }
      value.text = std::string(text);
      return value;
    case FieldType::kFlag:
      if (text != "true" && text != "false") return BadValue(field, text, "true or false");
      value.number = text == "true" ? 1 : 0;
      return value;
    case FieldType::kMatter: {
      const std::optional<uint32_t> found = matters == nullptr ? std::nullopt : matters->Find(text);
      const std::optional<View> view = found.has_value() ? matters->At(*found, kNever) : std::nullopt;
      const auto is = [&](const std::string& procedure) { return view->procedure().id == procedure; };
      if (!view.has_value() || std::none_of(field.procedures.begin(), field.procedures.end(), is)) {
        std::string procedures;
        for (const std::string& one : field.procedures)
          absl::StrAppend(&procedures, procedures.empty() ? "" : ", ", one);
        return BadValue(field, text, StrCat("the id of a matter of ", procedures));
      }
      value.number = *found;
      return value;
    }
    case FieldType::kUnspecified:
      break;
  }
  return base::Error(absl::StatusCode::kInternal, "BAD_FIELD", "a field of no type");
}

std::string ValueText(const Value& value, const graph::Snapshot& graph) {
  switch (value.type) {
    case FieldType::kDate:
      return base::Date::FromDays(static_cast<int32_t>(value.number)).ToString();
    case FieldType::kNode: {
      const NodeNumber node = NodeNumber::FromInt64(value.number);
      return graph.In(node) ? graph.Text(node) : std::string();
    }
    case FieldType::kFlag:
      return value.number != 0 ? "true" : "false";
    case FieldType::kCount:
      return StrCat(value.number);
    case FieldType::kMatter: {
      std::string id;
      if (value.number > 0 && value.number <= UINT32_MAX) {
        graph.ForEachStepOf(static_cast<uint32_t>(value.number), [&](const model::StepRow& row) {
          if (row.number == 0) id = std::string(OpeningId(row.content));
        });
      }
      return id;
    }
    case FieldType::kChoice:
    case FieldType::kText:
    case FieldType::kUnspecified:
      break;
  }
  return value.text;
}

std::string EditionName(const Procedure& procedure) { return StrCat(procedure.id, "/", procedure.version); }

const Procedure* FindEdition(const ProcedureSet& set, std::string_view name) {
  const size_t slash = name.rfind('/');
  int64_t version = 0;
  if (slash == std::string_view::npos || !ParseNumber(name.substr(slash + 1), &version)) return nullptr;
  return set.Find(name.substr(0, slash), static_cast<int32_t>(version));
}

std::string MomentText(Moment moment) {
  const int hour = moment.minute / 60, minute = moment.minute % 60;
  return StrCat(moment.day.ToString(), hour < 10 ? " 0" : " ", hour, minute < 10 ? ":0" : ":", minute);
}

absl::StatusOr<Moment> ParseMoment(std::string_view text) {
  const auto bad = [&] {
    return base::Error(absl::StatusCode::kInvalidArgument, "BAD_MOMENT",
                       StrCat("'", text, "' is no moment: expected 2026-03-01 or 2026-03-01 09:30"), "at");
  };
  if (text.size() != 10 && text.size() != 16) return bad();
  const absl::StatusOr<base::Date> day = base::Date::Parse(text.substr(0, 10));
  if (!day.ok()) return bad();
  Moment moment{*day, 0};
  if (text.size() == 10) return moment;
  int64_t hour = 0, minute = 0;
  const auto digits = [](std::string_view two) {
    return two[0] >= '0' && two[0] <= '9' && two[1] >= '0' && two[1] <= '9';
  };
  if ((text[10] != ' ' && text[10] != 'T') || text[13] != ':' || !digits(text.substr(11, 2)) ||
      !digits(text.substr(14, 2)) || !ParseNumber(text.substr(11, 2), &hour) ||
      !ParseNumber(text.substr(14, 2), &minute) || hour > 23 || minute > 59) {
    return bad();
  }
  moment.minute = static_cast<int32_t>(hour * 60 + minute);
  return moment;
}

}  // namespace jiceng::procedures
