// Each rule of the file with the exact place of its complaint.
#include "config/given.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::config;
using given::complaints;

namespace {

struct Rule {
    std::string text, complaint;
};

// The top level, and what stands in it.
const std::vector<Rule> kTopRules{
    {"retry_intervall: 1m\n",
     "c.yaml:1:1: error: unknown key 'retry_intervall'; did you mean 'retry_interval'? [E101]"},
    {"zzzz: 1\n", "c.yaml:1:1: error: unknown key 'zzzz' [E101]"},
    {"cache:\n  tll: 1h\n",
     "c.yaml:2:3: error: unknown key 'tll' in cache; did you mean 'ttl'? [E101]"},
    {"port: 1\nlog: {level: info}\nport: 2\n",
     "c.yaml:3:1: error: key 'port' is given twice; it first stands at line 1 [E102]"},
    {"cache: 5\n", "c.yaml:1:8: error: cache must be a map of keys, not a single value [E104]"},
    {"- a\n", "c.yaml:1:1: error: the configuration must be a map of keys, not a list [E104]"},
    {"port: [1]\n", "c.yaml:1:7: error: port must be a single value, not a list [E104]"},
    {"cors: {origins: {a: b}}\n", "c.yaml:1:17: error: origins must be a list, not a map [E104]"},
    {"port:\nmode: azure\n",
     "c.yaml:1:1: error: port has no value; give one or remove the line [E306]"},
    {"port: 80a\n", "c.yaml:1:7: error: port: \"80a\" is not a whole number [E301]"},
    {"port: 70000\n", "c.yaml:1:7: error: port: \"70000\" is too large; the most is 65535 [E302]"},
    {"port: -1\n", "c.yaml:1:7: error: port: \"-1\" is negative; the least is 0 [E302]"},
    {"port: 1\nlisten: 127.0.0.1:2\n",
     "c.yaml:1:7: error: port and listen are both given; keep one of them [E311]"},
    {"listen: [\"127.0.0.1:1\", \"nowhere\"]\n",
     "c.yaml:1:25: error: listen: \"nowhere\" is not an address; write HOST:PORT with a port up to "
     "65535 [E309]"},
    {"listen: \"::1:80\"\n",
     "c.yaml:1:9: error: listen: \"::1:80\" is not an address; write an IPv6 address as "
     "[::1]:8080 [E309]"},
    {"retry_interval: 60\n",
     "c.yaml:1:17: error: retry_interval: \"60\" is not a duration: it has no unit; write for "
     "example 60s or 60m [E303]"},
    {"ping_interval: -1m\n", "c.yaml:1:16: error: ping_interval: \"-1m\" is negative [E302]"},
    {"request_timeout: 0\n",
     "c.yaml:1:18: error: request_timeout: \"0\" is too short; it must be more than 0 [E302]"},
    {"memory_limit: lots\n",
     "c.yaml:1:15: error: memory_limit: \"lots\" is not a size; write for example 64KiB, 20MB or "
     "2GiB [E304]"},
    {"memory_limit: -1MiB\n", "c.yaml:1:15: error: memory_limit: \"-1MiB\" is negative [E302]"},
    {"limits: {max_header: 10}\n",
     "c.yaml:1:22: error: max_header: \"10\" is too small; the least is 1KiB [E302]"},
    {"workers: many\n",
     "c.yaml:1:10: error: workers: \"many\" is not a whole number nor the word auto [E301]"},
    {"workers: 0\n", "c.yaml:1:10: error: workers: \"0\" is too small; the least is 1 [E302]"},
    {"allow_anonymous: maybe\n",
     "c.yaml:1:18: error: allow_anonymous: \"maybe\" is neither true nor false [E307]"},
    {"log: {level: inof}\n",
     "c.yaml:1:14: error: level: \"inof\" is not one of error, warn, info, debug; did you mean "
     "'info'? [E305]"},
    {"mode: aws\n",
     "c.yaml:1:7: error: mode: \"aws\" is not one of azure, google, vertex, openai [E305]"},
    {"routing: {hedge: {budget: some}}\n",
     "c.yaml:1:27: error: budget: \"some\" is not a share; write for example 2% or 0.02 [E308]"},
    {"routing: {hedge: {budget: 120%}}\n",
     "c.yaml:1:27: error: budget: \"120%\" is too large; the most is 1 [E302]"},
    {"routing: {hedge: {after: p100}}\n",
     "c.yaml:1:26: error: after: \"p100\" is neither a percentile such as p95 nor a duration "
     "[E305]"},
    {"fetch: {allow_private: [10.0.0.0/33]}\n",
     "c.yaml:1:25: error: allow_private: \"10.0.0.0/33\" is not a block of addresses; write for "
     "example 10.0.0.0/8 [E310]"},
    {"api_key_env: \"my key\"\n",
     "c.yaml:1:14: error: api_key_env: \"my key\" is not the name of an environment variable "
     "[E312]"},
    {"clients: {bot: {budget: {day: -5}}}\n",
     "c.yaml:1:31: error: day: \"-5\" is negative; the least is 0 [E302]"},
    {"presets: {short: {modle: x}}\n",
     "c.yaml:1:19: error: unknown key 'modle' in preset 'short'; did you mean 'model'? [E101]"},
};

// One provider `p` with one model, in flow style, so that columns are easy to count.
const std::vector<Rule> kProviderRules{
    {"providers:\n  p: {base_url: \"http://h\", protocol: opnai}\n",
     "c.yaml:2:39: error: protocol: \"opnai\" is not one of openai, anthropic, gemini, vertex, "
     "vertex-anthropic, azure, mock; did you mean 'openai'? [E201]"},
    {"providers:\n  p: {discover: true}\n",
     "c.yaml:2:3: error: provider 'p' needs a base_url; Ogem does not know its address [E202]"},
    {"providers:\n  p:\n    base_url: http://h\n    regions:\n      q: {models: [m]}\n",
     "c.yaml:5:7: error: region 'q' must be called 'p': this provider has one region, and its name "
     "is the provider's [E203]"},
    {"providers:\n  vertex:\n    regions:\n      default: {models: [m]}\n",
     "c.yaml:4:7: error: region 'default' needs at least one real region beside it [E204]"},
    {"providers:\n  p: {base_url: \"http://h\", discover: true, api_key: hunter2}\n",
     "c.yaml:2:45: error: 'api_key' must not stand in the configuration; put the key into an "
     "environment variable and name that with api_key_env [E205]"},
    {"providers:\n  p:\n    base_url: http://h\n    headers: {Authorization: Bearer x}\n"
     "    discover: true\n",
     "c.yaml:4:15: error: header 'Authorization' would put a key into the configuration; put it "
     "into an environment variable and name that with api_key_env [E205]"},
    {"providers:\n  p: {base_url: \"http://me:pw@h\", discover: true}\n",
     "c.yaml:2:17: error: base_url: the address carries a user name or password; use api_key_env "
     "or headers [E205]"},
    {"providers:\n  p: {base_url: \"http://h\", discover: true, api_key_env: sk-abc123}\n",
     "c.yaml:2:58: error: api_key_env: this looks like a key; put the key into an environment "
     "variable and write the variable's name here [E205]"},
    {"providers:\n  p: {base_url: ftp://h, discover: true}\n",
     "c.yaml:2:17: error: base_url: \"ftp://h\" is not an address; it must begin with https:// or "
     "http:// [E209]"},
    {"providers:\n  p: {base_url: \"http://h?key=1\", discover: true}\n",
     "c.yaml:2:17: error: base_url: an address of a provider has no query and no fragment: remove "
     "what follows the ? or # [E209]"},
    {"providers:\n  p: {base_url: \"http://{deployment}.h\", discover: true}\n",
     "c.yaml:2:3: error: \"http://{deployment}.h\" has a placeholder other than {region} and "
     "{project} [E209]"},
    {"providers:\n  a/b: {base_url: \"http://h\", discover: true}\n",
     "c.yaml:2:3: error: provider name 'a/b' is empty or holds a slash, comma, @ or space; no "
     "client could type it [E207]"},
    {"providers:\n  p: {base_url: \"http://h\", discover: true, headers: {\"a b\": c}}\n",
     "c.yaml:2:55: error: 'a b' cannot be sent as a header [E313]"},
    {"providers:\n  p: {base_url: \"http://h\", discover: true, timeout: {conect: 1s}}\n",
     "c.yaml:2:55: error: unknown key 'conect' in timeout; did you mean 'connect'? [E101]"},
    {"providers:\n  p: {base_url: \"http://h\", discover: true, on_client_gone: drian}\n",
     "c.yaml:2:61: error: on_client_gone: \"drian\" is not one of cancel, drain, finish_and_cache; "
     "did you mean 'drain'? [E305]"},
    {"providers:\n  p: {base_url: \"http://h\"}\n",
     "c.yaml:2:3: warning: provider 'p' has no models; list some under regions, or set discover: "
     "true [W302]"},
    {"providers:\n  p: {base_url: \"http://h\", batch: off, regions: {p: {models: [x@batch]}}}\n",
     "c.yaml:2:3: warning: model 'x@batch' asks for batches, but provider 'p' has batch: off "
     "[W303]"},
    {"providers:\n  p: 5\n  p: 6\n",
     "c.yaml:2:3: error: provider 'p' needs a base_url; Ogem does not know its address [E202]\n"
     "c.yaml:2:6: error: provider 'p' must be a map of keys, not a single value [E104]\n"
     "c.yaml:3:3: error: key 'p' is given twice; it first stands at line 2 [E102]"},
};

// A model list at column 13, as the examples indent it.
std::string models(const std::string& lines) {
    return "providers:\n  p:\n    base_url: http://h\n    regions:\n      p:\n        models:\n" +
           lines;
}

const std::vector<Rule> kModelRules{
    {models("          - name: gpt-4o\n            rmp: 60\n"),
     "c.yaml:8:13: error: unknown key 'rmp' in model 'gpt-4o'; did you mean 'rpm'? [E101]"},
    {models("          - rpm: 60\n"), "c.yaml:7:13: error: a model needs a name [E208]"},
    {models("          - name: a\n            rpm: 10k\n"),
     "c.yaml:8:18: error: rpm: \"10k\" is not a whole number [E301]"},
    {models("          - name: a\n            rpm: 1__0\n"),
     "c.yaml:8:18: error: rpm: \"1__0\" is not a whole number [E301]"},
    {models("          - name: a\n            tpm: -5\n"),
     "c.yaml:8:18: error: tpm: \"-5\" is negative; the least is 0 [E302]"},
    {models("          - name: a\n            weight: heavy\n"),
     "c.yaml:8:21: error: weight: \"heavy\" is not a number [E308]"},
    {models("          - name: a\n            price: {input: -1}\n"),
     "c.yaml:8:28: error: input: \"-1\" is negative; the least is 0 [E302]"},
    {models("          - name: \"a,b\"\n"),
     "c.yaml:7:19: error: model name 'a,b' holds a comma, or space at an end; no client could type "
     "it [E207]"},
    {models("          - name: a\n          - name: a\n"),
     "c.yaml:8:19: error: the name 'a' is taken in this region by a model at line 7 [E206]"},
    {models(
         "          - {name: a, other_names: [c]}\n          - {name: b, other_names: [d, c]}\n"),
     "c.yaml:8:40: error: the name 'c' is taken in this region by a model at line 7 [E206]"},
    {models("          - a\n          - {name: b, other_names: a}\n"),
     "c.yaml:8:36: error: the name 'a' is taken in this region by a model at line 7 [E206]"},
    {models("          - {name: a, rate_key: k, tpm: 1}\n"
            "          - {name: b, rate_key: k, tpm: 2}\n"),
     "c.yaml:8:41: warning: rate_key 'k' has tpm 2 here but 1 at line 7 [W310]"},
    {models("          - {name: a, rate_key: k, rpm: 1}\n"
            "          - {name: b, rate_key: k, rpm: 1}\n          - {name: c, rate_key: k}\n"),
     ""},
    {"providers: {p: {base_url: \"http://h\", regions: {p: {models: a}}}}\n",
     "c.yaml:1:61: error: models must be a list; begin each with a dash [E104]"},
};

void check(const std::vector<Rule>& rules) {
    for (const auto& rule : rules) {
        INFO(rule.text);
        CHECK(complaints(rule.text) == rule.complaint);
    }
}

}  // namespace

