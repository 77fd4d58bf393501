// Streams: what commits, what ends, what is told when it breaks (promises 1 and 2).
#include "gateway/support/answers.h"
#include "gateway/support/house.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::test;

namespace {

const std::string kQuestion = R"({"model":"gpt","stream":true})";

}  // namespace

TEST_CASE("a stream passes event by event and ends with the provider's own [DONE]") {
    House house{"one"};
    house.plan("one",
               streamed({role_event(), text_event("he"), text_event("llo"), last_event(), kDone}));
    house.ask(kQuestion);
    CHECK(house.client.streamed);
    CHECK(house.client.ended);
    CHECK(house.client.body ==
          role_event() + text_event("he") + text_event("llo") + last_event() + kDone);
    CHECK(house.request(0).no_more_needed);
}

TEST_CASE("every chunk carries the model as the client typed it (4.17)") {
    House house{"one"};
    house.plan("one", streamed({text_event("a", "gpt-real"), text_event("b", "gpt-real"),
                                last_event(), kDone}));
    house.ask(R"({"model":"one/gpt","stream":true})");
    CHECK(house.client.body.starts_with(text_event("a", "one/gpt") + text_event("b", "one/gpt")));
    CHECK(house.client.body.find("gpt-real") == std::string::npos);
}

TEST_CASE("a provider that forgets [DONE] after a whole answer gets it added (promise 1)") {
    House house{"one"};
    house.plan("one", streamed({text_event("all"), last_event()}));
    house.ask(kQuestion);
    CHECK(house.client.ended);
    CHECK(house.client.body == text_event("all") + last_event() + kDone);
}

TEST_CASE("a clean end without finish_reason is a broken answer, not a complete one (promise 1)") {
    House house{"one", "two"};
    house.plan("one", streamed({text_event("half")}));
    house.ask(kQuestion);
    CHECK(house.client.body == text_event("half"));
    CHECK_FALSE(house.client.ended);
    REQUIRE(house.client.broke);
    CHECK(house.client.broke->error.kind == Kind::upstream);
    CHECK(house.asked() == "one");
}

TEST_CASE("[DONE] before any answer is a failure, not an empty answer (promise 1)") {
    House house{"one", "two"};
    house.plan("one", streamed({kDone}));
    house.plan("two", streamed({text_event("x"), last_event(), kDone}));
    house.ask(kQuestion);
    CHECK(house.client.body == text_event("x") + last_event() + kDone);
}

TEST_CASE("an error as the first event falls back unseen (promise 2)") {
    House house{"one", "two"};
    house.plan("one", streamed({role_event(), "data: " + error_of("overloaded") + "\n\n"}));
    house.plan("two", streamed({text_event("x"), last_event(), kDone}));
    house.ask(kQuestion);
    CHECK(house.client.body == text_event("x") + last_event() + kDone);
    CHECK(house.client.field("x-ogem-provider") == "two");
}

TEST_CASE("an error as the first event keeps the provider's words when nothing else worked") {
    House house{"one"};
    house.plan("one",
               streamed({"data: {\"error\":{\"message\":\"bad seed\",\"type\":"
                         "\"invalid_request_error\",\"param\":\"seed\",\"code\":400}}\n\n"}));
    house.ask(kQuestion);
    REQUIRE(house.client.failure);
    CHECK(house.client.failure->error.kind == Kind::invalid);
    CHECK(house.client.failure->error.upstream_status == 400);
    CHECK(house.client.failure->type == "invalid_request_error");
    CHECK(house.client.failure->param == "seed");
}

TEST_CASE("an error in the middle is told in-band with the provider's words, then nothing more") {
    House house{"one", "two"};
    house.plan("one", streamed({text_event("half"),
                                "data: " + error_of("GPU fell off", "cuda") + "\n\n"}));
    house.ask(kQuestion);
    CHECK(house.client.body == text_event("half"));
    REQUIRE(house.client.broke);
    CHECK(house.client.broke->error.message == "one/one/gpt: GPU fell off");
    CHECK(house.client.broke->type == "cuda");
    CHECK(house.asked() == "one");
}

TEST_CASE("an answer that is not an event stream falls back (promises A)") {
    for (const std::string type : {"application/json", "text/html", "text/plain"}) {
        CAPTURE(type);
        House house{"one", "two"};
        house.plan("one", with_header(whole(200, completion("x")), "Content-Type", type));
        house.plan("two", streamed({text_event("x"), last_event(), kDone}));
        house.ask(kQuestion);
        CHECK(house.client.ended);
        CHECK(house.asked() == "one two");
    }
}

TEST_CASE("what comes after the terminal event reaches nobody (promises A)") {
    House house{"one"};
    house.plan("one", streamed({text_event("x"), last_event() + kDone + text_event("extra"),
                                text_event("more")}));
    house.ask(kQuestion);
    CHECK(house.client.body == text_event("x") + last_event() + kDone);
}

TEST_CASE("headers wait for the first meaningful event and then leave with it (promise 2)") {
    House house{"one"};
    auto script = streamed({role_event(), text_event("x")});
    script.pieces[1].after = 60ms;
    script.stalls = true;
    house.plan("one", std::move(script));
    SUBCASE("before it") {
        house.ask_and_leave(kQuestion, 20ms);
        CHECK(house.client.status == 0);
    }
    SUBCASE("with it") {
        house.ask_and_leave(kQuestion, 200ms);
        CHECK(house.client.body == role_event() + text_event("x"));
    }
    CHECK(house.request(0).closed);
}

TEST_CASE("a provider that never says anything meaningful is given up after a megabyte") {
    std::string chatter;
    while (chatter.size() < 100'000) chatter += role_event();
    House house{"one", "two"};
    house.plan("one", streamed(std::vector<std::string>(12, chatter)));
    house.plan("two", streamed({text_event("x"), last_event(), kDone}));
    house.ask(kQuestion);
    CHECK(house.client.body == text_event("x") + last_event() + kDone);
}

TEST_CASE("a slow reader slows the provider; one that stops reading loses the stream (5)") {
    House house{"one"};
    house.plan("one", streamed(std::vector<std::string>(50, text_event("x"))));
    house.client.pending_limit = 1000;
    SUBCASE("slow: the provider is read no further meanwhile") {
        house.client.slowness = 1h;
        house.ask_and_leave(kQuestion, 50ms);
        CHECK(house.request(0).pieces_read > 0);
        CHECK(house.request(0).pieces_read < 50);
    }
    SUBCASE("slow: all of it arrives in the end") {
        house.client.slowness = 20ms;
        house.ask(kQuestion);
        CHECK(house.request(0).pieces_read == 50);
    }
    SUBCASE("stopped") {
        house.client.slowness = 1h;
        house.ask(kQuestion + std::string(), {{"x-ogem-timeout", "50ms"}});
        CHECK_FALSE(house.client.ended);
        CHECK(house.request(0).pieces_read < 50);
        CHECK(house.gateway.generation()->traffic[0]->failures == 0);
    }
    CHECK(house.request(0).closed);
}
