#include "tests/scenarios/scenario.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace jiceng::scenarios {
namespace {

std::vector<std::string> Words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// The columns a ledger must have and what stands in them when a scenario does not say.
struct LedgerColumns {
  std::vector<std::string> names;
  std::map<std::string, std::string> defaults;
};

const std::map<std::string, LedgerColumns>& Ledgers() {
  static const auto* ledgers = new std::map<std::string, LedgerColumns>{
      {"units", {{"code", "name", "level", "parent_code", "households", "population"}, {{"name", "某地"}}}},
      {"orgs", {{"org_id", "name", "kind", "parent_id", "unit_code", "founded", "dissolved"}, {{"name", "某组织"}}}},
      {"people",
       {{"person_id", "name", "party_status", "joined_on", "in_service"},
        {{"name", "某人"}, {"in_service", "0"}, {"party_status", "full"}}}},
      {"affiliations", {{"person_id", "branch_id", "kind", "from", "to"}, {{"kind", "formal"}}}},
      {"employments", {{"person_id", "employer_id", "from", "to"}, {}}},
      {"residences", {{"person_id", "unit_code", "from", "to"}, {}}},
      {"appointments", {{"person_id", "org_id", "unit_code", "post", "kind", "from", "to"}, {{"kind", "appointed"}}}},
      {"reports", {{"subject_id", "community_code", "reported_on", "ended_on"}, {}}},
      {"terms", {{"org_id", "term_no", "elected_on", "years", "ends_on", "extended_to"}, {{"term_no", "1"}}}},
      {"ties", {{"kind", "from_node", "to_node", "from", "to", "attributes"}, {}}},
      {"history", {{"node", "attribute", "value", "from", "to"}, {}}},
  };
  return *ledgers;
}

const std::map<std::string, Step::Kind>& Steps() {
  static const auto* steps = new std::map<std::string, Step::Kind>{{"set", Step::kSet},       {"on", Step::kOn},
                                                                   {"expect", Step::kExpect}, {"attach", Step::kAttach},
                                                                   {"detach", Step::kDetach}, {"waive", Step::kWaive}};
  return *steps;
}

// A ledger being written: the columns in the order of its first table.
struct Table {
  std::string ledger;
  int first = 1, last = 1;
  std::vector<std::string> given;
};

// The numbers of "people*3" (1 to 3) and "meets*58..97"; 1 alone without.
struct Repeat {
  int first = 1, last = 1;

  static Repeat Of(const std::string& word) {
    const size_t star = word.find('*');
    if (star == std::string::npos) return {};
    const size_t dots = word.find("..", star);
    if (dots == std::string::npos) return {1, std::stoi(word.substr(star + 1))};
    return {std::stoi(word.substr(star + 1, dots - star - 1)), std::stoi(word.substr(dots + 2))};
  }
};

// The text with each run of # replaced by the number, with zeros in front to the run's length.
std::string Numbered(const std::string& text, int number) {
  std::string numbered;
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find_first_not_of('#', i), text.size());
    if (end == i) {
      numbered += text[i++];
      continue;
    }
    const std::string digits = std::to_string(number);
    numbered += std::string(end - i > digits.size() ? end - i - digits.size() : 0, '0') + digits;
    i = end;
  }
  return numbered;
}

// Words with a # in them once for every number, where the leading word repeats.
std::vector<std::string> Expanded(const std::vector<std::string>& words, Repeat repeat) {
  std::vector<std::string> expanded;
  for (const std::string& word : words) {
    if (word.find('#') == std::string::npos) {
      expanded.push_back(word);
      continue;
    }
    for (int i = repeat.first; i <= repeat.last; ++i) expanded.push_back(Numbered(word, i));
  }
  return expanded;
}

class Reader {
 public:
  // `file` is what the scenarios are called by.
  Reader(const std::string& path, std::string file) : file_(std::move(file)), in_(path) {}

  std::vector<Scenario> Read() {
    for (std::string line; std::getline(in_, line);) {
      ++line_;
      const size_t comment = line.find("  //");
      if (comment != std::string::npos) line.resize(comment);
      if (line.empty() || line[0] == '#') continue;
      const std::vector<std::string> words = Words(line);
      if (words.empty()) continue;
      if (line[0] == ' ' && table_.ledger.size() > 0) {
        Row(words);
      } else {
        table_ = {};
        Directive(words, line);
      }
    }
    Flush();
    return std::move(scenarios_);
  }

