#include "auth/token_source.h"

#include "auth/support/has.h"
#include "auth/support/life.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::auth;
using namespace ogem::test;

namespace {

// Of two who wait for one token, the first or the second leaves.
Task<> one_leaves(Life& l, bool first_leaves) {
    auto& first = l.ask();
    auto& second = l.ask();
    (first_leaves ? first : second).task.reset();
    auto all = l.everybody();
    co_await all;
    CHECK(Life::told(first_leaves ? second : first) == bearer("one"));
    CHECK(l.asked() == 1);
}

}  // namespace

TEST_CASE("the first request fetches a token, the next ones use it") {
    Life life;
    life.plan(token("one"));
    life.run([](Life& l) -> Task<> {
        for (int i = 0; i < 3; ++i) {
            const auto lines = co_await l.get();
            CHECK(lines == bearer("one"));
            l.pass(10min);
        }
        CHECK(l.asked() == 1);
    });
}

TEST_CASE("a quota project goes with a user's token (x-goog-user-project)") {
    Life life(user("bill-me"));
    life.plan(token("one"));
    life.run([](Life& l) -> Task<> {
        const auto lines = co_await l.get();
        CHECK(lines == bearer("one") + "x-goog-user-project: bill-me\r\n");
    });
}

TEST_CASE("a service account's token brings no quota project") {
    Life life(account());
    life.plan(token("one"));
    life.run([](Life& l) -> Task<> {
        const auto lines = co_await l.get();
        CHECK(lines == bearer("one"));
        CHECK(l.endpoint.asked()[0]->body.find("assertion=") != std::string::npos);
    });
}

TEST_CASE("however many wait, one request is under way") {
    Life life;
    life.plan(after(30ms, token("one")));
    life.run([](Life& l) -> Task<> {
        auto& first = l.ask();
        auto& second = l.ask();
        const auto third = co_await l.get();
        CHECK(Life::told(first) == bearer("one"));
        CHECK(Life::told(second) == bearer("one"));
        CHECK(third == bearer("one"));
        CHECK(l.asked() == 1);
    });
}

TEST_CASE("one who leaves while waiting takes nothing from the others") {
    for (auto* story : {+[](Life& l) { return one_leaves(l, true); },
                        +[](Life& l) { return one_leaves(l, false); }}) {
        Life life;
        life.plan(after(30ms, token("one")));
        life.run(story);
    }
}

TEST_CASE("when all have left, the token still comes for the next one") {
    Life life;
    life.plan(after(30ms, token("one")));
    life.run([](Life& l) -> Task<> {
        l.ask().task.reset();
        const auto lines = co_await l.get();
        CHECK(lines == bearer("one"));
        CHECK(l.asked() == 1);
    });
}

TEST_CASE("a source that nobody holds any more ends its request") {
    Life life;
    life.plan(after(5s, token("one")));
    life.run([](Life& l) -> Task<> {
        auto& caller = l.ask();
        l.source.reset();
        CHECK_FALSE(l.endpoint.asked()[0]->closed);  // the caller holds it
        caller.task.reset();
        CHECK(l.endpoint.asked()[0]->closed);
        co_return;
    });
}

TEST_CASE("a caller may be all that holds a source, and gets its token") {
    Life life;
    life.plan(after(30ms, token("one")));
    life.run([](Life& l) -> Task<> {
        auto& caller = l.ask();
        l.source.reset();
        auto all = l.everybody();
        co_await all;
        CHECK(Life::told(caller) == bearer("one"));
    });
}

TEST_CASE("a source may be let go of just when its token has come") {
    Life life;
    life.plan(token("one"));
    life.run([](Life& l) -> Task<> {
        l.ask().task.reset();
        l.source.reset();
        auto wait = l.pause(30ms);
        co_await wait;
        CHECK(l.asked() == 1);
    });
}

TEST_CASE("a deadline ends a caller's wait, not the renewal") {
    Life life;
    life.plan(after(120ms, token("one")));
    life.run([](Life& l) -> Task<> {
        const auto late = co_await l.get(20ms);
        CHECK(late == "ERROR: no token for /user.json (a user's login) came in time");
        const auto lines = co_await l.get();
        CHECK(lines == bearer("one"));
        CHECK(l.asked() == 1);
    });
}

