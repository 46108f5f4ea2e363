#include "tests/scenarios/matters.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiceng::scenarios {
namespace {

void Check(jiceng_status status, jiceng_error* error, const std::string& what) {
  EXPECT_EQ(status, JICENG_OK) << what << ": " << (error != nullptr ? jiceng_error_message(error) : "no error given");
  jiceng_error_free(error);
}

std::string Cell(const jiceng_table* table, int64_t row, int32_t column) {
  if (jiceng_table_is_null(table, row, column) != 0) return "";
  switch (jiceng_table_column_type(table, column)) {
    case JICENG_COLUMN_TEXT:
      return jiceng_table_text(table, row, column, nullptr);
    case JICENG_COLUMN_TEXT_LIST: {
      std::string list;
      for (size_t i = 0; i < jiceng_table_list_size(table, row, column); ++i)
        list += std::string(jiceng_table_list_text(table, row, column, i, nullptr)) + ";";
      return list;
    }
    default:
      return std::to_string(jiceng_table_int64(table, row, column));
  }
}
std::string Cell(const jiceng_table* table, int64_t row, const char* column) {
  return Cell(table, row, jiceng_table_find_column(table, column));
}

// "2026-09-30 24:00" as scenarios write it.
std::string WithT(std::string moment) {
  std::replace(moment.begin(), moment.end(), ' ', 'T');
  return moment.empty() ? "-" : moment;
}

// A snapshot of the head, for as long as it is needed.
class Head {
 public:
  explicit Head(jiceng_store* store) {
    jiceng_error* error = nullptr;
    Check(jiceng_snapshot_open(store, nullptr, 0, &snapshot_, &error), error, "snapshot");
  }
  ~Head() { jiceng_snapshot_close(snapshot_); }
  const jiceng_snapshot* get() const { return snapshot_; }

 private:
  jiceng_snapshot* snapshot_ = nullptr;
};

using Question = jiceng_status (*)(const jiceng_snapshot*, const char*, const char*, int32_t, jiceng_table**,
                                   jiceng_error**);
jiceng_table* Ask(Question question, const Head& head, const std::string& matter, const std::string& at) {
  jiceng_table* table = nullptr;
  jiceng_error* error = nullptr;
  Check(question(head.get(), matter.c_str(), at.c_str(), JICENG_LANG_EN, &table, &error), error, matter);
  return table;
}

std::vector<const char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

}  // namespace

jiceng_writer* Matters::Writer() {
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.recorded_at = 1800000000 + ++commits_;
  jiceng_writer* writer = nullptr;
  jiceng_error* error = nullptr;
  Check(jiceng_writer_open(store_, nullptr, &options, &writer, &error), error, "writer");
  return writer;
}

void Matters::Take(const std::vector<std::string>& words) {
  const bool opens = words.at(0) == "open", refused = words.at(0) == "refused";
  size_t next = refused ? 2 : 1;
  std::string first = words.at(next++);
  const bool refused_opening = refused && first == "open";
  if (refused_opening) first = words.at(next++);
  const std::string second = words.at(next++);
  std::string at, by;
  std::vector<std::string> subjects, fields;
  for (; next < words.size(); ++next) {
    if (words[next] == "at") {
      at = words.at(++next);
    } else if (words[next] == "by") {
      by = words.at(++next);
    } else {
      // A part is played by a node; fields that are nodes come with steps, which have no parts.
      const std::string value = words[next].substr(words[next].find('=') + 1);
      const bool node = value.rfind("unit:", 0) == 0 || value.rfind("org:", 0) == 0 || value.rfind("person:", 0) == 0;
      ((opens || refused_opening) && node ? subjects : fields).push_back(words[next]);
    }
  }
  const std::vector<const char*> nodes = Pointers(subjects), told = Pointers(fields);
  jiceng_writer* writer = Writer();
  int64_t seq = 0;
  jiceng_error* error = nullptr;
  const char* actor = by.empty() ? nullptr : by.c_str();
  const jiceng_status status =
      opens || refused_opening
          ? jiceng_writer_matter_open(writer, first.c_str(), second.c_str(), at.c_str(), actor, nodes.data(),
                                      nodes.size(), told.data(), told.size(), &seq, &error)
          : jiceng_writer_matter_step(writer, first.c_str(), second.c_str(), at.c_str(), actor, told.data(),
                                      told.size(), &seq, &error);
  Check(status, error, second);
  std::vector<std::string> reasons;
  for (const int32_t lang : {JICENG_LANG_ZH, JICENG_LANG_EN}) {
    jiceng_table* table = nullptr;
    error = nullptr;
    reasons.clear();
    if (jiceng_writer_refused_step(writer, lang, &table, &error) == JICENG_NOT_FOUND) {
      EXPECT_STREQ(jiceng_error_reason(error), "NOTHING_REFUSED");
      jiceng_error_free(error);
      continue;
    }
    Check(error == nullptr ? JICENG_OK : jiceng_error_code(error), error, "reasons");
    for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
      const std::string place = Cell(table, i, "place");
      reasons.push_back(Cell(table, i, "code") + (place.empty() ? "" : ":" + place));
      EXPECT_NE(Cell(table, i, "message"), "");
    }
    jiceng_table_free(table);
  }
  jiceng_writer_close(writer);
  if (refused) {
    EXPECT_EQ(seq, 0);
    EXPECT_THAT(reasons, testing::ElementsAre(words.at(1)));
    return;
  }
  EXPECT_THAT(reasons, testing::IsEmpty());
  EXPECT_GT(seq, 0);
  const std::string matter = opens ? second : first;
  // What else happens in that minute changes what is seen of it.
  seen_.erase(std::remove_if(seen_.begin(), seen_.end(),
                             [&](const Seen& seen) { return seen.matter == matter && seen.at == at; }),
              seen_.end());
  seen_.push_back({matter, at, Told(matter, at)});
}

