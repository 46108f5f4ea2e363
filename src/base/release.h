// Giving memory back before its owner goes.
#ifndef JICENG_BASE_RELEASE_H_
#define JICENG_BASE_RELEASE_H_

namespace jiceng::base {

// Empties a container and gives its memory back; `= {}` only empties it.
template <typename Container>
void Release(Container* container) {
  *container = Container();
}

}  // namespace jiceng::base

#endif  // JICENG_BASE_RELEASE_H_
