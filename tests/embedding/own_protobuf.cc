// A host with the full protobuf and generated code of its own, of our schemas, and of schemas with the very names our private copies have:
// it makes the change set, the library applies it, and both keep what is theirs.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <sstream>
#include <string>

#include "host.h"
#include "host.pb.h"
#include "jiceng/v1/change.pb.h"
#include "jiceng_private/v1/change.pb.h"

namespace {

void Check(bool holds, const char* what) {
  if (!holds) fail(what);
}

host::v1::Request FourthMember() {
  host::v1::Request request;
  request.set_number("2026-7");
  jiceng::v1::Node* person = request.add_changes()->mutable_put_node();
  person->set_node("person:p4");
  person->set_name("赵四");
  person->add_facts()->set_party_status(jiceng::v1::PARTY_STATUS_FULL);
  person->add_facts()->set_in_service(false);
  jiceng::v1::Tie* tie = request.add_changes()->mutable_open_tie();
  tie->set_kind(jiceng::v1::TIE_KIND_AFFILIATION);
  tie->set_from_node("person:p4");
  tie->set_to_node("org:1001");
  tie->mutable_from()->set_year(2016);
  tie->mutable_from()->set_month(1);
  tie->mutable_from()->set_day(1);
  tie->set_manner(jiceng::v1::TIE_MANNER_FORMAL);
  return request;
}

// The host's own names are the host's: descriptors, texts, bytes, and the classes called as ours are inside.
void CheckOwn(const host::v1::Request& request) {
  const google::protobuf::DescriptorPool* pool = google::protobuf::DescriptorPool::generated_pool();
  Check(pool->FindMessageTypeByName("jiceng.v1.Change") == jiceng::v1::Change::descriptor(), "jiceng.v1 is not ours");
  Check(pool->FindMessageTypeByName("jiceng_private.v1.Change") == jiceng_private::v1::Change::descriptor(),
        "jiceng_private.v1 is not ours");
  std::string text;
  host::v1::Request again;
  Check(google::protobuf::TextFormat::PrintToString(request, &text) &&
            google::protobuf::TextFormat::ParseFromString(text, &again) &&
            again.SerializeAsString() == request.SerializeAsString(),
        "the request does not survive its text");
  jiceng_private::v1::Change same;
  Check(same.ParseFromString(request.changes(0).SerializeAsString()) && same.put_node().name() == "赵四" &&
            same.SerializeAsString() == request.changes(0).SerializeAsString(),
        "a class of the host's that is called as one of the library's");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const library l = LIBRARY_LINKED;
  const host::v1::Request request = FourthMember();
  CheckOwn(request);
  std::ostringstream stream;
  for (const jiceng::v1::Change& change : request.changes()) {
    Check(google::protobuf::util::SerializeDelimitedToOstream(change, &stream), "no bytes");
  }
  const std::string changes = stream.str();
  work(&l, "a.jiceng", argv[2], changes.data(), changes.size());
  CheckOwn(request);
#ifdef LIBRARY_HAS_ITS_OWN
  // What the host has done with is not what the library works with.
  google::protobuf::ShutdownProtobufLibrary();
  work(&l, "b.jiceng", argv[2], changes.data(), changes.size());
#endif
  return 0;
}
