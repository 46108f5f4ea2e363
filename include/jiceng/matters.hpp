// Procedures and the matters that run them.
#ifndef JICENG_MATTERS_HPP
#define JICENG_MATTERS_HPP

#include <jiceng/matters.h>

#include <jiceng/snapshot.hpp>
#include <jiceng/store.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace jiceng {

// The templates: `id,version,title,subjects,states,steps,clocks,citations`.
inline Result<Table> Procedures(Language language = Language::kChinese) {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_procedures(detail::Number(language), out, error);
  });
}
// The steps of one: `step,title,from,to,actors,fields,guards,ties`.
inline Result<Table> Procedure(const std::string& id, Language language = Language::kChinese) {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_procedure(id.c_str(), detail::Number(language), out, error);
  });
}

inline Result<int64_t> Writer::OpenMatter(const std::string& procedure, const std::string& matter,
                                          const std::vector<std::string>& subjects, const StepOptions& options) {
  const std::vector<const char*> nodes = detail::Pointers(subjects), fields = detail::Pointers(options.fields);
  return Tell(detail::Ask<int64_t>([&](int64_t* out, jiceng_error** error) {
    return jiceng_writer_matter_open(get(), procedure.c_str(), matter.c_str(), options.at.c_str(),
                                     detail::OrNull(options.actor), nodes.data(), nodes.size(), fields.data(),
                                     fields.size(), out, error);
  }));
}

inline Result<int64_t> Writer::TakeStep(const std::string& matter, const std::string& step,
                                        const StepOptions& options) {
  const std::vector<const char*> fields = detail::Pointers(options.fields);
  return Tell(detail::Ask<int64_t>([&](int64_t* out, jiceng_error** error) {
    return jiceng_writer_matter_step(get(), matter.c_str(), step.c_str(), options.at.c_str(),
                                     detail::OrNull(options.actor), fields.data(), fields.size(), out, error);
  }));
}

inline Result<Table> Writer::RefusedStep(Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_writer_refused_step(get(), detail::Number(language), out, error);
  });
}

inline Result<Table> Snapshot::Matters(const std::string& at, const MattersOptions& options) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_matters(
        get(), detail::OrNull(options.procedure), options.node.data(), options.node.size(), at.c_str(),
        detail::Flag(options.open, JICENG_MATTERS_OPEN) | detail::Flag(options.told, JICENG_MATTERS_TOLD),
        detail::Number(options.language), out, error);
  });
}

inline Result<Table> Snapshot::LateMatters(const std::string& at, std::string_view node, Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_matters_late(get(), node.data(), node.size(), at.c_str(), detail::Number(language), out, error);
  });
}

inline Result<Table> Snapshot::Handovers(const std::string& at, std::string_view node, Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_matters_handovers(get(), node.data(), node.size(), at.c_str(), detail::Number(language), out, error);
  });
}

inline Result<Table> Snapshot::Register(std::string_view node, Date date, int32_t year, Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_list_register(get(), node.data(), node.size(), date.number(), year, detail::Number(language), out,
                                error);
  });
}

inline Result<Table> Snapshot::Services(std::string_view node, Date date, int32_t year, Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_list_services(get(), node.data(), node.size(), date.number(), year, detail::Number(language), out,
                                error);
  });
}

inline Result<Table> Snapshot::Matter(const std::string& matter, const std::string& at, Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_matter(get(), matter.c_str(), at.c_str(), detail::Number(language), out, error);
  });
}

inline Result<Table> Snapshot::MatterSteps(const std::string& matter, const std::string& at, Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_matter_steps(get(), matter.c_str(), at.c_str(), detail::Number(language), out, error);
  });
}

inline Result<Table> Snapshot::MatterClocks(const std::string& matter, const std::string& at, Language language) const {
  return detail::Ask<Table>([&](jiceng_table** out, jiceng_error** error) {
    return jiceng_matter_clocks(get(), matter.c_str(), at.c_str(), detail::Number(language), out, error);
  });
}

}  // namespace jiceng

#endif  // JICENG_MATTERS_HPP
