#include "cli/synth/divisions.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <unordered_map>

namespace jiceng::cli {
namespace {

struct LevelFile {
  DivisionLevel level;
  size_t digits;
  const char* file;
  const char* parent_column;  // "" for provinces
};
constexpr LevelFile kFiles[] = {
    {DivisionLevel::kProvince, 2, "provinces.csv", ""},
    {DivisionLevel::kCity, 4, "cities.csv", "provinceCode"},
    {DivisionLevel::kDistrict, 6, "areas.csv", "cityCode"},
    {DivisionLevel::kStreet, 9, "streets.csv", "areaCode"},
    {DivisionLevel::kCommunity, 12, "villages.csv", "streetCode"},
};
constexpr const char* kPlaceholders[] = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"};

bool StartsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }
bool EndsWith(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

// Cuts zero padding: "320102000000" and "320102" are one division.
std::string_view WithoutPadding(std::string_view code) {
  while (true) {
    if ((code.size() == 12 || code.size() == 9) && EndsWith(code, "000")) {
      code.remove_suffix(3);
    } else if ((code.size() == 6 || code.size() == 4) && EndsWith(code, "00")) {
      code.remove_suffix(2);
    } else {
      return code;
    }
  }
}

bool IsPlaceholder(DivisionLevel level, std::string_view name) {
  return level == DivisionLevel::kCity &&
         std::find(std::begin(kPlaceholders), std::end(kPlaceholders), name) != std::end(kPlaceholders);
}

// Cuts one CSV line into cells; quotes inside a cell are doubled.
void SplitLine(const std::string& line, std::vector<std::string>* cells) {
  cells->clear();
  cells->emplace_back();
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        cells->back().push_back(line[++i]);
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      cells->emplace_back();
    } else if (c != '\r') {
      cells->back().push_back(c);
    }
  }
}

struct Row {
  std::string code, name, parent;
  int64_t line = 0;
};

// Calls `row` for each row of one file whose code starts with `prefix`; stops when it returns false.
bool ReadFile(const std::string& dir, const LevelFile& spec, std::string_view prefix,
              const std::function<bool(Row)>& row, std::string* error) {
  const std::string path = dir + "/" + spec.file;
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    *error =
        "cannot read '" + path +
        "': the folder must hold provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv of china-division";
    return false;
  }
  std::string line;
  std::vector<std::string> cells;
  std::getline(in, line);
  if (StartsWith(line, "\xEF\xBB\xBF")) line.erase(0, 3);
  SplitLine(line, &cells);
  const auto column = [&](const char* name) {
    return static_cast<size_t>(std::find(cells.begin(), cells.end(), name) - cells.begin());
  };
  const size_t code_at = column("code"), name_at = column("name"),
               parent_at = *spec.parent_column ? column(spec.parent_column) : 0;
  const size_t needed = std::max({code_at, name_at, parent_at}) + 1;
  if (needed > cells.size()) {
    *error = "'" + path + "' lacks one of the columns code, name" +
             (*spec.parent_column ? std::string(", ") + spec.parent_column : "");
    return false;
  }
  for (int64_t number = 2; std::getline(in, line); ++number) {
    if (line.empty() || line == "\r") continue;
    // The code stands first in the real files; rows elsewhere are passed over without being cut up.
    if (code_at == 0 && line[0] != '"' && !StartsWith(line, prefix)) continue;
    SplitLine(line, &cells);
    if (cells.size() < needed) {
      *error = "'" + path + "' row " + std::to_string(number) + " has " + std::to_string(cells.size()) + " cells";
      return false;
    }
    if (!StartsWith(cells[code_at], prefix)) continue;
    if (!row({cells[code_at], cells[name_at], *spec.parent_column ? cells[parent_at] : "", number})) return true;
  }
  return true;
}

// Codes of the wanted length that agree with it longest, to help after a slip.
std::string NearCodes(const std::string& dir, std::string_view code) {
  constexpr size_t kShown = 6;
  size_t best = 0;
  std::vector<std::string> near;
  for (const LevelFile& spec : kFiles) {
    if (spec.digits != code.size()) continue;
    std::string ignored;
    ReadFile(
        dir, spec, "",
        [&](const Row& row) {
          size_t common = 0;
          while (common < code.size() && common < row.code.size() && code[common] == row.code[common]) ++common;
          if (common > best) near.clear();
          best = std::max(best, common);
          if (common == best && near.size() < kShown) near.push_back(row.code + " " + row.name);
          return true;
        },
        &ignored);
  }
  std::string text;
  for (const std::string& one : near) text += (text.empty() ? "" : ", ") + one;
  return text;
}

bool IsCode(std::string_view code) {
  const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits &&
         std::any_of(std::begin(kFiles), std::end(kFiles), [&](const LevelFile& f) { return f.digits == code.size(); });
}

// Gathers rows level by level and puts each under its parent.
class TreeBuilder {
 public:
  explicit TreeBuilder(DivisionTree* tree) : tree_(tree) {}

