// Environment, .env and flags over the file (contract sections 1, 2 and 9).
#include "config/given.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::config;
using Lines = std::vector<std::string>;

TEST_CASE("flag beats environment beats .env beats file beats default (A6)") {
    auto sources = given::yaml("workers: 2\nretry_interval: 2m\nlog: {level: debug}\n");
    CHECK(load(sources).config.retry_interval == 2min);
    sources.dotenv = {{"RETRY_INTERVAL", "3m"}};
    auto loaded = load(sources);
    CHECK(loaded.config.retry_interval == 3min);
    CHECK(loaded.origins.at("retry_interval") == ".env RETRY_INTERVAL");
    sources.env = {{"RETRY_INTERVAL", "4m"}, {"LOG_LEVEL", "warn"}};
    sources.flags.log_level = "error";
    sources.flags.workers = "3";
    loaded = load(sources);
    CHECK(loaded.config.retry_interval == 4min);
    CHECK(loaded.config.log_level == "error");
    CHECK(loaded.config.workers == 3);
    CHECK(loaded.origins.at("retry_interval") == "environment RETRY_INTERVAL");
    CHECK(loaded.origins.at("workers") == "flag --workers");
    CHECK(loaded.complaints.empty());
}

TEST_CASE("what the file sets has its place as origin, and a default has none") {
    const auto loaded = load(given::yaml("cache:\n  ttl: 1h\n"));
    CHECK(loaded.origins.at("cache.ttl") == "c.yaml:2:8");
    CHECK_FALSE(loaded.origins.contains("cache.max_size"));
}

TEST_CASE("a variable that is set but empty counts as unset, with one warning (behaviour 4.8)") {
    const auto loaded = load(given::yaml("retry_interval: 2m\n", {{"RETRY_INTERVAL", ""}}));
    CHECK(loaded.config.retry_interval == 2min);
    CHECK(given::lines(loaded) ==
          Lines{"warning: environment RETRY_INTERVAL is set but empty, which counts as unset "
                "[W401]"});
}

TEST_CASE("an empty VALKEY_ENDPOINT turns it off (A12)") {
    const auto text = "valkey_endpoint: \"localhost:6379\"\n";
    CHECK(given::config(text).valkey_endpoint == "localhost:6379");
    const auto loaded = load(given::yaml(text, {{"VALKEY_ENDPOINT", ""}}));
    CHECK(loaded.config.valkey_endpoint.empty());
    CHECK(loaded.complaints.empty());
    CHECK(given::config("{}").valkey_endpoint.empty());  // section 2 row 15
}

TEST_CASE("PORT must be a number (A5)") {
    CHECK(given::config("{}", {{"PORT", "18080"}}).listen == Lines{"127.0.0.1:18080"});
    CHECK(given::complaints("{}", {{"PORT", "80x"}}) ==
          "error: environment PORT: \"80x\" is not a whole number [E301]");
    CHECK(given::complaints("{}", {{"PORT", "99999"}}).find("[E302]") != std::string::npos);
}

TEST_CASE("OGEM_LISTEN beats PORT, either repaths the file's listen (section 9.9)") {
    const auto file = "listen: [\"127.0.0.1:1\", \"127.0.0.1:2\"]\n";
    CHECK(given::config(file).listen == Lines{"127.0.0.1:1", "127.0.0.1:2"});
    CHECK(given::config(file, {{"PORT", "3"}}).listen == Lines{"127.0.0.1:3"});
    CHECK(given::config(file, {{"PORT", "3"}, {"OGEM_LISTEN", "127.0.0.1:4,[::1]:5"}}).listen ==
          Lines{"127.0.0.1:4", "[::1]:5"});
    CHECK(given::config(file, {{"SERVER_ADDR", "127.0.0.1:6"}}).listen == Lines{"127.0.0.1:6"});
    CHECK(given::config("port: 9\n").listen == Lines{"127.0.0.1:9"});
    CHECK(given::config("listen: localhost:7\n").listen == Lines{"localhost:7"});
}

