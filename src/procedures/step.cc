// Whether a step may be taken, and what it changes.
#include <algorithm>

#include "base/strings.h"
#include "procedures/reading.h"

namespace jiceng::procedures {
namespace {

using base::Date;
using base::StrCat;
using model::NodeKind;
using model::NodeNumber;
using model::Tie;

bool HasRole(const std::vector<model::RoleNumber>& roles, const Tie& tie) {
  return roles.empty() || std::find(roles.begin(), roles.end(), tie.role) != roles.end();
}

// The open ties of the kind between the two, with one of the roles; nullopt stands for any node, no node has none.
std::vector<Tie> OpenTies(const Surroundings& s, model::TieKind kind, NodeNumber from, std::optional<NodeNumber> to,
                          const std::vector<model::RoleNumber>& roles, Date day) {
  std::vector<Tie> found;
  if (!from || (to.has_value() && !*to)) return found;
  if (to.has_value() && model::LawOf(kind).shape == model::TieLaw::kSymmetric && *to < from) std::swap(from, *to);
  const absl::Span<const TieChange> pending =
      s.pending == nullptr ? absl::Span<const TieChange>() : s.pending->From(kind, from);
  const auto fits = [&](const Tie& tie) { return (!to.has_value() || tie.to == *to) && HasRole(roles, tie); };
  s.graph.ForEachOpenFrom(kind, from, day, [&](const Tie& tie) {
    const bool changes = std::any_of(pending.begin(), pending.end(),
                                     [&](const TieChange& change) { return change.tie.key() == tie.key(); });
    if (!changes && fits(tie)) found.push_back(tie);
  });
  for (const TieChange& change : pending) {
    if (!change.withdraw && change.tie.valid.Holds(day) && fits(change.tie)) found.push_back(change.tie);
  }
  return found;
}

// The text with what `said` says of each name in braces.
template <typename Said>
std::string Filled(const std::string& text, Said said) {
  std::string filled;
  size_t from = 0;
  for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', from)) {
    const size_t close = text.find('}', open);
    if (close == std::string::npos) break;
    absl::StrAppend(&filled, text.substr(from, open - from), said(text.substr(open + 1, close - open - 1)));
    from = close + 1;
  }
  return filled + text.substr(from);
}

// One step, or an opening, being judged.
class Judge {
 public:
  Judge(const Procedure& procedure, const Step& step, std::vector<NodeNumber> subjects, const View* view,
        const Surroundings& s)
      : p_(procedure), step_(step), read_(procedure, step, std::move(subjects), view, s), view_(view), s_(s) {}

  std::vector<Refusal>& refusals() { return refusals_; }

  void Refuse(const char* code, std::string_view place, std::string zh, std::string en) {
    refusals_.push_back({code, std::string(place), {std::move(zh), std::move(en)}});
  }

  // What has to be told was, and nothing else.
  void CheckFields(const std::vector<Field>& fields) {
    for (const Field& field : fields) {
      if (!field.optional && Find(step_.evidence, field.id) == nullptr)
        Refuse("MISSING_FIELD", field.id, StrCat("缺少“", field.title.zh, "”(", field.id, ")"),
               StrCat("'", field.title.en, "' (", field.id, ") is missing"));
    }
    for (const auto& [id, value] : step_.evidence) {
      const auto known =
          std::find_if(fields.begin(), fields.end(), [&, &name = id](const Field& f) { return f.id == name; });
      if (known == fields.end() || known->type != value.type) {
        Refuse("BAD_FIELD", id, StrCat("这一步不填“", id, "”"), StrCat("the step does not take '", id, "'"));
      } else if (value.type == FieldType::kMatter) {
        CheckMatter(*known, static_cast<uint32_t>(value.number));
      }
    }
  }

  void CheckMatter(const Field& field, uint32_t matter) {
    if (s_.matters != nullptr && s_.matters->At(matter, step_.at).has_value()) return;
    const std::string id = s_.matters == nullptr ? std::string("?") : s_.matters->IdOf(matter);
    Refuse("BAD_FIELD", field.id, StrCat("“", field.title.zh, "”：", MomentText(step_.at), " 时尚无事项 ", id),
           StrCat("'", field.title.en, "': there was no matter ", id, " yet at ", MomentText(step_.at)));
  }

