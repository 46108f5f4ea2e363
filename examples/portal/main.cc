// A portal over one store: portal STORE [--port N], see README.md.
#include <httplib.h>
#include <pthread.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <jiceng/jiceng.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "model.h"
#include "pages.h"

namespace {

constexpr char kUsage[] =
    "usage: portal STORE [--host ADDRESS] [--port N] [--date YYYY-MM-DD] [--scope NODE] [--threads N]\n"
    "\n"
    "Shows the organisation that a store holds in a browser, and as JSON below /api.\n"
    "\n"
    "  --host ADDRESS   where to listen; 127.0.0.1 unless given: there is no login\n"
    "  --port N         8080 unless given; 0 takes a free one and prints it\n"
    "  --date D         the day shown when none is asked for; today unless given\n"
    "  --scope NODE     show only what lies at or below this unit or organisation\n"
    "  --threads N      requests answered at once; 8 unless given\n";

struct Options {
  std::string store, host = "127.0.0.1", scope;
  int port = 8080, threads = 8;
  jiceng::Date day;
};

// "2026-06-30", a day that there is.
std::optional<jiceng::Date> ReadDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  int part = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++part;
    } else if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    } else {
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  const int year = parts[0], month = parts[1], day = parts[2];
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int days[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days[month - 1]) return std::nullopt;
  return jiceng::Date(year, month, day);
}

std::optional<int> ReadNumber(std::string_view text, int most) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  if (number > most) return std::nullopt;
  return number;
}

// The options, or none when they make no sense.
std::optional<Options> ReadOptions(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name.substr(0, 2) != "--") {
      if (!options.store.empty()) return std::nullopt;
      options.store = name;
      continue;
    }
    if (++i == argc) return std::nullopt;
    const std::string_view value = argv[i];
    if (name == "--host") {
      options.host = value;
    } else if (name == "--scope") {
      options.scope = value;
    } else if (name == "--date") {
      const auto day = ReadDate(value);
      if (!day) return std::nullopt;
      options.day = *day;
    } else if (name == "--port" || name == "--threads") {
      const auto number = ReadNumber(value, 65535);
      if (!number) return std::nullopt;
      (name == "--port" ? options.port : options.threads) = *number;
    } else {
      return std::nullopt;
    }
  }
  if (options.store.empty() || options.threads == 0) return std::nullopt;
  return options;
}

jiceng::Date Today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

