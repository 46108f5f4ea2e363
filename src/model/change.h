// Changes: what a host asks for, one after the other, before the engine has looked any node up.
#ifndef JICENG_MODEL_CHANGE_H_
#define JICENG_MODEL_CHANGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "model/node.h"
#include "model/tie.h"

namespace jiceng::model {

// All texts are owned.  A node is named by its text form ("org:1000001"), whose id or code in force the engine
// resolves; kinds of organisation and roles by their ids in the catalogue.  What can be judged without a store and a
// catalogue has been: the texts are well formed, kinds known, intervals not empty.  Whether the nodes exist and the
// laws hold is the engine's to say.

// A value for one rule fact.  Which member speaks depends on the fact (HoldsWord, HoldsNode).
struct FactValue {
  Fact fact{};
  int32_t number = kNoValue;  // a level, a count, a flag, a status, a sex, or a packed base::PartialDate; kNoValue when
                              // `text` speaks
  std::string text;           // of kOrgKind the kind's id; of kUnitParent, kOrgParent and kOrgSeat a node in text form
};
constexpr bool HoldsWord(NodeKind kind, Fact fact) { return kind == NodeKind::kOrganization && fact == Fact::kOrgKind; }
constexpr bool HoldsNode(NodeKind kind, Fact fact) {
  return (kind == NodeKind::kUnit && fact == Fact::kUnitParent) ||
         (kind == NodeKind::kOrganization && (fact == Fact::kOrgParent || fact == Fact::kOrgSeat));
}

struct TextValue {
  TextAttribute attribute{};  // never kId or kCitizenIdHash
  std::string value;
};

// A tie's identity before its nodes are looked up.
struct TieName {
  TieKind kind = TieKind::kNone;
  std::string from, to;  // nodes
  std::string role;      // of the kinds with a role; "" for the others
  base::Date since = base::Date::Beginning();
};

// A node that is not there yet, its facts and codes holding from before everything; one that is there gets this
// lifetime, and what else is given replaces what was believed of all days.
struct PutNode {
  std::string node;
  std::string name;  // "": not given
  base::Validity life;
  uint8_t from_precision = 0, to_precision = 0;  // base::PartialDate::Precision
  std::vector<FactValue> facts;                  // each fact at most once
  std::vector<TextValue> codes;                  // each attribute at most once; never kName
};

struct AmendFact {
  std::string node;
  base::Validity valid;
  FactValue value;
  bool take_away = false;  // nothing is believed of these days any more; the value is not looked at
};

struct SetText {
  std::string node;
  base::Validity valid;
  TextValue value;  // an empty one takes the text away on these days
};

struct OpenTie {
  TieName tie;
  base::Date to = base::Date::Forever();
  uint8_t manner = 0;      // of the kinds with a manner; 0: not given
  std::string attributes;  // a JSON object in canonical form, or ""
};

// What the tie has beside its identity becomes exactly this.
struct AmendTie {
  TieName tie;
  base::Date to = base::Date::Forever();
  uint8_t manner = 0;
  std::string attributes;
};

struct CloseTie {
  TieName tie;
  base::Date to;  // finite: the first day on which it no longer holds
};

// The tie was written down wrongly in its identity: it is withdrawn and the other opened.
struct CorrectTie {
  TieName tie;
  OpenTie instead;
};

// The tie never held.
struct WithdrawTie {
  TieName tie;
};

// A term of an elected body, or another version of it; ends of the calendar stand for "not given".
struct PutTerm {
  std::string org;
  int32_t number = 0;  // > 0
  base::Date elected_on = base::Date::Beginning();
  int32_t years = 0;                           // 0: not given
  base::Date ends_on = base::Date::Forever();  // the last day
  base::Date extended_to = base::Date::Forever();
};

// The node has another name from `on`, as long as the one in force then would have run.
struct Rename {
  std::string node, name;
  base::Date on;  // finite, likewise below
};

// The node has another code from `on`; its id stays what it is.
struct Recode {
  std::string node;
  TextValue code;  // kCode, kUscc or kPartyCode
  base::Date on;
};

// The node's tie of that kind ends on `on` and another to `to` begins.
struct Move {
  std::string node;
  TieKind kind =
      TieKind::kNone;  // without a role: territory, party_line, admin_line, guidance, supervision, dispatch, seat
  std::string leaves;  // the node it is tied to until then; "": there is exactly one
  std::string to;
  base::Date on;
};

// The pack begins to hold in the unit and below; `content` is the pack as bytes.
struct AttachPolicy {
  std::string unit;  // "": the root of all units
  std::string pack;  // its id
  std::string content;
  base::Validity valid;
  std::optional<int32_t> priority;  // none: the pack's own
};

struct DetachPolicy {
  std::string unit, pack;
  base::Date on = base::Date::Beginning();  // Beginning(): it never held
  std::optional<base::Date> from;           // of the attachment, where there are several
};

struct Waive {
  std::string node, rule;
  base::Validity valid;  // `to` is finite
  std::string content;   // reason and basis as bytes
};

struct EndWaiver {
  std::string node, rule;
  base::Date on = base::Date::Beginning();  // Beginning(): it never counted
  std::optional<base::Date> from;
};

// What is told with a step: fields of its template and their values as text.
using Told = std::vector<std::pair<std::string, std::string>>;

// A matter is opened.
struct OpenMatter {
  std::string procedure;  // the template's id, in its latest edition
  std::string id;         // the host's, of the form of a node's
  Told subjects;          // the template's parts and the nodes that play them
  base::Date day;
  int32_t minute = 0;
  std::string actor;  // a node; "": nobody named
  Told evidence;
};

// A step is taken in a matter.
struct TakeStep {
  std::string matter;  // its id
  std::string transition;
  base::Date day;
  int32_t minute = 0;
  std::string actor;
  Told evidence;
};

using Change = std::variant<PutNode, AmendFact, SetText, OpenTie, AmendTie, CloseTie, CorrectTie, WithdrawTie, PutTerm,
                            Rename, Recode, Move, AttachPolicy, DetachPolicy, Waive, EndWaiver, OpenMatter, TakeStep>;

// The word for the change in field paths and documents, as in `changes[3].open_tie.to_node`.
inline const char* ChangeName(const Change& change) {
  static constexpr const char* kNames[] = {"put_node",   "amend_fact",  "set_text",      "open_tie",      "amend_tie",
                                           "close_tie",  "correct_tie", "withdraw_tie",  "put_term",      "rename",
                                           "recode",     "move",        "attach_policy", "detach_policy", "waive",
                                           "end_waiver", "open_matter", "take_step"};
  static_assert(sizeof(kNames) / sizeof(kNames[0]) == std::variant_size_v<Change>);
  return kNames[change.index()];
}

}  // namespace jiceng::model

#endif  // JICENG_MODEL_CHANGE_H_