 private:
  void Directive(const std::vector<std::string>& words, const std::string& line) {
    const std::string word = words[0].substr(0, words[0].find('*'));
    const Repeat repeat = Repeat::Of(words[0]);
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (word == "scenario") {
      Flush();
      scenarios_.push_back({file_, line.substr(line.find(words[1])), "", line_, {}});
    } else if (scenarios_.empty()) {
      Bad("begins without a scenario line");
    } else if (word == "source") {
      scenarios_.back().source = line.substr(line.find(words[1]));
    } else if (word == "rule" && rest.size() == 1) {
      Flush();
      scenarios_.back().steps.push_back({Step::kRule, line_, rest, {}});
    } else if (word == "meets" || word == "fails" || word == "skips") {
      Flush();
      std::vector<std::string> expected = Expanded(rest, repeat);
      expected.insert(expected.begin(), word);
      scenarios_.back().steps.push_back({Step::kExpect, line_, expected, {}});
    } else if (word == "open" || word == "step" || word == "refused" || word == "revert") {
      Flush();
      scenarios_.back().steps.push_back({Step::kMatter, line_, words, {}});
    } else if (Ledgers().count(word) > 0) {
      table_ = {word, repeat.first, repeat.last, rest};
      Header();
    } else if (word == "import") {
      Flush(rest);
    } else if (const auto kind = Steps().find(word); kind != Steps().end()) {
      Flush();
      scenarios_.back().steps.push_back({kind->second, line_, Expanded(rest, repeat), {}});
    } else {
      Bad("unknown word '" + word + "'");
    }
  }

  // Every table of one ledger has the same columns: the required ones and whatever any table of the file may add.
  void Header() {
    std::vector<std::string>& columns = columns_[table_.ledger];
    if (columns.empty()) columns = Ledgers().at(table_.ledger).names;
    for (const std::string& column : table_.given) {
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    }
  }

  void Row(const std::vector<std::string>& words) {
    if (words.size() != table_.given.size()) {
      Bad("the row has " + std::to_string(words.size()) + " cells for " + std::to_string(table_.given.size()) +
          " columns");
      return;
    }
    for (int i = table_.first; i <= table_.last; ++i) {
      std::map<std::string, std::string> row = Ledgers().at(table_.ledger).defaults;
      for (size_t c = 0; c < words.size(); ++c) {
        row[table_.given[c]] = words[c] == "-" ? "" : Numbered(words[c], i);
      }
      rows_[table_.ledger].push_back(row);
    }
  }

  // Turns the tables gathered into an import step.
  void Flush(const std::vector<std::string>& options = {}) {
    if (rows_.empty() || scenarios_.empty()) return;
    Step step{Step::kImport, line_, options, {}};
    for (const auto& [ledger, rows] : rows_) {
      std::string text;
      for (const std::string& column : columns_[ledger]) text += (text.empty() ? "" : ",") + column;
      text += "\n";
      for (const auto& row : rows) {
        bool first = true;
        for (const std::string& column : columns_[ledger]) {
          const auto it = row.find(column);
          const std::string cell = it == row.end() ? "" : it->second;
          text += first ? "" : ",";
          if (cell.find_first_of(",\"") != std::string::npos) {
            text += '"';
            for (char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
            text += '"';
          } else {
            text += cell;
          }
          first = false;
        }
        text += "\n";
      }
      step.ledgers[ledger + ".csv"] = text;
    }
    rows_.clear();
    columns_.clear();
    scenarios_.back().steps.push_back(step);
  }

  void Bad(const std::string& why) {
    scenarios_.push_back(
        {file_, "line " + std::to_string(line_) + ": " + why, "", line_, {{Step::kExpect, line_, {"malformed"}, {}}}});
  }

  std::string file_;
  std::ifstream in_;
  int line_ = 0;
  Table table_;
  std::map<std::string, std::vector<std::string>> columns_;
  std::map<std::string, std::vector<std::map<std::string, std::string>>> rows_;
  std::vector<Scenario> scenarios_;
};

}  // namespace

std::vector<Scenario> ReadScenarios(const std::string& folder) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".scenario") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Scenario> all;
  for (const std::string& path : paths) {
    const std::string file = std::filesystem::path(path).lexically_relative(folder).string();
    for (Scenario& scenario : Reader(path, file).Read()) all.push_back(std::move(scenario));
  }
  return all;
}

}  // namespace jiceng::scenarios
