#include "tests/store/store_fixture.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace jiceng::store {
namespace {

std::string Days(base::Validity valid) {
  return "[" + std::to_string(valid.from.days()) + "," + std::to_string(valid.to.days()) + ")";
}

class Recorder final : public RowReader {
 public:
  explicit Recorder(std::ostream* out) : out_(*out) {}
  void OnNode(int64_t seq, const model::NodeRow& row) override {
    out_ << seq << " node " << row.node.bits() << " action " << int{row.action} << " life " << Days(row.life)
         << " precision " << int{row.from_precision} << int{row.to_precision} << " facts";
    for (const int32_t fact : row.facts) out_ << ' ' << fact;
    out_ << '\n';
  }
  void OnFact(int64_t seq, const model::FactRow& row) override {
    out_ << seq << " fact " << row.node.bits() << ' ' << static_cast<int>(row.fact) << ' ' << Days(row.valid) << " = "
         << row.value << '\n';
  }
  void OnTerm(int64_t seq, const model::TermRow& row) override {
    out_ << seq << " term " << row.org.bits() << " no " << row.number << ' ' << row.elected_on.days() << ' '
         << row.years << ' ' << row.ends_on.days() << ' ' << row.extended_to.days() << ' ' << row.withdrawn << '\n';
  }
  void OnAttachment(int64_t seq, const model::AttachmentRow& row) override {
    out_ << seq << " attachment " << static_cast<int>(row.kind) << ' ' << row.node.bits() << ' ' << row.name << ' '
         << Days(row.valid) << " priority " << row.priority << " withdrawn " << row.withdrawn << ' ' << row.content
         << '\n';
  }
  void OnStep(int64_t seq, const model::StepRow& row) override {
    out_ << seq << " step " << row.matter << '/' << row.number << " about " << row.about.bits() << " at "
         << row.day.days() << ':' << row.minute << " by " << row.actor.bits() << ' ' << row.word << " withdrawn "
         << row.withdrawn << ' ' << row.content << '\n';
  }
  void OnTie(int64_t seq, const model::Tie& row, std::string_view attributes) override {
    out_ << seq << " tie " << row.number << " kind " << static_cast<int>(row.kind) << " role " << int{row.role}
         << " manner " << int{row.manner} << ' ' << row.from.bits() << " -> " << row.to.bits() << ' ' << Days(row.valid)
         << " withdrawn " << row.withdrawn << " extra " << row.extra << ' ' << attributes << '\n';
  }
  void OnText(int64_t seq, model::NodeNumber node, model::TextAttribute attribute, base::Validity valid,
              std::string_view value) override {
    out_ << seq << " text " << node.bits() << ' ' << static_cast<int>(attribute) << ' ' << Days(valid) << ' ' << value
         << '\n';
  }

 private:
  std::ostream& out_;
};

}  // namespace

