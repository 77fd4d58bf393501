#include "wire/openai/error.h"

#include "json/value.h"

#include <doctest/doctest.h>

using namespace ogem::wire::openai;

TEST_CASE("an error has all its keys, null where there is nothing to say (contract section 6)") {
    CHECK(
        to_json({"no model", "not_found_error", "", "model_not_found", "client", {}}) ==
        R"({"error":{"message":"no model","type":"not_found_error","param":null,"code":"model_not_found",)"
        R"("ogem":{"who":"client","attempts":[]}}})");
}

TEST_CASE("an error tells every attempt (promise 10)") {
    ErrorObject error{"m", "server_error", "messages", "", "provider", {}};
    error.attempts.push_back({"openai/openai/gpt-4", 503, "503", "over\n\"loaded\"", 12.04});
    error.attempts.push_back({"claude/claude/opus", 0, "connect", "refused", 3});
    CHECK(
        to_json(error) ==
        R"({"error":{"message":"m","type":"server_error","param":"messages","code":null,"ogem":{"who":"provider","attempts":[)"
        R"({"route":"openai/openai/gpt-4","status":503,"outcome":"503","message":"over\n\"loaded\"","ms":12},)"
        R"({"route":"claude/claude/opus","status":null,"outcome":"connect","message":"refused","ms":3}]}}})");
}

TEST_CASE("an error stays valid JSON on one line whatever a provider said") {
    const auto text = to_json({"\xff\n\"\\\x01", "t", "", "", "provider", {}});
    CHECK(text.find('\n') == std::string::npos);
    CHECK(ogem::json::parse(text));
}
