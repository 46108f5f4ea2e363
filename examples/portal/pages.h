// The pages, and the same as JSON.
#ifndef PORTAL_PAGES_H
#define PORTAL_PAGES_H

#include <string>
#include <string_view>
#include <vector>

#include "model.h"

namespace portal {

// What a request asks for.
struct Asked {
  std::string path;  // "/unit/320102", decoded and without "/api"
  jiceng::Date day;
  bool day_given = false;  // in the query; else the portal's day
  const Titles* titles = nullptr;
  std::string text, rule;
  int64_t page = 0;
};

std::string FrontPage(const Asked& asked, const std::vector<Node>& top, int64_t seq);
std::string SearchPage(const Asked& asked, const Found& found);
std::string BodyPage(const Asked& asked, const Body& body);
std::string PersonPage(const Asked& asked, const Person& person);
std::string ErrorPage(const Asked& asked, int status, std::string_view why);

std::string FrontJson(const Asked& asked, const std::vector<Node>& top, int64_t seq);
std::string SearchJson(const Asked& asked, const Found& found);
std::string BodyJson(const Asked& asked, const Body& body);
std::string PersonJson(const Asked& asked, const Person& person);
std::string ErrorJson(int status, std::string_view why);

extern const char kStyle[];

}  // namespace portal

#endif  // PORTAL_PAGES_H