// A page of another site may give its own name the address of this machine; then the browser names that site.
bool IsLocalName(std::string host) {
  const size_t port = host.rfind(':');
  if (port != std::string::npos && host.find(']', port) == std::string::npos) host.resize(port);
  return host.empty() || host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

struct Answer {
  int status = 200;
  std::string body;
  const char* type = "text/html; charset=utf-8";
};

class Portal {
 public:
  Portal(const Options& options, jiceng::Store store) : options_(options), store_(std::move(store)) {
    local_ = options.host == "127.0.0.1" || options.host == "localhost" || options.host == "::1";
    if (options.scope.empty()) return;
    Snapshot().Find(options.scope).value();  // whether there is such a node
    actor_ = jiceng::Actor::Create("portal", options.scope).value();
  }

  Answer Get(const httplib::Request& request) const {
    portal::Asked asked;
    bool json = request.path == "/api" || request.path.compare(0, 5, "/api/") == 0;
    asked.path = json ? request.path.substr(4) : request.path;
    asked.day = Day();
    asked.titles = request.get_param_value("lang") == "en" ? &english_ : &chinese_;
    const auto fail = [&](int status, std::string_view why) {
      Answer answer;
      answer.status = status;
      answer.body = json ? portal::ErrorJson(status, why) : portal::ErrorPage(asked, status, why);
      if (json) answer.type = "application/json";
      return answer;
    };
    const auto say = [&](const char* zh, const char* en) { return asked.titles->Say(zh, en); };
    try {
      if (local_ && !IsLocalName(request.get_header_value("Host")))
        return fail(403, say("请用本机地址访问", "ask for it by this machine's own address"));
      const std::string date = request.get_param_value("date"), page = request.get_param_value("page");
      if (!date.empty()) {
        const auto day = ReadDate(date);
        if (!day)
          return fail(400, say("日期须写成 2026-06-30", "a date is written 2026-06-30, and there must be such a day"));
        asked.day = *day;
        asked.day_given = true;
      }
      if (!page.empty()) {
        const auto number = ReadNumber(page, 99999);
        if (!number) return fail(400, say("页码有误", "a page is a number"));
        asked.page = *number;
      }
      asked.text = request.get_param_value("q");
      asked.rule = request.get_param_value("rule");
      return Ask(asked, json, fail);
    } catch (const jiceng::Failure& failure) {
      const jiceng::Error& error = failure.error();
      const std::string_view why = error.text(asked.titles->language());
      switch (error.code()) {
        case jiceng::Code::kNotFound:
          return fail(404, why);
        case jiceng::Code::kPermissionDenied:
          return fail(403, why);
        case jiceng::Code::kInvalidArgument:
          return fail(error.reason() == "BAD_NODE" ? 404 : 400, why);
        case jiceng::Code::kUnavailable:
          return fail(503, why);
        default:
          return fail(500, why);
      }
    } catch (const std::exception&) {
      return fail(500, say("出错了", "something went wrong"));
    }
  }

 private:
  jiceng::Date Day() const { return options_.day.is_none() ? Today() : options_.day; }

  // The newest commit of whoever writes, this moment; one snapshot answers one request.
  jiceng::Snapshot Snapshot() const { return store_.OpenSnapshot(actor_ ? &*actor_ : nullptr).value(); }

  template <typename Fail>
  Answer Ask(portal::Asked& asked, bool json, const Fail& fail) const {
    const std::string& path = asked.path;
    Answer answer;
    if (json) answer.type = "application/json";
    if (path == "/style.css" && !json) {
      answer.type = "text/css; charset=utf-8";
      answer.body = portal::kStyle;
      return answer;
    }
    const jiceng::Snapshot snapshot = Snapshot();
    const portal::Model model(snapshot, asked.day, *asked.titles);
    if (path.empty() || path == "/") {
      const auto top = model.Top(options_.scope);
      answer.body =
          json ? portal::FrontJson(asked, top, snapshot.seq()) : portal::FrontPage(asked, top, snapshot.seq());
      return answer;
    }
    if (path == "/search") {
      const portal::Found found = asked.text.empty() ? portal::Found() : model.Search(asked.text);
      answer.body = json ? portal::SearchJson(asked, found) : portal::SearchPage(asked, found);
      return answer;
    }
    const size_t slash = path.find('/', 1);
    const std::string kind = slash == std::string::npos ? "" : path.substr(1, slash - 1);
    if (kind == "unit" || kind == "org") {
      const portal::Body body = model.ReadBody(kind + ":" + path.substr(slash + 1), asked.rule, asked.page);
      answer.body = json ? portal::BodyJson(asked, body) : portal::BodyPage(asked, body);
      return answer;
    }
    if (kind == "person") {
      const auto person = model.ReadPerson("person:" + path.substr(slash + 1));
      if (person) {
        answer.body = json ? portal::PersonJson(asked, *person) : portal::PersonPage(asked, *person);
        return answer;
      }
      return fail(404, asked.titles->Say("没有这个任职者", "nobody of this id holds a post on this day"));
    }
    return fail(404, asked.titles->Say("没有这个页面", "there is no such page"));
  }

  const Options options_;
  const jiceng::Store store_;
  const portal::Titles chinese_{jiceng::Language::kChinese}, english_{jiceng::Language::kEnglish};
  std::optional<jiceng::Actor> actor_;
  bool local_ = false;
};

// Everything is answered here and nothing is matched by regular expressions, which recurse over what they are given.
void Serve(const Portal& portal, const Options& options, httplib::Server* server) {
  server->new_task_queue = [count = static_cast<size_t>(options.threads)] { return new httplib::ThreadPool(count); };
  server->set_keep_alive_max_count(1);  // a body that nobody read is not taken for the next request
  server->set_keep_alive_timeout(2);
  server->set_socket_options([](socket_t socket) {
    const int yes = 1;  // and not SO_REUSEPORT: two portals do not share a port unnoticed
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  server->set_default_headers(
      {{"Content-Security-Policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
       {"X-Content-Type-Options", "nosniff"},
       {"X-Frame-Options", "DENY"},
       {"Referrer-Policy", "no-referrer"},
       {"Cross-Origin-Resource-Policy", "same-origin"},
       {"Cache-Control", "no-store"}});
  server->set_pre_routing_handler([&portal](const httplib::Request& request, httplib::Response& response) {
    if (request.method != "GET" && request.method != "HEAD") {
      response.status = 405;
      response.set_header("Allow", "GET, HEAD");
      response.set_content("405: this portal only reads\n", "text/plain; charset=utf-8");
    } else if (!request.ranges.empty()) {
      response.status = 416;
    } else {
      const Answer answer = portal.Get(request);
      response.status = answer.status;
      response.set_content(answer.body, answer.type);
    }
    return httplib::Server::HandlerResponse::Handled;
  });
}

// Stops the server on SIGTERM or SIGINT, which are blocked in every thread and waited for in one.
class Stopper {
 public:
  explicit Stopper(httplib::Server* server) {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this, server] {
      int signal = 0;
      sigwait(&signals_, &signal);
      // The signal may come before there is anything to stop.
      while (!done_ && !server->is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
      server->stop();
    });
  }
  Stopper(const Stopper&) = delete;
  Stopper& operator=(const Stopper&) = delete;
  ~Stopper() {
    done_ = true;
    pthread_kill(thread_.native_handle(), SIGINT);
    thread_.join();
  }

 private:
  sigset_t signals_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

int Run(const Options& options) {
  jiceng::OpenOptions open;
  open.read_only = true;
  const Portal portal(options, jiceng::Store::Open(options.store, open).value());
  std::signal(SIGPIPE, SIG_IGN);
  httplib::Server server;
  Serve(portal, options, &server);
  const Stopper stopper(&server);
  const int port = options.port == 0                                 ? server.bind_to_any_port(options.host)
                   : server.bind_to_port(options.host, options.port) ? options.port
                                                                     : -1;
  if (port < 0) {
    std::cerr << "cannot listen on " << options.host << ":" << options.port << '\n';
    return 1;
  }
  std::cout << "http://" << (options.host.find(':') == std::string::npos ? options.host : "[" + options.host + "]")
            << ':' << port << "/" << std::endl;
  server.listen_after_bind();
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--help") {
      std::cout << kUsage;
      return 0;
    }
  }
  const std::optional<Options> options = ReadOptions(argc, argv);
  if (!options) {
    std::cerr << kUsage;
    return 2;
  }
  return Run(*options);
} catch (const jiceng::Failure& failure) {
  std::cerr << failure.error().reason() << ": " << failure.what() << '\n';
  return 1;
} catch (const std::exception& exception) {
  std::cerr << exception.what() << '\n';
  return 1;
}
