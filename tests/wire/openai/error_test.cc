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

TEST_CASE("a failure without words of its own gets those of its kind (behaviour 4.16)") {
    const auto filled = [](ogem::Kind kind, std::string type, std::string code) {
        fill_words(kind, type, code);
        return type + "/" + code;
    };
    CHECK(filled(ogem::Kind::upstream, "", "") == "server_error/upstream_error");
    CHECK(filled(ogem::Kind::limited, "", "") == "rate_limit_error/rate_limit_exceeded");
    CHECK(filled(ogem::Kind::invalid, "", "content_filter") ==
          "invalid_request_error/content_filter");
    CHECK(filled(ogem::Kind::upstream, "server_error", "") == "server_error/");
}

TEST_CASE("a provider's error body says all four keys, an absent code or param as null") {
    CHECK(error_body("no", "server_error", "") ==
          R"({"error":{"message":"no","type":"server_error","param":null,"code":null}})");
    CHECK(error_body("no", "t", "c", "p") ==
          R"({"error":{"message":"no","type":"t","param":"p","code":"c"}})");
}
