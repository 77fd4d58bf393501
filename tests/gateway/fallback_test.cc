// The request loop (behaviour.md 4.4, contract section 9.3-9.6) seen from the client.
#include "gateway/support/answers.h"
#include "gateway/support/house.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::test;

namespace {

const std::string kQuestion = R"({"model":"gpt","messages":[]})";

std::string question_to(const std::string& model) {
    return cat(R"({"model":")", model, R"(","messages":[]})");
}

}  // namespace

TEST_CASE("when the first provider answers 503 the second one's answer is the answer (C4)") {
    House house{"one", "two"};
    house.plan("one", whole(503, error_of("busy")));
    house.plan("two", whole(200, completion("hello")));
    house.ask(kQuestion);
    CHECK(house.asked() == "one two");
    CHECK(house.client.status == 200);
    CHECK(house.client.body == completion("hello"));
    CHECK(house.client.content_type == "application/json");
    CHECK_FALSE(house.client.failure);
}

TEST_CASE("the headers tell the real route and every attempt (contract 6)") {
    House house{"one", "two"};
    house.plan("one", whole(503, error_of("busy")));
    house.plan("two", whole(200, completion("hello")));
    house.ask(kQuestion);
    CHECK(house.client.field("x-ogem-provider") == "two");
    CHECK(house.client.field("x-ogem-region") == "two");
    CHECK(house.client.field("x-ogem-model") == "gpt");
    const auto attempts = house.client.field("x-ogem-attempts");
    CHECK(attempts.starts_with("one/one=503;"));
    CHECK(attempts.find(", two/two=200;") != std::string::npos);
    CHECK(house.client.field("server-timing").starts_with("ogem;dur="));
}

TEST_CASE("a provider that cannot be reached is told by a word where no status came") {
    House house{"one", "two", "three", "four"};
    house.plan("one", refusal(Kind::connection, "Connection refused"));
    house.plan("two", refusal(Kind::tls, "certificate has expired"));
    house.plan("three", refusal(Kind::timeout, "no answer in time"));
    house.plan("four", whole(200, completion("hello")));
    house.ask(question_to("one/gpt,two/gpt,three/gpt,four/gpt"));
    const auto attempts = house.client.field("x-ogem-attempts");
    for (const auto* part : {"one/one=connect;", "two/two=tls;", "three/three=timeout;"})
        CHECK_MESSAGE(attempts.find(part) != std::string::npos, attempts);
}

TEST_CASE("every failure that is not the client's moves on to the next provider (4.4)") {
    for (const int status : {401, 402, 403, 408, 429, 500, 502, 503, 504, 529, 302, 204}) {
        CAPTURE(status);
        House house{"one", "two"};
        house.plan("one", whole(status, error_of("no")));
        house.plan("two", whole(200, completion("hello")));
        house.ask(kQuestion);
        CHECK(house.asked() == "one two");
        CHECK(house.client.body == completion("hello"));
    }
}

TEST_CASE("a client error skips the element's other providers and tries the next element (9.5)") {
    for (const int status : {400, 404, 413, 422}) {
        CAPTURE(status);
        House house(config_of({provider("one"), provider("two"), provider("three", {"other"})}));
        house.plan("one", whole(status, error_of("too long", "invalid_request_error")));
        house.plan("three", whole(200, completion("hello", "other")));
        house.ask(question_to("gpt, other"));
        CHECK(house.asked() == "one three");
        CHECK(house.client.status == 200);
    }
}

TEST_CASE("when nothing worked the last client error comes through verbatim (9.5, O-8)") {
    House house(config_of({provider("one"), provider("two", {"other"})}));
    house.plan("one", whole(400, R"({"error":{"message":"maximum context length is 8192 tokens",)"
                                 R"("type":"invalid_request_error","param":"messages",)"
                                 R"("code":"context_length_exceeded"}})"));
    house.plan("two", whole(500, error_of("boom")));
    house.ask(question_to("gpt, other"));
    REQUIRE(house.client.failure);
    const auto& failure = *house.client.failure;
    CHECK(failure.error.kind == Kind::invalid);
    CHECK(failure.error.upstream_status == 400);
    CHECK(failure.type == "invalid_request_error");
    CHECK(failure.code == "context_length_exceeded");
    CHECK(failure.param == "messages");
    CHECK(failure.error.message == "one/one/gpt: maximum context length is 8192 tokens");
    REQUIRE(failure.attempts.size() == 2);
    CHECK(failure.attempts[1].outcome == "500");
    CHECK(house.client.field("x-ogem-attempts").find("two/two=500;") != std::string::npos);
}

