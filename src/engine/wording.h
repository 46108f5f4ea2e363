// Words of the model's closed lists for people to read, in both languages.
#ifndef JICENG_ENGINE_WORDING_H_
#define JICENG_ENGINE_WORDING_H_

#include <string>

#include "model/catalogue.h"
#include "model/node.h"
#include "model/tie.h"
#include "rules/message.h"

namespace jiceng::engine {

const char* NodeKindTitle(model::NodeKind kind, rules::Language language);
const char* LevelTitle(model::Level level, rules::Language language);
const char* MannerTitle(model::TieKind kind, uint8_t manner, rules::Language language);  // "" for 0
const char* TieTitle(model::TieKind kind, rules::Language language);
// The number itself when a newer catalogue wrote it.
std::string OrgKindTitle(const model::Catalogue& catalogue, int32_t kind, rules::Language language);
std::string RoleTitle(const model::Catalogue& catalogue, model::RoleNumber role, rules::Language language);
// A fact that is no node: a level, a kind, a count, a status, a date.
std::string FactTitle(const model::Catalogue& catalogue, model::NodeKind kind, model::Fact fact, int32_t value,
                      rules::Language language);

}  // namespace jiceng::engine

#endif  // JICENG_ENGINE_WORDING_H_