TEST_CASE("AZURE_OPENAI_PROXY_ADDRESS adds a listener (A23)") {
    CHECK(given::config("{}", {{"AZURE_OPENAI_PROXY_ADDRESS", "127.0.0.1:11437"}}).listen ==
          Lines{"127.0.0.1:8080", "127.0.0.1:11437"});
}

TEST_CASE("flags replace every listener") {
    auto sources = given::yaml("port: 1\n", {{"PORT", "2"}});
    sources.flags.listen = {"127.0.0.1:3", ":4"};
    const auto loaded = load(sources);
    CHECK(loaded.config.listen == Lines{"127.0.0.1:3", "0.0.0.0:4"});
    sources.flags.listen = {"nonsense"};
    CHECK(given::lines(load(sources)).back().starts_with("error: flag --listen: \"nonsense\""));
}

TEST_CASE("a listener that others reach without a key is warned about [W311]") {
    CHECK(given::complaints("listen: 0.0.0.0:8080\n").find("[W311]") != std::string::npos);
    CHECK(given::complaints("listen: 0.0.0.0:8080\nallow_anonymous: true\n").empty());
    CHECK(given::complaints("listen: 0.0.0.0:8080\n", {{"OGEM_ALLOW_ANONYMOUS", "1"}}).empty());
    CHECK(given::complaints("listen: 0.0.0.0:8080\n", {{"OGEM_API_KEY", "k"}}).empty());
}

TEST_CASE("ping_interval 0 means never, in the file and the environment (A8, row 31)") {
    CHECK(given::config("ping_interval: 0\n").ping_interval == 0s);
    CHECK(given::config("ping_interval: \"0\"\n").ping_interval == 0s);
    CHECK(given::config("{}", {{"PING_INTERVAL", "0"}}).ping_interval == 0s);
    CHECK_FALSE(load(given::yaml("{}", {{"PING_INTERVAL", "30"}})).ok());
}

TEST_CASE("first listed alias wins (section 2 rows 5 and 14)") {
    CHECK(given::config("{}", {{"OGEM_API_KEY", "b"}}).server_key.reveal() == "b");
    CHECK(given::config("{}", {{"GOOGLE_CLOUD_PROJECT", "a"}, {"VERTEX_AI_PROJECT_ID", "b"}})
              .google_cloud_project == "a");
    const auto text = "providers: {studio: {discover: true}, claude: {discover: true}}\n";
    const auto config = given::config(
        text,
        {{"GEMINI_API_KEY", "3"}, {"GOOGLE_AI_STUDIO_API_KEY", "2"}, {"ANTHROPIC_API_KEY", "c"}});
    CHECK(given::provider(config, "studio").credentials.at(0).key.reveal() == "2");
    CHECK(given::provider(config, "claude").credentials.at(0).key.reveal() == "c");
}

TEST_CASE("two different server keys are warned about, the first listed counts [W405]") {
    const auto loaded =
        load(given::yaml("{}", {{"OPEN_GEMINI_API_KEY", "a"}, {"OGEM_API_KEY", "b"}}));
    CHECK(loaded.config.server_key.reveal() == "a");
    REQUIRE(loaded.complaints.size() == 1);
    CHECK(loaded.complaints[0].code == "W405");
    CHECK(given::complaints("{}", {{"OPEN_GEMINI_API_KEY", "a"}, {"OGEM_API_KEY", "a"}}).empty());
}

TEST_CASE("api_key_env names the variable of the server key") {
    CHECK(given::config("api_key_env: MY_KEY\n", {{"MY_KEY", "k"}}).server_key.reveal() == "k");
    CHECK(given::complaints("api_key_env: MY_KEY\n") ==
          "c.yaml:1:14: warning: api_key_env MY_KEY is not set in this environment, so no key will "
          "be asked for [W402]");
}