TestFolder::TestFolder() {
  std::string pattern = testing::TempDir() + "/jiceng-store-XXXXXX";
  path_ = mkdtemp(pattern.data());
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> TestFolder::Names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void WriteFile(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

model::NodeNumber Unit(uint32_t ordinal) { return {model::NodeKind::kUnit, ordinal}; }
model::NodeNumber Org(uint32_t ordinal) { return {model::NodeKind::kOrganization, ordinal}; }
model::NodeNumber Person(uint32_t ordinal) { return {model::NodeKind::kPerson, ordinal}; }
base::Date Day(int year, int month, int day) { return *base::Date::FromCivil(year, month, day); }

void AddNode(model::NodeNumber node, std::string_view id, std::string_view name, model::Batch* batch) {
  model::NodeRow row;
  row.node = node;
  batch->nodes.push_back(row);
  batch->identities.push_back({node, id, name});
}

model::Tie MakeTie(uint32_t number, model::TieKind kind, model::NodeNumber from, model::NodeNumber to,
                   base::Date since) {
  model::Tie tie;
  tie.kind = kind;
  tie.number = number;
  tie.from = from;
  tie.to = to;
  tie.valid.from = since;
  return tie;
}

model::CommitHeader HeaderFor(int64_t seq) {
  model::CommitHeader header;
  header.seq = seq;
  header.recorded_at = 1000 * seq;
  header.author = "王书记";
  header.reason = "换届";
  header.basis = "街工委〔2026〕3号";
  header.operation = "apply";
  return header;
}

absl::StatusOr<CommitInfo> AppendNext(Store* store, const model::Batch& batch) {
  absl::StatusOr<Head> head = store->ReadHead();
  if (!head.ok()) return head.status();
  return store->Append(HeaderFor(head->seq + 1), batch, [](int64_t, int64_t) { return true; });
}

void FillWithEverything(Store* store) {
  model::Batch first;
  AddNode(Unit(0), "320102", "玄武区", &first);
  AddNode(Person(0), "1000023522", "李四", &first);
  AddNode(Org(0), "1000001", "第一党支部", &first);
  AddNode(Person(1), "1000023523", "买买提·吐尔逊", &first);
  first.nodes[0].facts = {3, 1200, 3600, model::kNoValue, model::kNoValue};
  first.nodes[1].facts = {2, 1, base::PartialDate{Day(1999, 7, 1), base::PartialDate::kMonth}.Pack(), model::kNoValue,
                          1};
  first.nodes[2].facts = {11, model::kNoValue, static_cast<int32_t>(Unit(0).bits()), model::kNoValue, model::kNoValue};
  first.nodes[2].life.from = Day(2001, 1, 1);
  first.nodes[2].from_precision = base::PartialDate::kYear;
  first.facts.push_back({Person(1), model::Fact::kPartyStatus, {Day(2020, 1, 1), base::Date::Forever()}, 1});
  first.texts.push_back({Unit(0), model::TextAttribute::kCode, {}, "320102000000"});
  first.texts.push_back({Person(0), model::TextAttribute::kStaffNumber, {}, "A-17"});
  first.ties.push_back(MakeTie(0, model::TieKind::kSeat, Org(0), Unit(0), base::Date::Beginning()));
  first.ties.push_back(MakeTie(1, model::TieKind::kAffiliation, Person(0), Org(0), Day(2010, 5, 4)));
  first.ties[1].manner = 1;
  first.ties.push_back(MakeTie(2, model::TieKind::kAppointment, Person(0), Org(0), Day(2021, 12, 9)));
  first.ties[2].role = 4;
  first.ties[2].manner = 1;
  first.ties[2].extra = 0;
  first.extras.push_back(R"({"capacity":"书记","channel":"elected"})");
  ASSERT_TRUE(AppendNext(store, first).ok());

  model::Batch second;
  model::NodeRow lifetime;
  lifetime.node = Org(0);
  lifetime.action = model::NodeRow::kLifetime;
  lifetime.life = {Day(2001, 1, 1), Day(2027, 1, 1)};
  second.nodes.push_back(lifetime);
  AddNode(Person(2), "1000023524", "赵五", &second);
  second.facts.push_back({Person(0), model::Fact::kInService, {Day(2025, 8, 1), base::Date::Forever()}, 0});
  second.facts.push_back({Person(1), model::Fact::kPartyStatus, {Day(2024, 1, 1), Day(2025, 1, 1)}, model::kNoValue});
  second.texts.push_back({Person(0), model::TextAttribute::kName, {Day(2025, 1, 1), base::Date::Forever()}, "李四光"});
  second.texts.push_back(
      {Unit(0), model::TextAttribute::kCode, {Day(2026, 1, 1), base::Date::Forever()}, "320199000000"});
  model::TermRow term;
  term.org = Org(0);
  term.number = 6;
  term.elected_on = Day(2021, 12, 9);
  term.years = 3;
  term.ends_on = Day(2024, 12, 9);
  second.terms.push_back(term);
  model::AttachmentRow pack;
  pack.kind = model::AttachmentKind::kPolicy;
  pack.node = Unit(0);
  pack.name = "xuanwu.reports";
  pack.valid.from = Day(2026, 1, 1);
  pack.priority = -3;
  pack.content = std::string("pack\0bytes", 10);
  second.attachments.push_back(pack);
  pack.node = model::NodeNumber();
  pack.valid.to = Day(2027, 1, 1);
  second.attachments.push_back(pack);
  model::AttachmentRow waiver;
  waiver.kind = model::AttachmentKind::kWaiver;
  waiver.node = Person(0);
  waiver.name = "report.member-unreported";
  waiver.valid.to = Day(2026, 7, 1);
  waiver.content = "住院";
  second.attachments.push_back(waiver);
  second.ties.push_back(MakeTie(1, model::TieKind::kAffiliation, Person(0), Org(0), Day(2010, 5, 4)));
  second.ties[0].manner = 1;
  second.ties[0].valid.to = Day(2026, 3, 1);
  ASSERT_TRUE(AppendNext(store, second).ok());

  model::Batch third;
  model::NodeRow withdrawn;
  withdrawn.node = Person(2);
  withdrawn.action = model::NodeRow::kWithdraw;
  third.nodes.push_back(withdrawn);
  third.texts.push_back({Person(0), model::TextAttribute::kStaffNumber, {}, ""});
  pack.withdrawn = true;
  third.attachments.push_back(pack);
  third.ties.push_back(MakeTie(2, model::TieKind::kAppointment, Person(0), Org(0), Day(2021, 12, 9)));
  third.ties[0].role = 4;
  third.ties[0].withdrawn = true;
  third.ties[0].extra = 0;
  third.extras.push_back(R"({"capacity":"书记"})");
  ASSERT_TRUE(AppendNext(store, third).ok());
}

model::Batch ManyTies(int64_t rows) {
  model::Batch batch;
  for (int64_t i = 0; i < rows; ++i) {
    const auto n = static_cast<uint32_t>(i);
    batch.ties.push_back(
        MakeTie(n, model::TieKind::kResidence, Person(n), Unit(n % 100), Day(2020, 1, 1).AddDays(n % 365)));
  }
  return batch;
}

std::string Dump(Store* store) {
  std::ostringstream out;
  Recorder recorder(&out);
  if (!store->ReadRows(0, INT64_MAX, &recorder).ok()) out << "error in rows\n";
  absl::StatusOr<std::vector<CommitInfo>> commits = store->ReadCommits(0, 1000);
  if (!commits.ok()) return out.str() + "error in commits\n";
  for (const CommitInfo& info : *commits) {
    out << "commit " << info.header.seq << ' ' << info.header.recorded_at << ' ' << info.header.operation << ' '
        << info.header.author << ' ' << info.header.reason << ' ' << info.header.basis << ' ' << info.rows << ' '
        << base::Hex(base::Bytes(info.hash)) << '\n';
  }
  const absl::Status texts = store->ReadAllTexts([&](const StoredText& text) {
    out << "stored " << text.node.bits() << ' ' << static_cast<int>(text.attribute) << ' ' << Days(text.valid) << ' '
        << text.seq << ' ' << text.value << '\n';
  });
  if (!texts.ok()) out << "error in texts\n";
  return out.str();
}

std::string Problems(Store* store) {
  std::string found;
  const absl::Status status = store->Verify(
      [](int64_t, int64_t) { return true; },
      [&](int64_t seq, std::string_view what) { found += std::to_string(seq) + ": " + std::string(what) + "\n"; });
  if (!status.ok()) found += "error: " + std::string(status.message()) + "\n";
  return found;
}

}  // namespace jiceng::store
