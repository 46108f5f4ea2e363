// An organisation under test: ledgers written as text, a store to import them into, and short ways to ask.
#ifndef JICENG_TESTS_ENGINE_ORGANIZATION_H_
#define JICENG_TESTS_ENGINE_ORGANIZATION_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/import.h"
#include "engine/maintain.h"
#include "gmock/gmock.h"
#include "graph/walk.h"
#include "gtest/gtest.h"

namespace jiceng::engine {

inline base::Date Day(const char* iso) { return *base::Date::Parse(iso); }

// A folder that goes away with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "jiceng-test-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
  }

 private:
  std::string path_;
};

// Ledger texts by file name.
using Ledgers = std::map<std::string, std::string>;

// A street with two communities, one committee with a branch in each, three people.  Tests change what they are about.
inline Ledgers SmallStreet() {
  return {
      {"units.csv",
       "code,name,level,parent_code,households,population\n"
       "320102002,梅园街道,street,,,\n"
       "320102002001,第一社区,community,320102002,1200,3000\n"
       "320102002002,第二社区,community,320102002,900,2500\n"
       "320102002001001,一号网格,grid,320102002001,300,800\n"},
      {"orgs.csv",
       "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
       "10,街道党工委,party_work_committee,,320102002,2001-07,\n"
       "11,第一社区党支部,party_branch,10,320102002001,2005,\n"
       "12,第二社区党支部,party_branch,10,320102002002,2005-03-01,\n"
       "20,某公司,employer,,320102002001,1999-01-01,\n"
       "21,某公司党支部,party_branch,20,320102002001,2010-01-01,\n"},
      {"people.csv",
       "person_id,name,party_status,joined_on,in_service\n"
       "1,张三,full,1998,1\n"
       "2,李四,probationary,2025-09,0\n"
       "3,阿卜杜拉·买买提,none,,0\n"},
      {"affiliations.csv", "person_id,branch_id,kind,from,to\n1,11,formal,2005-01-01,\n2,12,formal,2025-09-01,\n"},
      {"residences.csv", "person_id,unit_code,from,to\n1,320102002001,2010-01-01,\n2,320102002002,,\n"},
  };
}

class Organization {
 public:
  explicit Organization(const std::string& url = "memory:", bool create = true) {
    OpenOptions options;
    options.store.create = create;
    options.store.seed = 7;
    auto opened = Store::Open(url, options);
    EXPECT_TRUE(opened.ok()) << opened.status();
    store_ = *opened;
  }

  Store* store() { return store_.get(); }
  const graph::Snapshot& now() {
    version_ = *store_->Head();
    return *version_.graph;
  }
  const Version& version() {
    now();
    return version_;
  }

  // Imports the texts; options may be set beforehand.  The report of the last import is kept.
  ImportReport Import(const Ledgers& ledgers, ImportOptions options = {}) {
    TemporaryFolder folder;
    for (const auto& [name, text] : ledgers) folder.Write(name, text);
    if (options.paths.empty()) options.paths = {folder.path()};
    options.commit.recorded_at = ++clock_;
    auto report = engine::Import(store_.get(), options);
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *std::move(report) : ImportReport();
  }
  absl::StatusOr<int64_t> Revert(int64_t seq) {
    CommitOptions options;
    options.recorded_at = ++clock_;
    return engine::Revert(store_.get(), seq, options);
  }

  model::NodeNumber Node(const std::string& text) {
    const auto parsed = model::ParseNodeText(text);
    const auto found = now().Find(parsed->kind, parsed->id, base::Date::Forever());
    EXPECT_TRUE(found.has_value()) << text;
    return found.value_or(model::NodeNumber());
  }
  // "kind from → to [since, until)" of every tie of the kinds, in order; all kinds when none is named.
  std::vector<std::string> Ties(std::vector<model::TieKind> kinds) {
    std::vector<std::string> lines;
    const graph::Snapshot& graph = now();
    for (model::TieKind kind : kinds) {
      graph.ForEachTie(kind, [&](const model::Tie& tie) {
        lines.push_back(std::string(model::TieKindName(kind)) + " " + graph.Text(tie.from) + " → " +
                        graph.Text(tie.to) + " [" + tie.valid.from.ToString() + ", " + tie.valid.to.ToString() + ")");
      });
    }
    std::sort(lines.begin(), lines.end());
    return lines;
  }
  int32_t Fact(const std::string& node, model::Fact fact, const char* day) {
    return now().FactAt(Node(node), fact, Day(day));
  }
  bool Under(const std::string& node, const std::string& ancestor, const char* day) {
    return graph::IsUnder(now(), Node(node), Node(ancestor), Day(day));
  }

 private:
  std::shared_ptr<Store> store_;
  Version version_;
  int64_t clock_ = 1700000000;
};

// "file:row:column CODE" of every problem.
inline std::vector<std::string> Problems(const ImportReport& report) {
  std::vector<std::string> lines;
  for (const ledgers::Problem& p : report.diagnostics.errors())
    lines.push_back(p.file + ":" + std::to_string(p.row) + ":" + p.column + " " + p.code);
  return lines;
}

}  // namespace jiceng::engine

#endif  // JICENG_TESTS_ENGINE_ORGANIZATION_H_
