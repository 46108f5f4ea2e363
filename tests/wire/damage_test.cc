// Broken bytes never crash a decoder, and what it makes of them is either an error with its reason or something that
// can be written down again.
#include <algorithm>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "base/status.h"
#include "base/text.h"
#include "gtest/gtest.h"
#include "tests/wire/changes.h"
#include "wire/catalogue.h"
#include "wire/changes.h"

namespace jiceng::wire {
namespace {

void ReadChanges(const std::string& bytes) {
  const absl::StatusOr<std::vector<model::Change>> changes = DecodeChanges(bytes);
  if (!changes.ok()) {
    EXPECT_NE(changes.status().code(), absl::StatusCode::kInternal) << changes.status();
    EXPECT_FALSE(base::ErrorField(changes.status()).empty()) << changes.status();
    return;
  }
  const std::string again = EncodeChanges(*changes);
  const absl::StatusOr<std::vector<model::Change>> reread = DecodeChanges(again);
  ASSERT_TRUE(reread.ok()) << reread.status();
  EXPECT_EQ(EncodeChanges(*reread), again);
}

// Everything a rule says, one piece after the other.
std::string TextsOf(const rules::Rule& rule) {
  std::string all;
  const auto add = [&](const std::string& text) { all += text + "\n"; };
  const auto add_text = [&](const rules::Text& text) {
    add(text.zh);
    add(text.en);
  };
  const auto add_words = [&](const std::vector<std::string>& words) {
    for (const std::string& word : words) add(word);
  };
  const auto add_measure = [&](const rules::Measure& measure) {
    add(measure.tie_kind);
    add_words(measure.roles);
    add_words(measure.manners);
    add_words(measure.party_statuses);
    add(measure.fact);
    add_words(measure.org_kinds);
    add_words(measure.unit_levels);
    add_words(measure.sexes);
  };
  add(rule.id);
  add_text(rule.title);
  for (const rules::Citation& citation : rule.citations) {
    add(citation.document);
    add(citation.article);
    add_text(citation.note);
  }
  for (const rules::Parameter& parameter : rule.parameters) {
    add(parameter.name);
    add(parameter.unit);
    add_text(parameter.title);
  }
  add_words(rule.domain.node_kinds);
  add_words(rule.domain.org_kinds);
  add_words(rule.domain.unit_levels);
  add_words(rule.domain.party_statuses);
  if (const auto* count = std::get_if<rules::CountBounds>(&rule.shape)) {
    add_measure(count->measure);
    for (const rules::Bound& bound : count->bounds) add(bound.amount.parameter);
    for (const rules::Condition& condition : count->conditions) add_measure(condition.measure);
    for (const rules::Measure& measure : count->plus) add_measure(measure);
    if (count->per.has_value()) add_measure(*count->per);
  } else if (const auto* term = std::get_if<rules::TermLength>(&rule.shape)) {
    for (const rules::TermClass& term_class : term->classes) add_words(term_class.org_kinds);
    add_words(term->evidence_roles);
  } else if (const auto* deadline = std::get_if<rules::Deadline>(&rule.shape)) {
    add(deadline->start_tie_kind);
    add(deadline->days.parameter);
    add(deadline->required_tie_kind);
  } else if (const auto* uniqueness = std::get_if<rules::Uniqueness>(&rule.shape)) {
    add(uniqueness->tie_kind);
  } else if (const auto* duration = std::get_if<rules::Duration>(&rule.shape)) {
    add_measure(duration->start);
    add(duration->at_most.parameter);
  } else if (const auto* pair = std::get_if<rules::TiePair>(&rule.shape)) {
    add_measure(pair->first);
    for (const rules::Measure& measure : pair->second) add_measure(measure);
    add(pair->through);
  } else if (const auto* shift = std::get_if<rules::TermShift>(&rule.shape)) {
    add(shift->at_most_years.parameter);
  } else if (const auto* resolution = std::get_if<rules::Resolution>(&rule.shape)) {
    for (const rules::ResolutionStep& step : resolution->steps) {
      add_text(step.title);
      add_measure(step.measure);
    }
  }
  for (const rules::Message& message : rule.messages) add_text(message.text);
  add_text(rule.passing_example);
  add_text(rule.failing_example);
  add_words(rule.aliases);
  return all;
}

std::string TextsOf(const Catalogue& catalogue) {
  std::string all = catalogue.version;
  for (const model::OrgKind& kind : catalogue.model.org_kinds())
    all += kind.id + kind.title_zh + " " + kind.title_en + " ";
  for (const model::Role& role : catalogue.model.roles()) all += role.id + role.title_zh + " " + role.title_en + " ";
  for (const ledgers::RegisterMapping& mapping : catalogue.registers) {
    all += mapping.id + " " + mapping.title_zh + " ";
    for (const ledgers::RegisterColumn& column : mapping.columns) {
      for (const std::string& header : column.headers) all += header + " ";
      for (const auto& [spelling, value] : column.values) all += spelling + " " + value + " ";
    }
  }
  for (const rules::Rule& rule : catalogue.rules.rules()) all += TextsOf(rule);
  return all;
}

bool ReadCatalogue(const std::string& bytes) {
  const absl::StatusOr<Catalogue> catalogue = DecodeCatalogue(bytes);
  if (catalogue.ok()) {
    EXPECT_EQ(base::FindInvalidUtf8(TextsOf(*catalogue)), std::string::npos);
    return true;
  }
  EXPECT_NE(catalogue.status().code(), absl::StatusCode::kInternal) << catalogue.status();
  EXPECT_FALSE(base::ErrorReason(catalogue.status()).empty());
  EXPECT_EQ(base::FindInvalidUtf8(std::string(catalogue.status().message())), std::string::npos)
      << "a message is shown to people";
  return false;
}

TEST(Damage, EveryTruncationOfAStreamIsAnErrorOrAPrefix) {
  const std::string bytes = EncodeChanges(EveryChange());
  for (size_t size = 0; size <= bytes.size(); ++size) ReadChanges(bytes.substr(0, size));
}

TEST(Damage, EveryFlippedBitOfAStreamIsBorne) {
  const std::string bytes = EncodeChanges(EveryChange());
  for (size_t i = 0; i < bytes.size() * 8; ++i) {
    std::string damaged = bytes;
    damaged[i / 8] = static_cast<char>(damaged[i / 8] ^ (1 << (i % 8)));
    ReadChanges(damaged);
  }
}

TEST(Damage, TruncationsOfTheCatalogueAreBorne) {
  const std::string bytes(BuiltinCatalogue());
  const size_t step = std::max<size_t>(1, bytes.size() / 300);
  for (size_t size = 0; size < bytes.size(); size += step) ReadCatalogue(bytes.substr(0, size));
}

// Protobuf does not look whether a text is UTF-8, so no text may get past the decoder; a letter in the bytes is most
// often one of a text.
TEST(Damage, NoByteThatIsNotUtf8GetsIntoATextOfTheCatalogue) {
  const std::string bytes(BuiltinCatalogue());
  int refused = 0, tried = 0;
  for (size_t i = 0; i < bytes.size(); i += 7) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte < 0xe4 && (byte < 'a' || byte > 'z')) continue;
    std::string damaged = bytes;
    damaged[i] = '\xff';
    ++tried;
    if (!ReadCatalogue(damaged)) ++refused;
  }
  EXPECT_GT(tried, 500);
  EXPECT_GT(refused, tried * 9 / 10);  // a notice is checked and not kept, and some letters are numbers
}

TEST(Damage, RandomChangesOfTheCatalogueAreBorne) {
  constexpr uint32_t kSeed = 20261121;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 400; ++round) {
    std::string bytes(BuiltinCatalogue());
    const int edits = 1 + static_cast<int>(random() % 4);
    for (int i = 0; i < edits; ++i) {
      const size_t at = random() % bytes.size();
      switch (random() % 3) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes.erase(at, 1 + random() % 8);
          break;
        default:
          bytes.insert(at, 1 + random() % 8, static_cast<char>(random()));
      }
      if (bytes.empty()) break;
    }
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", round " << round);
    ReadCatalogue(bytes);
  }
}

TEST(Damage, RandomBytesAreBorne) {
  constexpr uint32_t kSeed = 7;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 200, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", round " << round);
    ReadCatalogue(bytes);
    ReadChanges(bytes);
  }
}

}  // namespace
}  // namespace jiceng::wire