  void CheckSubject(const Subject& subject, NodeNumber node) {
    if (!node) {
      if (!subject.optional)
        Refuse("WRONG_SUBJECT", subject.id, StrCat("没有指明“", subject.title.zh, "”(", subject.id, ")"),
               StrCat("'", subject.title.en, "' (", subject.id, ") is not given"));
      return;
    }
    const Date day = step_.at.day;
    bool fits = s_.graph.In(node) && !s_.graph.Withdrawn(node) && node.kind() == subject.kind;
    const auto among = [&](const std::vector<int32_t>& numbers, model::Fact fact) {
      return numbers.empty() ||
             std::find(numbers.begin(), numbers.end(), s_.graph.FactAt(node, fact, day)) != numbers.end();
    };
    fits = fits && (node.kind() == NodeKind::kPerson || s_.graph.Exists(node, day));
    fits =
        fits && among(subject.kind_numbers, model::Fact::kOrgKind) && among(subject.level_numbers, model::Fact::kLevel);
    if (fits) return;
    const std::string text = s_.graph.In(node) ? s_.graph.Text(node) : std::string("?");
    Refuse("WRONG_SUBJECT", subject.id, StrCat(text, " 当日不能作为“", subject.title.zh, "”"),
           StrCat(text, " cannot be '", subject.title.en, "' on that day"));
  }

  void CheckActor(const std::vector<Actor>& actors) {
    std::string zh, en;
    for (const Actor& actor : actors) {
      if (actor.part < 0) return;
      const NodeNumber node = read_.subjects()[static_cast<size_t>(actor.part)];
      const Subject& subject = p_.subjects[static_cast<size_t>(actor.part)];
      if (actor.roles.empty()) {
        if (node && step_.actor == node) return;
      } else if (step_.actor.kind() == NodeKind::kPerson &&
                 !OpenTies(s_, model::TieKind::kAppointment, step_.actor, node, actor.role_numbers, step_.at.day)
                      .empty()) {
        return;
      }
      absl::StrAppend(&zh, zh.empty() ? "" : "、", subject.title.zh);
      absl::StrAppend(&en, en.empty() ? "" : ", ", subject.title.en);
      std::string roles_zh, roles_en;
      for (const model::RoleNumber number : actor.role_numbers) {
        const model::Role* role = s_.catalogue.FindRole(int32_t{number});
        absl::StrAppend(&roles_zh, roles_zh.empty() ? "的" : "或", role->title_zh);
        absl::StrAppend(&roles_en, roles_en.empty() ? "" : " or ", role->title_en);
      }
      absl::StrAppend(&zh, roles_zh);
      if (!roles_en.empty()) absl::StrAppend(&en, " (", roles_en, ")");
    }
    const std::string who = step_.actor && s_.graph.In(step_.actor) ? s_.graph.Text(step_.actor) : std::string();
    Refuse("WRONG_ACTOR", who,
           StrCat(who.empty() ? "没有写明由谁办理" : StrCat(who, " 当日无权办理"), "；应由", zh, "办理"),
           StrCat(who.empty() ? std::string("nobody is named") : StrCat(who, " may not act on that day"),
                  "; may act: ", en));
  }

  void CheckGuard(const Guard& guard) {
    found_ = {};
    if (guard.when.has_value() && !Holds(*guard.when)) return;
    found_ = {};
    const bool holds = std::visit([this](const auto& test) { return Holds(test); }, guard.test);
    if (holds) return;
    const auto said = [this](auto in) {
      return [this, in](const std::string& name) -> std::string {
        if (name == "value") return found_.value.*in;
        if (name == "figure") return found_.figure;
        return (name == "of" ? found_.of : read_.TextOf(name)).*in;
      };
    };
    refusals_.push_back(
        {"GUARD", guard.id, {Filled(guard.refusal.zh, said(&Text::zh)), Filled(guard.refusal.en, said(&Text::en))}});
  }

 private:
  int64_t Sum(const std::vector<std::string>& fields, bool ever = false) {
    int64_t sum = 0;
    for (const std::string& field : fields) sum += read_.NumberOf(field, ever);
    return sum;
  }
  // None: a parameter that has no figure here, so that nothing is asked for.
  std::optional<int64_t> Asked(const Amount& amount) {
    if (!amount.parameter.empty()) return FigureOf(p_, step_, amount.parameter);
    return amount.field.empty() ? amount.number : read_.NumberOf(amount.field);
  }
  // Of another matter there may be nothing to be told, and of nothing no figure holds.
  bool Known(const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(), [this](const std::string& word) {
      return word.find('.') == std::string::npos || read_.ValueOf(word).has_value();
    });
  }
  static Text Both(const std::string& text) { return {text, text}; }
  static Text Both(int64_t number) { return Both(StrCat(number)); }

