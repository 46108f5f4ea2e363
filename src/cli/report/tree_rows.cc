#include "cli/report/tree_rows.h"

#include <string_view>
#include <unordered_map>
#include <utility>

namespace jiceng::cli {
namespace {

bool IsUnit(const TreeRow& row) { return row.node.compare(0, 5, "unit:") == 0; }

}  // namespace

std::vector<TreeRow> FoldCopies(std::vector<TreeRow> rows) {
  struct Home {
    size_t row;
    int32_t unit_depth;  // of the nearest unit above
  };
  std::unordered_map<std::string_view, Home> homes;
  homes.reserve(rows.size());
  std::vector<int32_t> unit_depths;  // along the way down to the current row, the nearest unit above or at each
  for (size_t i = 0; i < rows.size(); ++i) {
    const size_t depth = static_cast<size_t>(rows[i].depth);
    const int32_t above = depth > 0 && depth <= unit_depths.size() ? unit_depths[depth - 1] : -1;
    unit_depths.resize(depth + 1, above);
    unit_depths[depth] = IsUnit(rows[i]) ? rows[i].depth : above;
    const auto [home, is_new] = homes.try_emplace(rows[i].node, Home{i, unit_depths[depth]});
    if (!is_new && unit_depths[depth] > home->second.unit_depth) home->second = {i, unit_depths[depth]};
  }
  // What lies below a copy lies below the body itself too, in a unit no higher, so nothing is lost with it.
  std::vector<int32_t> new_row(rows.size(), -1);
  std::vector<size_t> kept;
  kept.reserve(rows.size());
  for (size_t i = 0; i < rows.size();) {
    new_row[i] = static_cast<int32_t>(kept.size());
    kept.push_back(i);
    const bool copy = homes.find(rows[i].node)->second.row != i;
    const int32_t depth = rows[i].depth;
    ++i;
    while (copy && i < rows.size() && rows[i].depth > depth) ++i;
  }
  for (const size_t i : kept) {
    const size_t home = homes.find(rows[i].node)->second.row;
    rows[i].copy_of = home == i ? -1 : new_row[home];
  }
  std::vector<TreeRow> folded;
  folded.reserve(kept.size());
  for (const size_t i : kept) folded.push_back(std::move(rows[i]));
  return folded;
}

}  // namespace jiceng::cli
