#include "cli/synth/synth.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "cli/synth/dates.h"
#include "cli/synth/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace jiceng::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

using Rows = std::vector<std::map<std::string, std::string>>;

std::string Bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// A reader of its own: no cell the generator writes has a comma, so the file is split as it stands.
Rows Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const auto split = [](const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back().push_back(c);
      }
    }
    return cells;
  };
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = split(line);
  Rows rows;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = split(line);
    EXPECT_EQ(cells.size(), header.size()) << line;
    for (size_t i = 0; i < header.size(); ++i) {
      if (i == 0) rows.emplace_back();
      rows.back()[header[i]] = cells[i];
    }
  }
  return rows;
}

bool Holds(const std::string& from, const std::string& to) {
  return from <= kSynthReferenceDay && (to.empty() || to > kSynthReferenceDay);
}

class SynthTest : public testing::Test {
 protected:
  SynthTest() {
    folder_ = fs::temp_directory_path() /
              ("jiceng_synth_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    options_.out_dir = (folder_ / "out").string();
    options_.division = "320102";
    options_.members = 3000;
    options_.seed = 7;
    options_.shipped_data_path = JICENG_SAMPLE_DIVISIONS;
  }
  ~SynthTest() override { fs::remove_all(folder_); }

  Rows Ledger(const std::string& name) const { return Read(fs::path(options_.out_dir) / name); }
  bool Run() { return Synthesize(options_, &report_, &error_); }

  // A data set of its own under `divisions_dir`.
  void WriteDivisions(const std::string& cities, const std::string& areas, const std::string& streets,
                      const std::string& villages) {
    const fs::path dir = folder_ / "divisions";
    fs::create_directories(dir);
    std::ofstream(dir / "provinces.csv") << "code,name\n11,\"北京市\"\n44,\"广东省\"\n";
    std::ofstream(dir / "cities.csv") << "code,name,provinceCode\n" << cities;
    std::ofstream(dir / "areas.csv") << "code,name,cityCode,provinceCode\n" << areas;
    std::ofstream(dir / "streets.csv") << "code,name,areaCode,provinceCode,cityCode\n" << streets;
    std::ofstream(dir / "villages.csv") << "code,name,streetCode,provinceCode,cityCode,areaCode\n" << villages;
    options_.divisions_dir = dir.string();
  }

  fs::path folder_;
  SynthOptions options_;
  SynthReport report_;
  std::string error_;
};

TEST_F(SynthTest, SameSeedGivesSameBytesAndAnotherSeedDoesNot) {
  ASSERT_TRUE(Run()) << error_;
  std::map<std::string, std::string> first;
  for (const auto& [file, rows] : report_.rows) first[file] = Bytes(fs::path(options_.out_dir) / file);
  ASSERT_TRUE(Run()) << error_;
  for (const auto& [file, bytes] : first) EXPECT_EQ(Bytes(fs::path(options_.out_dir) / file), bytes) << file;
  options_.seed = 8;
  ASSERT_TRUE(Run()) << error_;
  EXPECT_NE(Bytes(fs::path(options_.out_dir) / "people.csv"), first["people.csv"]);
}

// Sets with prefixes of their own never meet, and nothing else changes.
TEST_F(SynthTest, APrefixStandsBeforeTheNumbersOfBodiesAndPeople) {
  ASSERT_TRUE(Run()) << error_;
  const Rows people = Ledger("people.csv"), orgs = Ledger("orgs.csv"), units = Ledger("units.csv");
  options_.prefix = 32;
  ASSERT_TRUE(Run()) << error_;
  const Rows with_prefix = Ledger("people.csv"), orgs_with_prefix = Ledger("orgs.csv");
  ASSERT_EQ(with_prefix.size(), people.size());
  ASSERT_EQ(orgs_with_prefix.size(), orgs.size());
  EXPECT_EQ(with_prefix.front().at("person_id"), "32000000001");
  EXPECT_EQ(orgs_with_prefix.front().at("org_id"), "320000001");
  for (size_t i = 0; i < people.size(); ++i) {
    EXPECT_EQ(with_prefix[i].at("name"), people[i].at("name"));
    EXPECT_EQ(with_prefix[i].at("person_id").substr(0, 2), "32");
    EXPECT_EQ(with_prefix[i].at("person_id").size(), 11u);
  }
  EXPECT_EQ(Ledger("units.csv"), units);
  for (const int64_t bad : {-1, 100}) {
    options_.prefix = bad;
    EXPECT_FALSE(Run());
    EXPECT_THAT(error_, HasSubstr("prefix"));
  }
}

TEST_F(SynthTest, EveryReferenceResolvesAndEveryKeyIsUsedOnce) {
  ASSERT_TRUE(Run()) << error_;
  std::map<std::string, std::set<std::string>> ids;
  const auto collect = [&](const char* file, const char* column) {
    for (auto& row : Ledger(file)) EXPECT_TRUE(ids[file].insert(row[column]).second) << file << " " << row[column];
  };
  collect("units.csv", "code");
  collect("orgs.csv", "org_id");
  collect("people.csv", "person_id");
  using Columns = std::vector<std::string>;
  const std::vector<std::tuple<const char*, const char*, const char*>> references = {
      {"units.csv", "parent_code", "units.csv"},      {"orgs.csv", "parent_id", "orgs.csv"},
      {"orgs.csv", "unit_code", "units.csv"},         {"affiliations.csv", "person_id", "people.csv"},
      {"affiliations.csv", "branch_id", "orgs.csv"},  {"employments.csv", "person_id", "people.csv"},
      {"employments.csv", "employer_id", "orgs.csv"}, {"residences.csv", "person_id", "people.csv"},
      {"residences.csv", "unit_code", "units.csv"},   {"appointments.csv", "person_id", "people.csv"},
      {"appointments.csv", "org_id", "orgs.csv"},     {"appointments.csv", "unit_code", "units.csv"},
      {"reports.csv", "community_code", "units.csv"}, {"terms.csv", "org_id", "orgs.csv"},
  };
  for (const auto& [file, column, target] : references) {
    for (auto& row : Ledger(file)) {
      EXPECT_TRUE(row[column].empty() || ids[target].count(row[column]) == 1)
          << file << " " << column << " " << row[column];
    }
  }
  const std::vector<std::pair<const char*, Columns>> keys = {
      {"affiliations.csv", {"person_id", "branch_id", "from"}},
      {"employments.csv", {"person_id", "employer_id", "from"}},
      {"residences.csv", {"person_id", "unit_code", "from"}},
      {"appointments.csv", {"person_id", "org_id", "unit_code", "post", "from"}},
      {"reports.csv", {"subject_id", "community_code", "reported_on"}},
      {"terms.csv", {"org_id", "term_no"}},
      {"ties.csv", {"kind", "from_node", "to_node", "from"}},
  };
  for (const auto& [file, columns] : keys) {
    std::set<Columns> seen;
    for (auto& row : Ledger(file)) {
      Columns key;
      for (const std::string& column : columns) key.push_back(row[column]);
      EXPECT_TRUE(seen.insert(key).second) << file << " " << testing::PrintToString(key);
      const bool bounded = row.count("from") != 0 && !row["from"].empty() && !row["to"].empty();
      EXPECT_TRUE(!bounded || row["from"] < row["to"]) << file << " " << testing::PrintToString(key);
    }
  }
}

TEST_F(SynthTest, ShapesAreThoseOfARealDistrict) {
  options_.members = 45000;
  ASSERT_TRUE(Run()) << error_;
  int64_t members = 0, in_service = 0, probationary = 0;
  std::set<std::string> working;
  for (auto& row : Ledger("people.csv")) {
    if (row["party_status"] == "none") continue;
    ++members;
    if (row["party_status"] == "probationary") ++probationary;
    if (row["in_service"] == "1") working.insert(row["person_id"]);
  }
  in_service = static_cast<int64_t>(working.size());
  EXPECT_EQ(members, 45000);
  EXPECT_NEAR(in_service / 45000.0, 0.46, 0.01);
  EXPECT_NEAR(probationary / 45000.0, 0.045, 0.006);

  std::map<std::string, std::set<std::string>> branches;
  for (auto& row : Ledger("orgs.csv")) {
    if (row["kind"] == "party_branch" && Holds(row["founded"], row["dissolved"])) branches[row["org_id"]];
  }
  for (auto& row : Ledger("affiliations.csv")) {
    const auto branch = branches.find(row["branch_id"]);
    if (row["kind"] == "formal" && branch != branches.end() && Holds(row["from"], row["to"]))
      branch->second.insert(row["person_id"]);
  }
  size_t sum = 0;
  int64_t small = 0, large = 0;
  for (const auto& [id, people] : branches) {
    sum += people.size();
    small += people.size() < 3;
    large += people.size() > 50;
  }
  const double mean = static_cast<double>(sum) / static_cast<double>(branches.size());
  EXPECT_GT(mean, 19);
  EXPECT_LT(mean, 22);
  EXPECT_GT(small, 0);
  EXPECT_GT(large, 0);

  std::set<std::pair<std::string, std::string>> open;
  int64_t doubled = 0;
  for (auto& row : Ledger("reports.csv")) {
    if (Holds(row["reported_on"], row["ended_on"]) && !open.emplace(row["subject_id"], row["community_code"]).second)
      ++doubled;
  }
  std::set<std::string> reported;
  int64_t future = 0;
  for (auto& row : Ledger("residences.csv")) {
    future += row["from"] > kSynthReferenceDay;
    const std::string community = row["unit_code"].substr(0, 12);
    if (Holds(row["from"], row["to"]) && working.count(row["person_id"]) != 0 &&
        open.count({row["person_id"], community}) != 0) {
      reported.insert(row["person_id"]);
    }
  }
  EXPECT_NEAR(static_cast<double>(reported.size()) / static_cast<double>(in_service), 0.80, 0.02);
  EXPECT_GT(doubled, 0);
  EXPECT_GT(future, 0);
  EXPECT_NEAR(static_cast<double>(report_.total_rows) / 45000, 5.06, 0.1);

  int64_t elsewhere = 0;
  for (auto& row : Ledger("units.csv"))
    elsewhere += row["level"] == "community" && row["parent_code"] != row["code"].substr(0, 9);
  EXPECT_GT(elsewhere, 0);
}

TEST_F(SynthTest, TheDivisionAskedForIsTheRootAndPaddingDoesNotMatter) {
  options_.division = "320102000000";
  ASSERT_TRUE(Run()) << error_;
  EXPECT_EQ(report_.root_name, "玄武区");
  int64_t roots = 0, communities = 0;
  for (auto& row : Ledger("units.csv")) {
    roots += row["parent_code"].empty();
    communities += row["level"] == "community";
    EXPECT_EQ(row["code"].substr(0, 6), "320102");
  }
  EXPECT_EQ(roots, 1);
  EXPECT_EQ(communities, 61);  // grep -c '^320102' villages.csv
}

TEST_F(SynthTest, WithoutMembersThereAreOnlyRealUnits) {
  options_.division = "3201";
  options_.members = 0;
  ASSERT_TRUE(Run()) << error_;
  ASSERT_EQ(report_.rows.size(), 1u);
  EXPECT_EQ(report_.rows[0].second, 1 + 11 + 140 + 1322);  // wc -l of the shipped files
  EXPECT_FALSE(fs::exists(fs::path(options_.out_dir) / "people.csv"));
}

TEST_F(SynthTest, EvenOneMemberMakesValidLedgers) {
  options_.members = 1;
  ASSERT_TRUE(Run()) << error_;
  EXPECT_EQ(Ledger("people.csv").size(), 1u);
}

TEST_F(SynthTest, ACityRepeatedAsItsOwnDistrictIsOneUnit) {
  WriteDivisions("4419,\"东莞市\",44\n", "441900,\"东莞市\",4419,44\n", "441900003,\"东城街道\",441900,44,4419\n",
                 "441900003001,\"岗贝社区居民委员会\",441900003,44,4419,441900\n");
  options_.division = "441900";
  options_.members = 0;
  ASSERT_TRUE(Run()) << error_;
  const Rows units = Ledger("units.csv");
  ASSERT_EQ(units.size(), 3u);
  EXPECT_EQ(units[0].at("code"), "4419");
  EXPECT_EQ(units[1].at("code"), "441900003");
  EXPECT_EQ(units[1].at("parent_code"), "4419");
}

TEST_F(SynthTest, PlaceholdersOfAMunicipalityAreLeftOut) {
  WriteDivisions("1101,\"市辖区\",11\n", "110101,\"东城区\",1101,11\n", "110101001,\"东华门街道\",110101,11,1101\n",
                 "110101001001,\"多福巷社区居委会\",110101001,11,1101,110101\n");
  options_.members = 0;
  for (const char* division : {"11", "1101"}) {
    options_.division = division;
    ASSERT_TRUE(Run()) << error_;
    const Rows units = Ledger("units.csv");
    ASSERT_EQ(units.size(), 4u) << division;
    EXPECT_EQ(units[0].at("code"), "11");
    EXPECT_EQ(units[1].at("parent_code"), "11");
  }
}

TEST_F(SynthTest, AnUnknownCodeIsToldWithNearOnes) {
  options_.division = "320199";
  EXPECT_FALSE(Run());
  EXPECT_THAT(error_, HasSubstr("320102 玄武区"));
  EXPECT_THAT(error_, HasSubstr("--divisions"));
  EXPECT_FALSE(fs::exists(options_.out_dir));
  options_.division = "玄武";
  EXPECT_FALSE(Run());
  EXPECT_THAT(error_, HasSubstr("2, 4, 6, 9 or 12 digits"));
}

TEST_F(SynthTest, MissingDivisionsAreTold) {
  options_.divisions_dir = (folder_ / "nowhere").string();
  EXPECT_FALSE(Run());
  EXPECT_THAT(error_, HasSubstr("villages.csv"));
}

TEST_F(SynthTest, LedgersOfOthersAreNeverOverwritten) {
  fs::create_directories(options_.out_dir);
  std::ofstream(fs::path(options_.out_dir) / "people.csv") << "real";
  EXPECT_FALSE(Run());
  EXPECT_THAT(error_, HasSubstr("people.csv"));
  EXPECT_EQ(Bytes(fs::path(options_.out_dir) / "people.csv"), "real");
}

TEST_F(SynthTest, AFileInTheWayOfTheFolderIsTold) {
  fs::create_directories(folder_);
  std::ofstream(options_.out_dir) << "a file";
  EXPECT_FALSE(Run());
  EXPECT_THAT(error_, HasSubstr("cannot make the folder"));
}

TEST_F(SynthTest, TheHostCanStopIt) {
  options_.members = 45000;
  options_.progress = [](std::string_view stage, int64_t, int64_t) { return stage != "people"; };
  EXPECT_FALSE(Run());
  EXPECT_EQ(error_, "cancelled");
}

// The first outputs for the seed 1234567, as published with the algorithm's description at rosettacode.org
// ("Pseudo-random numbers/Splitmix64").
TEST(RandomTest, SplitMix64GivesThePublishedNumbers) {
  uint64_t state = 1234567;
  EXPECT_EQ(SplitMix64(&state), 6457827717110365317u);
  EXPECT_EQ(SplitMix64(&state), 3203168211198807973u);
  EXPECT_EQ(SplitMix64(&state), 9817491932198370423u);
}

TEST(RandomTest, EachPlaceDrawsOnItsOwn) {
  Random a(1, 2, 3), same(1, 2, 3), other(1, 2, 4);
  const uint64_t first = a.Next();
  EXPECT_EQ(first, same.Next());
  EXPECT_NE(first, other.Next());
  for (int i = 0; i < 1000; ++i) {
    const int64_t drawn = a.Between(-2, 2);
    EXPECT_GE(drawn, -2);
    EXPECT_LE(drawn, 2);
  }
}

TEST(DatesTest, DaysAndYearsFollowTheCalendar) {
  EXPECT_EQ(DayOf(1970, 1, 1), 0);
  EXPECT_EQ(DayOf(2000, 3, 1), 11017);  // date -d 2000-03-01 +%s / 86400
  EXPECT_EQ(YearsAfter(DayOf(2024, 2, 29), 3), DayOf(2027, 2, 28));
  EXPECT_EQ(YearsAfter(DayOf(2024, 2, 29), 4), DayOf(2028, 2, 29));
  for (Day day = DayOf(1899, 12, 1); day < DayOf(2101, 1, 2); ++day) {
    const Civil c = CivilOf(day);
    ASSERT_EQ(DayOf(c.year, c.month, c.day), day);
  }
}

}  // namespace
}  // namespace jiceng::cli