TEST_CASE("the router's numeric seconds are read, and a bad one is the default (A28)") {
    const Environment env{{"READ_TIMEOUT", "600"},  {"IDLE_TIMEOUT", "900"},
                          {"WRITE_TIMEOUT", "600"}, {"CLIENT_TIMEOUT", "300"},
                          {"LOG_LEVEL", "WARNING"}, {"LOG_FORMAT", "json"}};
    const auto config = given::config("{}", env);
    CHECK(config.read_timeout == 600s);
    CHECK(config.idle_timeout == 900s);
    CHECK(config.request_timeout == 300s);
    CHECK(config.log_level == "warn");
    CHECK(config.log_format == "json");
    const auto loaded = load(given::yaml("{}", {{"CLIENT_TIMEOUT", "soon"}}));
    CHECK(loaded.ok());
    CHECK(loaded.config.request_timeout == 10min);
    CHECK(given::lines(loaded) == Lines{"warning: environment CLIENT_TIMEOUT: \"soon\" is not a "
                                        "whole number; it is ignored [W409]"});
}

TEST_CASE("an invalid AZURE_OPENAI_PROXY_MODE is an error (A24)") {
    CHECK(given::config("{}", {{"AZURE_OPENAI_PROXY_MODE", "vertex"}}).mode == "vertex");
    CHECK_FALSE(load(given::yaml("{}", {{"AZURE_OPENAI_PROXY_MODE", "aws"}})).ok());
    // The endpoint alone switches the mode on only without a file (section 9.8).
    CHECK(given::config("{}", {{"AZURE_OPENAI_ENDPOINT", "https://x"}}).mode.empty());
}

TEST_CASE("a literal $ survives: nothing is expanded (behaviour 4.8)") {
    CHECK(given::config("presets: {p: {system: \"${HOME} $x\"}}\n").presets.at(0).system ==
          "${HOME} $x");
}

TEST_CASE("socket and state come from flag, variable, then the paths of this machine") {
    auto sources = given::yaml("{}");
    sources.paths.socket = "/run/user/7/ogem/ogemd.sock";
    sources.paths.state_dir = "/home/x/.local/state/ogem";
    CHECK(load(sources).config.socket == "/run/user/7/ogem/ogemd.sock");
    sources.env = {{"OGEM_SOCKET", "/a"}, {"OGEM_STATE_DIR", "/b"}};
    CHECK(load(sources).config.socket == "/a");
    sources.flags.socket = "/c";
    CHECK(load(sources).config.socket == "/c");
    CHECK(load(sources).config.state_dir == "/b");
}

TEST_CASE(".env: comments, quotes, export; the process wins over it (A19)") {
    std::vector<Diagnostic> complaints;
    const auto env = parse_dotenv(
        "# a comment\n\nA=1\r\nexport B = two words  # comment\nC='sin#gle $x'\n"
        "D=\"a\\nb \\\"q\\\"\" # c\nE=a#b\nF=\nnonsense\n9X=1\nG=\"open\nG-1.b=x\n",
        ".env", complaints);
    CHECK(env == Environment{{"A", "1"},
                             {"B", "two words"},
                             {"C", "sin#gle $x"},
                             {"D", "a\nb \"q\""},
                             {"E", "a#b"},
                             {"F", ""},
                             {"G-1.b", "x"}});
    REQUIRE(complaints.size() == 3);
    CHECK(to_text(complaints[0]) ==
          ".env:9:1: warning: this line is ignored: it is not NAME=value [W407]");
    CHECK(complaints[1].line == 10);
    CHECK(complaints[2].line == 11);
}

TEST_CASE("an enormous .env is cut") {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "V" + std::to_string(i) + "=1\n";
    std::vector<Diagnostic> complaints;
    CHECK(parse_dotenv(text, ".env", complaints).size() == 1000);
    CHECK(complaints.size() <= 1001);
}
