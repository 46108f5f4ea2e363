#include "tests/capi/organization.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace jiceng_test {

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "jiceng-capi-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void Folder::Write(const std::string& name, const std::string& content) const {
  std::ofstream(Sub(name), std::ios::binary) << content;
}

std::vector<std::string> FilesWith(const std::string& folder, const std::string& text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    if (content.str().find(text) != std::string::npos) found.push_back(entry.path().filename().string());
  }
  return found;
}

void WriteLedgers(const Folder& folder) {
  folder.Write("units.csv",
               "code,name,level,parent_code,households,population\n"
               "320102,玄武区,district,,,\n"
               "320102002,梅园街道,street,320102,,\n"
               "320102002001,梅园社区,community,320102002,1200,3000\n"
               "320102002002,兰园社区,community,320102002,,\n"
               "32010200200101,第一网格,grid,320102002001,,\n"
               "32010200200102,第二网格,grid,320102002001,,\n");
  folder.Write("orgs.csv",
               "org_id,name,kind,parent_id,unit_code,founded,dissolved\n"
               "1000,梅园社区党委,party_committee,,320102002001,2010-01-01,\n"
               "1001,第一党支部,party_branch,1000,320102002001,2015-03-01,\n"
               "2000,梅园社区居委会,residents_committee,1000,320102002001,2010-01-01,\n"
               "3000,兰园公司,employer,,320102002002,2005-01-01,\n");
  folder.Write("people.csv",
               "person_id,name,party_status,joined_on,in_service\n"
               "p1,张一,full,2001-07-01,1\n"
               "p2,李二,full,1999-07-01,0\n"
               "p3,王三,probationary,2025-12-01,1\n"
               "p4,赵四,none,,0\n");
  folder.Write("affiliations.csv",
               "person_id,branch_id,kind,from,to\n"
               "p1,1001,formal,2016-01-01,\n"
               "p2,1001,formal,2016-01-01,\n"
               "p3,1001,formal,2025-12-01,\n");
  folder.Write("employments.csv", "person_id,employer_id,from,to\np1,3000,2010-01-01,\n");
  folder.Write("residences.csv",
               "person_id,unit_code,from,to\n"
               "p1,320102002001,2012-01-01,\n"
               "p2,320102002002,2012-01-01,\n"
               "p3,320102002001,2020-01-01,\n");
  folder.Write("appointments.csv",
               "person_id,org_id,unit_code,post,kind,from,to\n"
               "p2,1001,,secretary,elected,2021-05-01,\n"
               "p2,2000,,director,elected,2021-05-01,\n"
               "p4,,32010200200101,grid_head,appointed,2024-01-01,\n");
  folder.Write("reports.csv", "subject_id,community_code,reported_on,ended_on\np3,320102002001,2026-01-10,\n");
}

Store Open(const std::string& url, uint32_t flags) {
  jiceng_open_options options = JICENG_OPEN_OPTIONS_INIT;
  options.flags = flags;
  options.seed = 7;
  jiceng_store* store = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_store_open(url.data(), url.size(), &options, &store, error); });
  EXPECT_EQ(outcome.status, JICENG_OK) << outcome.reason << ": " << outcome.message;
  return Store(store);
}

Writer OpenWriter(jiceng_store* store, int64_t recorded_at, int64_t expected_seq) {
  jiceng_writer_options options = JICENG_WRITER_OPTIONS_INIT;
  options.recorded_at = recorded_at;
  options.expected_seq = expected_seq;
  options.author = "tests";
  options.reason = "月报";
  jiceng_writer* writer = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_writer_open(store, nullptr, &options, &writer, error); });
  EXPECT_EQ(outcome.status, JICENG_OK) << outcome.reason << ": " << outcome.message;
  return Writer(writer);
}

Report Import(jiceng_store* store, const std::string& path, uint32_t flags, int64_t recorded_at) {
  const Writer writer = OpenWriter(store, recorded_at);
  jiceng_import_options options = JICENG_IMPORT_OPTIONS_INIT;
  options.flags = flags;
  const char* paths[] = {path.c_str()};
  jiceng_import_report* report = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_writer_import(writer.get(), paths, 1, &options, &report, error); });
  EXPECT_EQ(outcome.status, JICENG_OK) << outcome.reason << ": " << outcome.message;
  return Report(report);
}

Snapshot OpenSnapshot(jiceng_store* store, const jiceng_actor* actor, int64_t seq) {
  jiceng_snapshot* snapshot = nullptr;
  const Outcome outcome =
      Try([&](jiceng_error** error) { return jiceng_snapshot_open(store, actor, seq, &snapshot, error); });
  EXPECT_EQ(outcome.status, JICENG_OK) << outcome.reason << ": " << outcome.message;
  return Snapshot(snapshot);
}

Actor MakeActor(const std::string& scope) {
  jiceng_actor* actor = nullptr;
  const Outcome outcome = Try([&](jiceng_error** error) {
    return jiceng_actor_create("clerk", JICENG_NUL, scope.data(), scope.size(), &actor, error);
  });
  EXPECT_EQ(outcome.status, JICENG_OK) << outcome.reason << ": " << outcome.message;
  return Actor(actor);
}

Store MakeOrganization(const std::string& url) {
  Store store = Open(url);
  const Folder folder;
  WriteLedgers(folder);
  const Report report = Import(store.get(), folder.path());
  EXPECT_EQ(jiceng_import_report_outcome(report.get()), JICENG_IMPORT_DONE);
  EXPECT_EQ(jiceng_import_report_rejected(report.get()), 0);
  for (const std::string& row : Print(jiceng_import_report_problems(report.get()))) {
    if (row != "file|row|column|cell|code|message") ADD_FAILURE() << row;
  }
  return store;
}

Rows Print(const jiceng_table* table) {
  Rows rows;
  const int32_t columns = jiceng_table_columns(table);
  std::string names;
  for (int32_t c = 0; c < columns; ++c) names += std::string(c == 0 ? "" : "|") + jiceng_table_column_name(table, c);
  rows.push_back(names);
  for (int64_t r = 0; r < jiceng_table_rows(table); ++r) {
    std::string row;
    for (int32_t c = 0; c < columns; ++c) {
      if (c > 0) row += "|";
      if (jiceng_table_is_null(table, r, c) != 0) {
        row += "-";
        continue;
      }
      switch (jiceng_table_column_type(table, c)) {
        case JICENG_COLUMN_TEXT:
          row += jiceng_table_text(table, r, c, nullptr);
          break;
        case JICENG_COLUMN_TEXT_LIST:
          for (size_t i = 0; i < jiceng_table_list_size(table, r, c); ++i) {
            if (i > 0) row += ";";
            row += jiceng_table_list_text(table, r, c, i, nullptr);
          }
          break;
        default:
          row += std::to_string(jiceng_table_int64(table, r, c));
      }
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace jiceng_test