  bool Holds(std::monostate) { return false; }
  bool Holds(const Share& share) {
    const int64_t part = Sum(share.part), whole = Sum(share.whole);
    int64_t numerator = share.numerator, denominator = share.denominator;
    if (share.percent.has_value()) {
      const std::optional<int64_t> percent = Asked(*share.percent);
      if (!percent.has_value()) return true;
      numerator = *percent;
      denominator = 100;
    }
    found_ = {Both(part), share.percent.has_value() ? StrCat(numerator, "%") : StrCat(numerator, "/", denominator),
              Both(whole)};
    if (whole <= 0 || !Known(share.part) || !Known(share.whole)) return false;
    return rules::Satisfies(part * denominator, share.comparator, whole * numerator);
  }
  bool Holds(const Count& count) {
    const int64_t value = Sum(count.fields, count.ever);
    const std::optional<int64_t> figure = Asked(count.amount);
    if (!figure.has_value()) return true;
    found_ = {Both(value), StrCat(*figure), {}};
    return Known(count.fields) && Known({count.amount.field}) && rules::Satisfies(value, count.comparator, *figure);
  }
  bool Holds(const Interval& interval) {
    const std::optional<int64_t> least = Asked(interval.at_least);
    if (!least.has_value()) return true;
    Moment since = kNever;
    if (view_ != nullptr) {
      since = interval.since == kOpening ? view_->opened() : view_->last_time(p_.FindTransition(interval.since));
    }
    Date until = step_.at.day;
    if (!interval.until_field.empty()) {
      const std::optional<Value> day = read_.ValueOf(interval.until_field);
      if (!day.has_value()) return false;
      until = Date::FromDays(static_cast<int32_t>(day->number));
    }
    found_ = {{}, StrCat(*least), {}};
    if (since == kNever || until < since.day) return false;
    int64_t between = int64_t{until.days()} - since.day.days();
    if (interval.working_days) {  // those after the day itself, up to and with the other
      const absl::StatusOr<int> days = s_.calendar.CountWorkingDays(since.day.AddDays(1), until.AddDays(1));
      if (!days.ok()) return false;
      between = *days;
    }
    found_.value = Both(between);
    return between >= *least;
  }
  bool Holds(const TieTest& test) {
    const NodeNumber from = read_.NodeOf(test.from);
    const auto to = test.to.empty() ? std::nullopt : std::optional(read_.NodeOf(test.to));
    found_ = {Both(NodeText(from)), "", Both(NodeText(to.value_or(NodeNumber())))};
    return OpenTies(s_, test.kind, from, to, test.role_numbers, step_.at.day).empty() == test.absent;
  }
  bool Holds(const Same& same) {
    const NodeNumber one = read_.NodeOf(same.one), other = read_.NodeOf(same.other);
    found_ = {Both(NodeText(one)), "", Both(NodeText(other))};
    return one && one == other;
  }
  bool Holds(const Times& times) {
    const int64_t taken = view_ == nullptr ? 0 : view_->times(p_.FindTransition(times.transition));
    const std::optional<int64_t> figure = Asked(times.amount);
    if (!figure.has_value()) return true;
    found_ = {Both(taken), StrCat(*figure), {}};
    return rules::Satisfies(taken, times.comparator, *figure);
  }
  bool Holds(const OneOf& one_of) {
    const std::optional<std::string> word = read_.ChoiceOf(one_of.field);
    if (!word.has_value()) return false;
    found_.value = read_.TextOf(one_of.field);
    return std::find(one_of.words.begin(), one_of.words.end(), *word) != one_of.words.end();
  }
  bool Holds(const Told& told) {
    const auto is_told = [this](const std::string& field) { return read_.Told(field); };
    const int64_t known = std::count_if(told.fields.begin(), told.fields.end(), is_told);
    const std::optional<int64_t> least = Asked(told.at_least);
    if (!least.has_value()) return true;
    found_ = {Both(known), StrCat(*least), {}};
    return known >= *least;
  }

  std::string NodeText(NodeNumber node) const { return node && s_.graph.In(node) ? s_.graph.Text(node) : ""; }

  const Procedure& p_;
  const Step& step_;
  Reading read_;
  const View* view_;
  const Surroundings& s_;
  std::vector<Refusal> refusals_;
  struct {
    Text value;
    std::string figure;
    Text of;
  } found_;
};

}  // namespace

void TieChanges::Put(const TieChange& change) {
  std::vector<TieChange>& known = changes_[{change.tie.kind, change.tie.from}];
  for (TieChange& other : known) {
    if (!(other.tie.key() == change.tie.key())) continue;
    other = change;
    return;
  }
  known.push_back(change);
}

absl::Span<const TieChange> TieChanges::From(model::TieKind kind, NodeNumber from) const {
  const auto found = changes_.find({kind, from});
  return found == changes_.end() ? absl::Span<const TieChange>() : found->second;
}

std::vector<Refusal> JudgeOpening(const Procedure& procedure, const std::vector<NodeNumber>& subjects,
                                  const Step& opening, const Surroundings& surroundings) {
  Judge judge(procedure, opening, subjects, nullptr, surroundings);
  for (size_t i = 0; i < subjects.size(); ++i) judge.CheckSubject(procedure.subjects[i], subjects[i]);
  judge.CheckFields(procedure.opening);
  if (judge.refusals().empty()) judge.CheckActor(procedure.openers);
  return std::move(judge.refusals());
}

