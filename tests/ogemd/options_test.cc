#include "options.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <vector>

using namespace ogem;
using namespace ogem::daemon;

namespace {

Result<Options> parsed(std::initializer_list<const char*> arguments) {
    std::vector<const char*> argv{"ogemd"};
    argv.insert(argv.end(), arguments);
    return parse_options(static_cast<int>(argv.size()), argv.data());
}

}  // namespace

TEST_CASE("every flag of the contract is understood (contract section 1)") {
    const auto o = parsed({"--config", "c.yaml", "--listen", "127.0.0.1:1", "--listen", "[::1]:2",
                           "--socket", "/s", "--state-dir", "/d", "--workers", "auto",
                           "--log-level", "debug", "--log-format", "json", "--check"});
    REQUIRE(o);
    CHECK(o->config == "c.yaml");
    CHECK(o->flags.listen == std::vector<std::string>{"127.0.0.1:1", "[::1]:2"});
    CHECK(o->flags.socket == "/s");
    CHECK(o->flags.state_dir == "/d");
    CHECK(o->flags.workers == "auto");
    CHECK(o->flags.log_level == "debug");
    CHECK(o->flags.log_format == "json");
    CHECK(o->check);
}

TEST_CASE("-config is taken for --config (A4, section 2 row 9)") {
    CHECK(parsed({"-config", "a.yaml"})->config == "a.yaml");
    CHECK(parsed({"-config=b.yaml"})->config == "b.yaml");
    CHECK(parsed({"--config=c.yaml"})->config == "c.yaml");
}

TEST_CASE("nothing given is nothing set") {
    const auto o = parsed({});
    REQUIRE(o);
    CHECK_FALSE(o->config);
    CHECK_FALSE(o->flags.workers);
    CHECK_FALSE(o->check);
}

TEST_CASE("a wrong flag is a sentence that names it") {
    for (const auto arguments : {std::initializer_list<const char*>{"--chek"},
                                 {"serve"},
                                 {"--workers", "many"},
                                 {"--listen", "nowhere"},
                                 {"--log-level", "loud"},
                                 {"--check-format", "xml"},
                                 {"--config"}}) {
        const auto o = parsed(arguments);
        REQUIRE_FALSE(o);
        CHECK(o.error().kind == Kind::invalid);
        CHECK(o.error().message.starts_with("ogemd: "));
        CHECK(o.error().message.find("see ogemd --help") != std::string::npos);
    }
    CHECK(parsed({"--workers", "many"}).error().message ==
          "ogemd: --workers: \"many\" is not a whole number nor the word auto; see ogemd --help");
}

TEST_CASE("help shows what people need and not what only ogem uses") {
    const auto help = help_text();
    for (const auto* flag : {"--config", "--listen", "--socket", "--state-dir", "--workers",
                             "--log-level", "--log-format", "--check", "--version"})
        CHECK_MESSAGE(help.find(flag) != std::string::npos, flag);
    CHECK(help.find("--private") == std::string::npos);
    CHECK(version_text().starts_with("ogemd "));
}
