// Every input cut short at every byte and with bytes flipped goes through the fuzz target, which demands that what
// comes out keeps the headers' promises.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

#include "tests/ledgers/fixtures.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace jiceng::ledgers {
namespace {

void Feed(int which, const std::string& text) {
  std::string input(1, static_cast<char>(which));
  input += text;
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(input.data()), input.size());
}

// A row that fills every column of a ledger, quoted cells among them.
std::string Sample(Ledger ledger) {
  switch (ledger) {
    case Ledger::kUnits:
      return "code,name,level,parent_code,households,population,id,from,to\n320102,\"玄武,\"\"区\",district,3201,1,2,"
             "u1,2000-01-01,2030-01-01\n";
    case Ledger::kOrgs:
      return "org_id,name,kind,parent_id,unit_code,founded,dissolved\r\n1,一支部,party_branch,2,320102,1998-07,2030-01-"
             "01\r\n";
    case Ledger::kPeople:
      return "\xEF\xBB\xBFperson_id,name,party_status,joined_on,in_service,full_on,status_from,sex\n1,买买提·艾力,full,"
             "1998,1,1999-01-01,,女\n";
    case Ledger::kAffiliations:
      return "person_id,branch_id,kind,from,to\n1,2,formal,2020-01-01,\n";
    case Ledger::kEmployments:
      return "person_id,employer_id,from,to\n1,\"2\",2020-01-01,2021-01-01\n";
    case Ledger::kResidences:
      return "person_id,unit_code,from,to\n1,３２０１０２,2020-01-01,\n";
    case Ledger::kAppointments:
      return "person_id,org_id,unit_code,post,kind,from,to\n1,2,,secretary,elected,2020-01-01,\n";
    case Ledger::kReports:
      return "subject_id,community_code,reported_on,ended_on\nperson:1,320102001001,2020-01-01,\n";
    case Ledger::kTerms:
      return "org_id,term_no,elected_on,years,ends_on,extended_to\n1,3,2020-01-01,5,2025-01-01,\n";
    case Ledger::kTies:
      return "kind,from_node,to_node,from,to,attributes\ngrid_mapping,unit:1,unit:2,,,\"{\"\"share\"\":[50,{\"\"x\"\":"
             "null}]}\"\n";
    case Ledger::kHistory:
      return "node,attribute,value,from,to\norg:1,name,旧名,2000-01-01,2001-01-01\n";
    case Ledger::kMatters:
      return "matter_id,procedure,version,opened,actor,党员\nR-1,report.member,1,2026-03-02 09:00,person:1,1\n";
    case Ledger::kMatterSteps:
      return "matter_id,step_no,at,step,actor,hours,备注\nR-1,1,2026-03-02,serve,1,3,\"甲,乙\"\n";
  }
  return "";
}

const char kRegister[] =
    "花名册\n姓名,身份证号(18位),人员类别,所在党支部,入党时间\n王　伟,11010519491231002X,正式党员,一支部,"
    "1975年7月1日\n";

class Damage : public ::testing::TestWithParam<int> {
 protected:
  std::string Text() const {
    const int which = GetParam();
    if (which < kLedgers) return Sample(static_cast<Ledger>(which));
    return which == kLedgers ? kRegister : Sample(Ledger::kUnits);
  }
};

TEST(DamageSamples, AreReadWhileWhole) {
  for (int i = 0; i < kLedgers; ++i) {
    const Outcome o = ReadText(static_cast<Ledger>(i), Sample(static_cast<Ledger>(i)));
    EXPECT_TRUE(o.status.ok()) << o.status;
    EXPECT_EQ(o.rows.size(), 1u);
    EXPECT_TRUE(o.Errors().empty()) << o.FirstMessage();
  }
  EXPECT_EQ(ReadRegisterText(FrozenRegisters()[0], kRegister).rows.size(), 1u);
}

TEST_P(Damage, CutShortAtEveryByte) {
  const std::string text = Text();
  for (size_t size = 0; size <= text.size(); ++size) Feed(GetParam(), text.substr(0, size));
}

TEST_P(Damage, EveryByteMadeEverythingThatMatters) {
  const std::string text = Text();
  for (size_t i = 0; i < text.size(); ++i) {
    for (const char c : {'\0', '"', ',', '\n', '\r', ' ', '9', '-', '\x7F', '\x80', '\xC2', '\xE4', '\xFF'}) {
      std::string damaged = text;
      damaged[i] = c;
      Feed(GetParam(), damaged);
    }
  }
}

TEST_P(Damage, BytesFlippedLostAndRepeatedAtRandom) {
  std::mt19937 random(20260103u + static_cast<unsigned>(GetParam()));
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = Text();
    for (unsigned n = 1 + random() % 8; n > 0 && !damaged.empty(); --n) {
      const size_t at = random() % damaged.size();
      switch (random() % 4) {
        case 0:
          damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
          break;
        case 1:
          damaged.erase(at, 1 + random() % 5);
          break;
        case 2:
          damaged.insert(at, damaged.substr(random() % damaged.size(), random() % 20));
          break;
        default:
          damaged[at] = static_cast<char>(random());
      }
    }
    Feed(GetParam(), damaged);
  }
}

INSTANTIATE_TEST_SUITE_P(AllInputs, Damage, ::testing::Range(0, kLedgers + 2));

}  // namespace
}  // namespace jiceng::ledgers
