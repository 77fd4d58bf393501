// How long a request lives: its deadline, its client, and what it leaves behind.
#include "gateway/support/answers.h"
#include "gateway/support/house.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::test;

namespace {

const std::string kQuestion = R"({"model":"gpt"})";

Script slow(Duration head_after) {
    auto script = whole(200, completion("late"));
    script.head_after = head_after;
    return script;
}

}  // namespace

TEST_CASE("request_timeout ends a request, and nobody is asked after it (4.4)") {
    auto config = config_of({provider("one"), provider("two")});
    config->request_timeout = 60ms;
    House house(config);
    house.plan("one", slow(5s));
    house.plan("two", whole(200, completion("x")));
    const auto began = Clock::now();
    house.ask(kQuestion);
    CHECK(Clock::now() - began < 2s);
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::timeout);
    CHECK(house.asked() == "one");
}

TEST_CASE("x-ogem-timeout is the client's own wish (contract 6)") {
    House house{"one"};
    house.plan("one", slow(5s));
    house.ask(kQuestion, {{"X-Ogem-Timeout", "50ms"}});
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::timeout);
}

TEST_CASE("the built-in mock keeps to the client's deadline like any other provider") {
    auto mock = provider("mock", {"echo"});
    mock.protocol = config::Protocol::mock;
    const std::string body =
        R"({"model":"mock/echo","messages":[{"role":"user","content":"a b c"}]})";
    House house(config_of({mock}));
    house.ask(body, {{"x-ogem-timeout", "50ms"}, {"x-mock-delay", "5s"}});
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::timeout);
    House in_time(config_of({mock}));
    in_time.ask(body, {{"x-ogem-timeout", "5s"}, {"x-mock-delay", "20ms"}});
    CHECK(in_time.client.status == 200);
}

TEST_CASE("a provider that is slow to begin is left for the next one (promises A)") {
    auto one = provider("one");
    one.timeout.first_byte = 40ms;
    House house(config_of({one, provider("two")}));
    house.plan("one", slow(5s));
    house.plan("two", whole(200, completion("x")));
    house.ask(kQuestion);
    CHECK(house.client.body == completion("x"));
    CHECK(house.client.field("x-ogem-attempts").starts_with("one/one=timeout;"));
}

TEST_CASE("each provider gets its own deadlines, and its credential class its own connections") {
    auto one = provider("one");
    one.timeout = {1s, 2s, 3s, 4s};
    House house(config_of({one}));
    house.ask(kQuestion);
    const auto& asked = house.request(0);
    CHECK(asked.deadlines.connect == 1s);
    CHECK(asked.deadlines.first_byte == 2s);
    CHECK(asked.deadlines.idle == 3s);
    CHECK(asked.deadlines.keepalive == 4s);
    CHECK(asked.credential_class == "one");
}

TEST_CASE("a client that leaves takes its upstream request with it, in every phase (promise 3)") {
    House house{"one"};
    SUBCASE("before the head") {
        house.plan("one", slow(5s));
    }
    SUBCASE("in the middle of the body") {
        auto script = whole(200, completion("half").substr(0, 20));
        script.stalls = true;
        house.plan("one", std::move(script));
    }
    SUBCASE("in the middle of an error") {
        auto script = whole(500, "{");
        script.stalls = true;
        house.plan("one", std::move(script));
    }
    house.ask_and_leave(kQuestion, 20ms);
    CHECK(house.request(0).closed);
    CHECK(house.client.status == 0);
    CHECK(house.gateway.generation()->traffic[0]->in_flight == 0);
}

TEST_CASE("on_client_gone other than cancel lets the request go on") {
    for (const auto policy :
         {config::OnClientGone::drain, config::OnClientGone::finish_and_cache}) {
        auto one = provider("one");
        one.on_client_gone = policy;
        House house(config_of({one}));
        house.plan("one", whole(200, completion("x")));
        house.ask(kQuestion);
        CHECK(house.client.request_goes_on);
    }
    House house{"one"};
    house.plan("one", whole(200, completion("x")));
    house.ask(kQuestion);
    CHECK_FALSE(house.client.request_goes_on);
}

TEST_CASE("each provider's own policy counts when it is asked") {
    auto one = provider("one");
    one.on_client_gone = config::OnClientGone::drain;
    House house(config_of({one, provider("two")}));
    house.plan("one", whole(500, error_of("x")));
    house.plan("two", whole(200, completion("x")));
    house.ask(kQuestion);
    CHECK(house.asked() == "one two");
    CHECK_FALSE(house.client.request_goes_on);
}

TEST_CASE("what a client left behind is finished, counted, and not asked for elsewhere (drain)") {
    auto one = provider("one");
    one.on_client_gone = config::OnClientGone::drain;
    House house(config_of({one, provider("two")}));
    house.client.gone = true;
    SUBCASE("answered") {
        house.plan("one", whole(200, completion("x")));
        house.ask(kQuestion);
        CHECK(house.gateway.generation()->traffic[0]->completion_tokens == 2);
    }
    SUBCASE("failed") {
        house.plan("one", whole(500, error_of("x")));
        house.ask(kQuestion);
    }
    CHECK(house.asked() == "one");
}

TEST_CASE("an answer that memory_limit has no room for ends the request for good") {
    House house{"one", "two"};
    house.all_memory.set_limit(1 << 20);
    std::string body = kQuestion;
    SUBCASE("whole") {
        house.plan("one", whole(200, completion(std::string(400'000, 'x'))));
    }
    SUBCASE("as one event of a stream") {
        body = R"({"model":"gpt","stream":true})";
        const auto event = text_event(std::string(400'000, 'x'));
        house.plan("one", streamed({event.substr(0, 300'000), event.substr(300'000), kDone}));
    }
    house.plan("two", whole(200, completion("x")));
    house.ask(body);
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::overloaded);
    CHECK(house.client.field("x-ogem-attempts").starts_with("one/one=overloaded;"));
    CHECK(house.asked() == "one");
    CHECK(house.request(0).closed);
    CHECK(house.gateway.generation()->traffic[0]->consecutive_failures == 0);
    CHECK(house.all_memory.held() == 0);
}

TEST_CASE("only the endpoint's own failures count against its health (4.16)") {
    const auto failures_in_a_row = [](Script script) {
        House house{"one"};
        house.plan("one", std::move(script));
        house.ask(kQuestion);
        return house.gateway.generation()->traffic[0]->consecutive_failures.load();
    };
    for (const int status : {400, 404, 413, 422, 429})
        CHECK_MESSAGE(failures_in_a_row(whole(status, error_of("x"))) == 0, status);
    for (const int status : {401, 403, 500, 503})
        CHECK_MESSAGE(failures_in_a_row(whole(status, error_of("x"))) == 1, status);
    CHECK(failures_in_a_row(refusal(Kind::connection, "Connection refused")) == 1);
    CHECK(failures_in_a_row(whole(200, "")) == 1);
}

TEST_CASE("a bad request after failures does not make an endpoint healthy again") {
    auto traffic = std::make_shared<gateway::Traffic>();
    const auto config = config_of({provider("one")});
    for (const int status : {500, 500, 400}) {
        House house(config, traffic);
        house.plan("one", whole(status, error_of("x")));
        house.ask(kQuestion);
        if (status == 400) CHECK(house.gateway.generation()->traffic[0]->consecutive_failures == 2);
    }
}