TEST_CASE("what is wrong at the top level is said with its place (behaviour 4.8)") {
    check(kTopRules);
}

TEST_CASE("what is wrong with a provider is said with its place (A16, A17, B6, section 2 row 2)") {
    check(kProviderRules);
}

TEST_CASE("what is wrong with a model is said with its place (behaviour 4.10)") {
    check(kModelRules);
}

TEST_CASE("the inline key itself is never repeated (section 2 row 2)") {
    const std::string secret = "sk-proj-Zk93jdkal20Dkq02kdla";
    for (const auto& text :
         {"providers: {openai: {api_key: " + secret + "}}\n",
          "providers: {openai: {regions: {openai: {token: " + secret + "}}}}\n",
          "providers: {openai: {api_key_env: " + secret + "}}\n",
          "providers: {openai: {protocol: " + secret + "}}\n",
          "providers: {openai: {" + secret + ": 1}}\n", "port: " + secret + "\n",
          "request_timeout: " + secret + "\n", "memory_limit: " + secret + "\n", secret + ": 1\n",
          "providers: {openai: {headers: {x-team: " + secret + "}}}\n",
          "providers: {openai: {base_url: \"http://" + secret + "@h\"}}\n",
          "providers: {openai: {base_url: " + secret + "}}\n"}) {
        const auto said = complaints(text);
        INFO(text);
        CHECK(said.find("error") != std::string::npos);
        CHECK(said.find("Zk93") == std::string::npos);
    }
}