void Matters::Revert() {
  jiceng_table* log = nullptr;
  jiceng_error* error = nullptr;
  Check(jiceng_store_log(store_, 0, 1, &log, &error), error, "log");
  const int64_t last = jiceng_table_int64(log, 0, jiceng_table_find_column(log, "seq"));
  jiceng_table_free(log);
  jiceng_writer* writer = Writer();
  int64_t seq = 0;
  error = nullptr;
  Check(jiceng_writer_revert(writer, last, &seq, &error), error, "revert");
  jiceng_writer_close(writer);
  if (!seen_.empty()) seen_.pop_back();
}

std::string Matters::Told(const std::string& matter, const std::string& at) const {
  std::string told;
  const Head head(store_);
  for (const Question question : {jiceng_matter, jiceng_matter_steps, jiceng_matter_clocks}) {
    jiceng_table* table = Ask(question, head, matter, at);
    for (int64_t row = 0; row < jiceng_table_rows(table); ++row) {
      for (int32_t column = 0; column < jiceng_table_columns(table); ++column)
        told += (column == 0 ? "\n" : " | ") + Cell(table, row, column);
    }
    jiceng_table_free(table);
  }
  return told;
}

void Matters::CheckPast() const {
  for (const Seen& seen : seen_) EXPECT_EQ(Told(seen.matter, seen.at), seen.told) << seen.matter << " at " << seen.at;
}

namespace {

Ledgers Exported(jiceng_store* store) {
  const Head head(store);
  jiceng_table* table = nullptr;
  jiceng_error* error = nullptr;
  Check(jiceng_snapshot_export_bytes(head.get(), nullptr, nullptr, &table, &error), error, "export");
  Ledgers ledgers;
  for (int64_t i = 0; i < jiceng_table_rows(table); ++i)
    ledgers.emplace_back(Cell(table, i, "file"), Cell(table, i, "content"));
  jiceng_table_free(table);
  return ledgers;
}

}  // namespace

void Matters::Import(const Ledgers& ledgers) {
  std::vector<const char*> names;
  std::vector<const void*> bytes;
  std::vector<size_t> lengths;
  for (const auto& [name, text] : ledgers) {
    names.push_back(name.c_str());
    bytes.push_back(text.data());
    lengths.push_back(text.size());
  }
  jiceng_writer* writer = Writer();
  jiceng_import_report* report = nullptr;
  jiceng_error* error = nullptr;
  Check(jiceng_writer_import_bytes(writer, names.data(), bytes.data(), lengths.data(), names.size(), nullptr, &report,
                                   &error),
        error, "import");
  const jiceng_table* problems = jiceng_import_report_problems(report);
  for (int64_t i = 0; i < jiceng_table_rows(problems); ++i)
    ADD_FAILURE() << Cell(problems, i, "file") << " " << Cell(problems, i, "row") << " "
                  << Cell(problems, i, "message");
  jiceng_import_report_free(report);
  jiceng_writer_close(writer);
}