std::vector<Refusal> JudgeStep(const View& view, const Step& step, const Surroundings& surroundings) {
  const Procedure& p = view.procedure();
  Judge judge(p, step, view.subjects(), &view, surroundings);
  const State& state = p.states[static_cast<size_t>(view.state())];
  const int index = p.FindTransition(step.transition);
  if (index < 0) {
    judge.Refuse("UNKNOWN_STEP", step.transition, StrCat("“", p.title.zh, "”没有“", step.transition, "”这一步"),
                 StrCat("'", p.title.en, "' has no step '", step.transition, "'"));
    return std::move(judge.refusals());
  }
  const Transition& transition = p.transitions[static_cast<size_t>(index)];
  if (step.at < view.last()) {
    judge.Refuse("BEFORE_LAST_STEP", "", StrCat("早于上一步的时间 ", MomentText(view.last())),
                 StrCat("it lies before the last step, at ", MomentText(view.last())));
  }
  if (view.over()) {
    judge.Refuse("MATTER_OVER", state.id, StrCat("事项已经结束：", state.title.zh),
                 StrCat("the matter is over: ", state.title.en));
  } else if (!transition.LeadsFrom(view.state())) {
    std::string zh, en;
    for (const Transition& t : p.transitions) {
      if (!t.LeadsFrom(view.state())) continue;
      absl::StrAppend(&zh, zh.empty() ? "" : "、", t.title.zh, "(", t.id, ")");
      absl::StrAppend(&en, en.empty() ? "" : ", ", t.id);
    }
    judge.Refuse("WRONG_STATE", state.id, StrCat("“", state.title.zh, "”时不能“", transition.title.zh, "”；可以：", zh),
                 StrCat("'", transition.id, "' is not possible while '", state.id, "'; possible: ", en));
  }
  if (!judge.refusals().empty()) return std::move(judge.refusals());
  judge.CheckFields(transition.evidence);
  judge.CheckActor(transition.actors);
  for (const Binding& binding : transition.bindings) {
    const Value* node = Find(step.evidence, binding.field);
    if (node != nullptr)
      judge.CheckSubject(p.subjects[static_cast<size_t>(binding.part)], NodeNumber::FromInt64(node->number));
  }
  // A guard has nothing to say of what was not told.
  if (judge.refusals().empty() || judge.refusals().back().code == "WRONG_ACTOR") {
    for (const Guard& guard : transition.guards) judge.CheckGuard(guard);
  }
  return std::move(judge.refusals());
}

std::vector<TieChange> EffectsOf(const View& view, const Step& step, const Surroundings& surroundings) {
  std::vector<TieChange> changes;
  const Procedure& p = view.procedure();
  const Transition& transition = p.transitions[static_cast<size_t>(p.FindTransition(step.transition))];
  Values values = view.values();
  for (const auto& [field, value] : step.evidence) Put(field, value, &values);
  const auto node_of = [&](const std::string& name) {
    const int part = p.FindSubject(name);
    if (part >= 0) return view.subjects()[static_cast<size_t>(part)];
    const Value* value = Find(values, name);
    return value == nullptr ? NodeNumber() : NodeNumber::FromInt64(value->number);
  };
  for (const Effect& effect : transition.effects) {
    NodeNumber from = node_of(effect.from), to = node_of(effect.to);
    if (!from || !to) continue;  // an optional part that nobody plays
    Date day = step.at.day;
    if (!effect.on_field.empty()) {
      const Value* told = Find(values, effect.on_field);
      if (told != nullptr) day = Date::FromDays(static_cast<int32_t>(told->number));
    }
    std::vector<model::RoleNumber> roles;
    if (effect.role_number != 0) roles.push_back(effect.role_number);
    const std::vector<Tie> open = OpenTies(surroundings, effect.tie, from, to, roles, day);
    if (effect.kind == EffectKind::kEnd) {
      for (Tie tie : open) {
        const bool withdraw = tie.valid.from == day;
        if (!withdraw) tie.valid.to = day;
        changes.push_back({tie, withdraw});
      }
    } else if (open.empty()) {
      if (model::LawOf(effect.tie).shape == model::TieLaw::kSymmetric && to < from) std::swap(from, to);
      Tie tie;
      tie.kind = effect.tie;
      tie.role = effect.role_number;
      tie.manner = effect.manner_number;
      tie.from = from;
      tie.to = to;
      tie.valid.from = day;
      changes.push_back({tie, false});
    }
  }
  return changes;
}

}  // namespace jiceng::procedures