TEST_CASE("a provider that refuses our own key is no fault of the client's (9.6)") {
    for (const int status : {401, 403}) {
        CAPTURE(status);
        House house{"one"};
        house.plan("one", whole(status, error_of("bad key", "authentication_error", "x")));
        house.ask(kQuestion);
        REQUIRE(house.client.failure);
        CHECK(house.client.failure->error.kind == Kind::unavailable);
        CHECK(house.client.failure->code == "upstream_auth");
        CHECK(house.client.failure->type.empty());
        CHECK_FALSE(house.client.failure->by_client);
    }
}

TEST_CASE("a provider's Retry-After reaches the client (4.4)") {
    House house{"one"};
    house.plan("one", with_header(whole(429, error_of("slow down")), "Retry-After", "7"));
    house.ask(kQuestion);
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::limited);
    CHECK(house.client.failure->error.retry_after == 7s);
}

TEST_CASE("an element is tried max_attempts times, then the chain goes on") {
    auto config = config_of({provider("one"), provider("two"), provider("three", {"other"})});
    config->routing.max_attempts = 1;
    House house(config);
    house.plan("three", whole(200, completion("hello", "other")));
    house.ask(question_to("gpt, other"));
    CHECK(house.asked() == "one three");
}

TEST_CASE("no provider is asked twice for one request, since it could bill twice") {
    House house{"one", "two"};
    house.ask(question_to("gpt, one/gpt, two/gpt, gpt"));
    CHECK(house.asked() == "one two");
    CHECK(house.client.failure);
}

TEST_CASE("an unknown model and a broken body are told without asking anybody") {
    for (const std::string body :
         {R"({"model":"gtp"})", R"({"model":5})", "[]", "", R"({"messages":[]})"}) {
        CAPTURE(body);
        House house{"one"};
        house.ask(body);
        REQUIRE(house.client.failure);
        CHECK(house.client.failure->by_client);
        CHECK(house.asked().empty());
    }
}

TEST_CASE("every Transfer is closed before the next provider is asked, and after the answer") {
    House house{"one", "two"};
    house.plan("one", whole(503, error_of("busy")));
    house.plan("two", whole(200, completion("hello")));
    house.ask(kQuestion);
    CHECK(house.request(0).closed);
    CHECK(house.request(1).closed);
}

namespace {

// Who is asked when "one" takes the request, or part of it, and says nothing; "two" would answer.
std::string asked_after_silence(config::RetryAmbiguous policy, net::Sent sent,
                                const std::string& model = "gpt") {
    auto config = config_of({provider("one"), provider("two")});
    config->routing.retry_ambiguous = policy;
    House house(config);
    for (int i = 0; i < 5; ++i) {
        auto silent = refusal(Kind::connection, "the connection was reset");
        silent.sent = sent;
        house.plan("one", std::move(silent));
    }
    house.plan("two", whole(200, completion("hello")));
    house.ask(question_to(model));
    return house.asked();
}

}  // namespace

TEST_CASE("a request that may have been charged is repeated as retry_ambiguous says (9.4)") {
    using config::RetryAmbiguous;
    const auto all = net::Sent::everything;
    CHECK(asked_after_silence(RetryAmbiguous::elsewhere, all) == "one two");
    CHECK(asked_after_silence(RetryAmbiguous::elsewhere, all, "one/gpt") == "one");
    CHECK(asked_after_silence(RetryAmbiguous::never, all) == "one");
    CHECK(asked_after_silence(RetryAmbiguous::always, all) == "one two");
    CHECK(asked_after_silence(RetryAmbiguous::always, all, "one/gpt") == "one one one");
    CHECK(asked_after_silence(RetryAmbiguous::always, all, "one/gpt,two/gpt") == "one one one two");
}

TEST_CASE("a request that was not sent whole was not charged: every policy moves on") {
    using config::RetryAmbiguous;
    for (const auto sent : {net::Sent::nothing, net::Sent::partly})
        for (const auto policy :
             {RetryAmbiguous::never, RetryAmbiguous::elsewhere, RetryAmbiguous::always}) {
            CHECK(asked_after_silence(policy, sent) == "one two");
            CHECK(asked_after_silence(policy, sent, "one/gpt") == "one");
        }
}

TEST_CASE("with `always` an endpoint that answers the second time has answered") {
    auto config = config_of({provider("one")});
    config->routing.retry_ambiguous = config::RetryAmbiguous::always;
    House house(config);
    house.plan("one", refusal(Kind::timeout, "no answer in time"));
    house.plan("one", whole(200, completion("hello")));
    house.ask(kQuestion);
    CHECK(house.client.body == completion("hello"));
    CHECK(house.client.field("x-ogem-attempts").starts_with("one/one=timeout;"));
}