void Matters::CheckLedgers(const std::vector<std::string>& packs) const {
  if (seen_.empty()) return;
  const Ledgers ledgers = Exported(store_);
  Ledgers first, later;
  for (const auto& ledger : ledgers)
    (!packs.empty() && ledger.first.compare(0, 6, "matter") == 0 ? later : first).push_back(ledger);
  jiceng_open_options open = JICENG_OPEN_OPTIONS_INIT;
  open.flags = JICENG_OPEN_CREATE;
  jiceng_store* store = nullptr;
  jiceng_error* error = nullptr;
  Check(jiceng_store_open("memory:", JICENG_NUL, &open, &store, &error), error, "open");
  {
    Matters copy(store);
    copy.Import(first);
    for (const std::string& pack : packs) {
      jiceng_writer* writer = copy.Writer();
      int64_t seq = 0;
      Check(jiceng_writer_apply(writer, pack.data(), pack.size(), &seq, &error), error, "pack");
      jiceng_writer_close(writer);
    }
    if (!later.empty()) copy.Import(later);
    if (!testing::Test::HasFailure()) {
      for (const Seen& seen : seen_) EXPECT_EQ(copy.Told(seen.matter, seen.at), seen.told);
      EXPECT_EQ(Exported(store), ledgers);
    }
  }
  jiceng_store_close(store);
}

void Matters::Expect(const std::vector<std::string>& words) const {
  const Head head(store_);
  if (words[0] == "late") {
    jiceng_table* table = nullptr;
    jiceng_error* error = nullptr;
    Check(jiceng_matters_late(head.get(), nullptr, 0, words.at(1).c_str(), JICENG_LANG_ZH, &table, &error), error,
          "late");
    std::vector<std::string> late;
    for (int64_t i = 0; i < jiceng_table_rows(table); ++i)
      late.push_back(Cell(table, i, "matter") + "/" + Cell(table, i, "clock"));
    jiceng_table_free(table);
    EXPECT_EQ(late, std::vector<std::string>(words.begin() + 2, words.end())) << "late at " << words[1];
    return;
  }
  if (words[0] == "handovers") {
    jiceng_table* table = nullptr;
    jiceng_error* error = nullptr;
    Check(jiceng_matters_handovers(head.get(), nullptr, 0, words.at(1).c_str(), JICENG_LANG_ZH, &table, &error), error,
          "handovers");
    std::vector<std::string> found;
    for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
      std::string line = Cell(table, i, "matter") + ":" + Cell(table, i, "depth") + ":" + Cell(table, i, "from_node") +
                         ">" + Cell(table, i, "to_node");
      const int32_t withheld = jiceng_table_find_column(table, "withheld");
      for (size_t k = 0; k < jiceng_table_list_size(table, i, withheld); ++k)
        line += std::string("-") + jiceng_table_list_text(table, i, withheld, k, nullptr);
      if (jiceng_table_int64(table, i, jiceng_table_find_column(table, "only_relayed")) != 0) line += "!";
      found.push_back(line);
    }
    jiceng_table_free(table);
    EXPECT_EQ(found, std::vector<std::string>(words.begin() + 2, words.end())) << "handovers at " << words[1];
    return;
  }
  const std::string& at = words.back();
  if (words[0] == "state") {
    jiceng_table* table = Ask(jiceng_matter, head, words.at(1), at);
    EXPECT_EQ(Cell(table, 1, "id"), words.at(2));
    jiceng_table_free(table);
    return;
  }
  if (words[0] == "tally") {
    jiceng_table* table = Ask(jiceng_matter, head, words.at(1), at);
    std::string found;
    for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
      if (Cell(table, i, "what") == "tally" && Cell(table, i, "id") == words.at(2)) found = Cell(table, i, "value");
    }
    jiceng_table_free(table);
    EXPECT_EQ(found, words.at(3)) << words[2] << " of " << words[1] << " at " << at;
    return;
  }
  // The last stretch of the clock.
  jiceng_table* table = Ask(jiceng_matter_clocks, head, words.at(1), at);
  std::string found;
  for (int64_t i = 0; i < jiceng_table_rows(table); ++i) {
    if (Cell(table, i, "clock") == words.at(2)) found = Cell(table, i, "status") + " " + WithT(Cell(table, i, "due"));
  }
  jiceng_table_free(table);
  EXPECT_EQ(found, words.at(3) + " " + words.at(4)) << words[2] << " of " << words[1];
}

}  // namespace jiceng::scenarios
