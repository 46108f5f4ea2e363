// Writes the people of one place: members with their histories (people.cc), then who holds which post (posts.cc).
#ifndef JICENG_CLI_SYNTH_PLACE_WRITER_H_
#define JICENG_CLI_SYNTH_PLACE_WRITER_H_

#include <algorithm>
#include <string>
#include <vector>

#include "cli/synth/world.h"

namespace jiceng::cli {

class PlaceWriter {
 public:
  PlaceWriter(World* world, const Place& place)
      : world_(*world),
        place_(place),
        facts_(world->facts[place.unit]),
        random_(world->Draw(kPeopleStream, place.unit)) {}

  // `working_share`: how many of 10,000 members of residents' branches are in service.
  void Write(int64_t working_share);

 private:
  struct Member {
    int64_t id;
    bool full, in_service;
    Day joined;
  };

  // people.cc
  void WriteBranch(const Branch& branch, int64_t working_share);
  Member WriteMember(const Branch& branch, bool officer, bool worker, int64_t working_share);
  void WriteAffiliations(const Member& member, const Branch& branch);
  const Branch& OtherBranch();
  void WriteEmployments(const Member& member, const Branch& branch, bool worker);
  void WriteResidences(int64_t person, bool in_service, const Branch& branch);
  void WriteMemberReports(int64_t person, bool in_service, int32_t home, int32_t old_home, Day since, Day leaves);
  void WriteExtras();
  void WriteOrganizationReports();
  int64_t WriteNonMember();
  // A community near the place, by the habits of those who belong to `branch`; -1 where there is none.
  int32_t DrawHome(const Branch& branch);
  int32_t DrawCommunity(int32_t below);
  std::string Doorstep(int32_t community);

  // posts.cc
  void WriteCommittee(const Branch& branch, int32_t first_member);
  void WriteBodyPosts(const Body& body);
  void WriteOrganPosts();
  void WriteCommunityPosts();
  void WriteNeighbourPosts();
  void WriteGridPosts();
  void Post(int64_t person, int32_t org, const char* post, const char* kind, Day from, Day to = kNoDay);
  void GridPost(int64_t person, const std::string& grid, const char* post, Day from, Day to);

  Day Ago(int64_t low, int64_t high) { return kReference - static_cast<Day>(random_.Between(low, high)); }
  Day Ahead(int64_t low, int64_t high) { return kReference + static_cast<Day>(random_.Between(low, high)); }
  // A member of the place by position, wrapping round.
  const Member& At(int64_t position) const { return members_[static_cast<size_t>(position) % members_.size()]; }

  World& world_;
  const Place& place_;
  UnitFacts& facts_;
  Random random_;
  std::vector<Member> members_;
  std::vector<int32_t> first_member_;  // of each branch of the place
  std::vector<int64_t> workers_;       // positions in members_: staff of the community
};

}  // namespace jiceng::cli

#endif  // JICENG_CLI_SYNTH_PLACE_WRITER_H_