TEST_CASE("a template's model is checked in every region but complained about once") {
    const std::string text =
        "providers:\n  vertex:\n    regions:\n      default:\n        models:\n"
        "          - {name: a, rate_key: k, rpm: 1}\n          - {name: b, rate_key: k, rpm: 2}\n"
        "      us-east1:\n      us-west1:\n";
    CHECK(complaints(text, {{"GOOGLE_CLOUD_PROJECT", "x"}}) ==
          "c.yaml:7:41: warning: rate_key 'k' has rpm 2 here but 1 at line 6 [W310]");
}

TEST_CASE("hostile numbers of complaints are kept to 200 (limits on everything that grows)") {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "zz" + std::to_string(i) + ": 1\n";
    const auto loaded = load(given::yaml(text));
    CHECK(loaded.complaints.size() == 200);
    CHECK_FALSE(loaded.ok());
}

TEST_CASE("a template copied to very many regions is refused, not unfolded [E103]") {
    std::string text =
        "google_cloud_project: p\nproviders:\n  vertex:\n    regions:\n"
        "      default: {models: [";
    for (int i = 0; i < 10'000; ++i) text += "m" + std::to_string(i) + ",";
    text += "z]}\n";
    for (int i = 0; i < 1000; ++i) text += "      r" + std::to_string(i) + ":\n";
    const auto said = complaints(text);
    CHECK(said.find("more than 20000 models here") != std::string::npos);
}