TEST_CASE("a stale token is served at once while the next one comes") {
    Life life;
    life.plan(token("one"));
    life.plan(after(30ms, token("two")));
    life.run([](Life& l) -> Task<> {
        auto first = co_await l.get();
        l.pass(1h - 200s);
        CHECK(Life::told(l.ask()) == bearer("one"));
        CHECK(Life::told(l.ask()) == bearer("one"));
        CHECK(l.asked() == 2);
        auto wait = l.pause(80ms);
        co_await wait;
        CHECK(Life::told(l.ask()) == bearer("two"));
        CHECK(l.asked() == 2);
    });
}

TEST_CASE("an expired token is never served") {
    Life life;
    life.plan(token("one"));
    life.plan(after(30ms, token("two")));
    life.run([](Life& l) -> Task<> {
        auto first = co_await l.get();
        l.pass(1h);
        const auto& caller = l.ask();
        CHECK(Life::told(caller) == "nothing");
        const auto lines = co_await l.get();
        CHECK(lines == bearer("two"));
        CHECK(Life::told(caller) == bearer("two"));
    });
}

TEST_CASE("after a suspend the token's age is seen on the wall clock") {
    Life life;
    life.plan(token("one"));
    life.plan(token("two"));
    life.run([](Life& l) -> Task<> {
        auto first = co_await l.get();
        l.sleep(8h);
        const auto lines = co_await l.get();
        CHECK(lines == bearer("two"));
    });
}

TEST_CASE("a token's life is counted from when it was asked for, not from when it came") {
    Life life;
    life.plan(after(30ms, token("one", 100)));
    life.plan(token("two"));
    life.run([](Life& l) -> Task<> {
        auto& caller = l.ask();
        l.pass(60s);
        auto all = l.everybody();
        co_await all;
        CHECK(Life::told(caller) == bearer("one"));
        l.pass(41s);
        const auto lines = co_await l.get();
        CHECK(lines == bearer("two"));
    });
}

TEST_CASE("a token that the API refuses is replaced once, however many were refused with it") {
    Life life;
    life.plan(token("one"));
    life.plan(token("two"));
    life.run([](Life& l) -> Task<> {
        auto lines = co_await l.get();
        const auto used = *l.ask().got;
        CHECK(l.source->refused(*used));
        CHECK(l.source->refused(*used));
        lines = co_await l.get();
        CHECK(lines == bearer("two"));
        CHECK(l.source->refused(*used));  // there is another one already
        CHECK(Life::told(l.ask()) == bearer("two"));
        CHECK(l.asked() == 2);
    });
}

TEST_CASE("an API that refuses every token does not make us fetch one for each request") {
    Life life;
    life.plan(token("one"));
    life.plan(token("two"));
    life.plan(token("three"));
    life.run([](Life& l) -> Task<> {
        auto lines = co_await l.get();
        CHECK(l.source->refused(**l.ask().got));
        lines = co_await l.get();
        for (int i = 0; i < 5; ++i) CHECK_FALSE(l.source->refused(**l.ask().got));
        CHECK(l.asked() == 2);
        l.pass(1min);
        CHECK(l.source->refused(**l.ask().got));
        lines = co_await l.get();
        CHECK(lines == bearer("three"));
    });
}

TEST_CASE("a refresh token that was rotated is used from then on") {
    Life life;
    life.plan(whole(200, R"({"access_token":"one","expires_in":60,"refresh_token":"r2"})"));
    life.plan(token("two"));
    life.run([](Life& l) -> Task<> {
        auto lines = co_await l.get();
        l.pass(61s);
        lines = co_await l.get();
        CHECK(has(l.endpoint.asked()[0]->body, "refresh_token=1%2F%2F0refresh-me"));
        CHECK(has(l.endpoint.asked()[1]->body, "refresh_token=r2"));
    });
}

TEST_CASE("the machine's token is asked of the metadata server, with less patience") {
    Life life(machine());
    life.plan(token("one"), "metadata.test");
    life.run([](Life& l) -> Task<> {
        const auto lines = co_await l.get();
        CHECK(lines == bearer("one"));
        const auto& asked = *l.endpoint.asked()[0];
        CHECK(asked.head.starts_with("GET /computeMetadata/v1/instance/service-accounts/"));
        CHECK(asked.deadlines.first_byte == 3s);
        CHECK(asked.deadlines.keepalive == 0s);
    });
}