  bool AddLevel(const LevelFile& spec, std::vector<Row> rows, std::string* error) {
    const auto by_code = [](const Row& a, const Row& b) { return a.code < b.code; };
    if (!std::is_sorted(rows.begin(), rows.end(), by_code)) std::stable_sort(rows.begin(), rows.end(), by_code);
    if (spec.level == DivisionLevel::kCommunity) tree_->first_community = static_cast<int32_t>(tree_->divisions.size());
    for (Row& row : rows) {
      const auto parent = index_.find(row.parent);
      const int32_t parent_index = parent == index_.end() ? -1 : parent->second;
      const bool repeat = WithoutPadding(row.code).size() != row.code.size() &&
                          index_.count(std::string(WithoutPadding(row.code))) != 0;
      if (repeat || IsPlaceholder(spec.level, row.name)) {
        index_.emplace(row.code, repeat ? index_[std::string(WithoutPadding(row.code))] : parent_index);
        continue;
      }
      if (parent_index < 0 && !tree_->divisions.empty() && tree_->divisions[0].level != spec.level) {
        *error = std::string(spec.file) + " row " + std::to_string(row.line) + ": " + row.code +
                 " lies under the unknown " + row.parent;
        return false;
      }
      if (!index_.emplace(row.code, static_cast<int32_t>(tree_->divisions.size())).second) {
        *error = std::string(spec.file) + " row " + std::to_string(row.line) + ": the code " + row.code +
                 " was given before";
        return false;
      }
      tree_->divisions.push_back({std::move(row.code), std::move(row.name), spec.level, parent_index});
    }
    return true;
  }

 private:
  DivisionTree* tree_;
  std::unordered_map<std::string, int32_t> index_;
};

}  // namespace

const char* DivisionLevelName(DivisionLevel level) {
  constexpr const char* kNames[] = {"province", "city", "district", "street", "community"};
  return kNames[static_cast<int>(level)];
}

bool ReadDivisions(const std::string& dir, std::string_view wanted, const std::function<bool(int64_t bytes)>& progress,
                   DivisionTree* tree, std::string* error) {
  const bool country = wanted == "0" || wanted == "cn";
  std::string_view code = country ? std::string_view() : wanted;
  if (!country && !IsCode(code)) {
    *error = "the division '" + std::string(wanted) + "' is neither 0 nor a code of 2, 4, 6, 9 or 12 digits";
    return false;
  }
  code = WithoutPadding(code);

  // A placeholder stands for its province; see DivisionTree.
  bool with_province = false;
  if (code.size() == 4) {
    if (!ReadFile(
            dir, kFiles[1], code,
            [&](const Row& row) {
              with_province = IsPlaceholder(DivisionLevel::kCity, row.name);
              return true;
            },
            error)) {
      return false;
    }
  }

  tree->divisions.clear();
  TreeBuilder builder(tree);
  int64_t done = 0;
  for (const LevelFile& spec : kFiles) {
    std::vector<Row> rows;
    bool cancelled = false;
    const std::string_view prefix = spec.level == DivisionLevel::kProvince && with_province ? code.substr(0, 2) : code;
    const auto keep = [&](Row row) {
      rows.push_back(std::move(row));
      if (++done % 10000 == 0 && progress && !progress(done)) cancelled = true;
      return !cancelled;
    };
    if (!ReadFile(dir, spec, prefix, keep, error)) return false;
    if (cancelled) {
      *error = "cancelled";
      return false;
    }
    if (!builder.AddLevel(spec, std::move(rows), error)) return false;
  }
  std::vector<Division>& all = tree->divisions;
  if (all.empty()) {
    *error = "no division has the code " + std::string(wanted);
    const std::string near = NearCodes(dir, code);
    if (!near.empty()) *error += "; near it: " + near;
    return false;
  }
  for (int32_t i = tree->first_community; i < static_cast<int32_t>(all.size()); ++i) {
    all[i].communities_begin = i;
    all[i].communities_end = i + 1;
    for (int32_t up = all[i].parent; up >= 0; up = all[up].parent) {
      if (all[up].communities_end == 0) all[up].communities_begin = i;
      all[up].communities_end = i + 1;
    }
  }
  return true;
}

std::string PlaceName(const Division& division) {
  std::string_view name = division.name;
  if (division.level == DivisionLevel::kCommunity) {
    // Longest first: 社区居民委员会 keeps 社区, 村民委员会 keeps 村.
    for (const char* suffix : {"居民委员会", "村民委员会", "居委会", "村委会"}) {
      if (!EndsWith(name, suffix) || name.size() == std::strlen(suffix)) continue;
      name.remove_suffix(std::strlen(suffix));
      const bool village = suffix[0] == "村"[0] && suffix[1] == "村"[1] && suffix[2] == "村"[2];
      return std::string(name) + (village && !EndsWith(name, "村") ? "村" : "");
    }
  } else if (division.level == DivisionLevel::kStreet && EndsWith(name, "办事处") &&
             name.size() > std::strlen("办事处")) {
    name.remove_suffix(std::strlen("办事处"));
  }
  return std::string(name);
}

bool IsVillage(const Division& community) {
  return EndsWith(community.name, "村委会") || EndsWith(community.name, "村民委员会");
}

}  // namespace jiceng::cli
