#include "net/proxy.h"

#include <doctest/doctest.h>

using namespace ogem;

namespace {

constexpr auto kProxy = "http://proxy.corp:3128";

bool by_proxy(const config::Environment& environment, const std::string& url) {
    const auto parsed = wire::parse_url(url);
    REQUIRE(parsed);
    const auto proxies = net::proxies_of(environment);
    const auto& proxy = proxies.for_url(*parsed);
    CHECK((proxy.empty() || proxy == kProxy));
    return !proxy.empty();
}

}  // namespace

TEST_CASE("without proxy variables nothing goes through a proxy") {
    CHECK_FALSE(net::proxies_of({}).any());
    CHECK_FALSE(by_proxy({}, "https://api.openai.com/v1"));
    CHECK_FALSE(by_proxy({{"HTTPS_PROXY", ""}}, "https://api.openai.com/v1"));
}

TEST_CASE("each scheme has its variable, ALL_PROXY serves both, lower case comes first") {
    CHECK(by_proxy({{"HTTPS_PROXY", kProxy}}, "https://api.openai.com"));
    CHECK_FALSE(by_proxy({{"HTTPS_PROXY", kProxy}}, "http://api.openai.com"));
    CHECK(by_proxy({{"HTTP_PROXY", kProxy}}, "http://api.openai.com"));
    CHECK(by_proxy({{"ALL_PROXY", kProxy}}, "http://api.openai.com"));
    CHECK(by_proxy({{"all_proxy", kProxy}}, "https://api.openai.com"));
    CHECK(by_proxy({{"https_proxy", kProxy}, {"HTTPS_PROXY", "http://other:1"}}, "https://a.b"));
}

TEST_CASE("NO_PROXY names hosts with their subdomains, addresses and networks") {
    const config::Environment environment{
        {"ALL_PROXY", kProxy},
        {"NO_PROXY", "corp.example, .dotted.example 10.0.0.0/8,192.168.1.7,2001:db8::/33"}};
    for (const auto* url :
         {"https://corp.example", "https://CORP.example.", "https://a.corp.example",
          "http://dotted.example", "http://x.dotted.example", "http://10.9.8.7",
          "http://192.168.1.7:8000", "http://[2001:db8::1]"})
        CHECK_MESSAGE(!by_proxy(environment, url), url);
    for (const auto* url :
         {"https://notcorp.example", "https://corp.example.org", "http://11.0.0.1",
          "http://192.168.1.70", "http://[2001:db8:8000::1]", "https://example"})
        CHECK_MESSAGE(by_proxy(environment, url), url);
}

TEST_CASE("NO_PROXY=* switches proxies off") {
    CHECK_FALSE(by_proxy({{"ALL_PROXY", kProxy}, {"NO_PROXY", "*"}}, "https://api.openai.com"));
}

TEST_CASE("a local model server is never asked through a proxy") {
    for (const auto* url : {"http://localhost:11434", "http://127.0.0.1:1234", "http://[::1]:8000",
                            "http://ollama.localhost"})
        CHECK_MESSAGE(!by_proxy({{"ALL_PROXY", kProxy}}, url), url);
}

TEST_CASE("a NO_PROXY entry that makes no sense matches nothing") {
    for (const auto* entry : {"10.0.0.0/33", "10.0.0.0/x", "/", "10.0.0.0/"})
        CHECK_MESSAGE(by_proxy({{"ALL_PROXY", kProxy}, {"NO_PROXY", entry}}, "http://10.0.0.1"),
                      entry);
}
