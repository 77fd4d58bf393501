// A token source whose endpoint refuses, fails, floods, or breaks off.
#include "auth/support/has.h"
#include "auth/support/life.h"
#include "auth/support/stderr.h"
#include "auth/token_source.h"
#include "base/text.h"

#include <doctest/doctest.h>

#include <string>

using namespace ogem;
using namespace ogem::auth;
using namespace ogem::test;

namespace {

const Script kInvalidGrant = whole(400, R"({"error":"invalid_grant","error_description":"gone"})");
const Script kTrouble = whole(503, "");

}  // namespace

TEST_CASE("trouble that may pass is tried again within the same renewal") {
    Life life;
    life.plan(kTrouble);
    life.plan(refusal(Kind::connection, "connection reset"));
    life.plan(token("one"));
    life.run([](Life& l) -> Task<> {
        const auto lines = co_await l.get();
        CHECK(lines == bearer("one"));
        CHECK(l.asked() == 3);
    });
}

TEST_CASE("when trouble lasts, everyone who waits is told, and nobody asks again for a while") {
    Life life;
    for (int i = 0; i < 3; ++i) life.plan(kTrouble);
    life.plan(token("one"));
    life.run([](Life& l) -> Task<> {
        auto& caller = l.ask();
        const auto error = co_await l.get();
        CHECK(has(error, "ERROR: http://token.test/t gives no token for /user.json"));
        CHECK(has(error, "HTTP 503"));
        CHECK(Life::told(caller) == error);
        CHECK(caller.got->error().kind == Kind::upstream);
        CHECK(caller.got->error().retry_after == 5s);
        l.pass(4s);
        const auto& resting = l.ask();
        CHECK(Life::told(resting) == error);
        CHECK(resting.got->error().retry_after == 1s);
        CHECK(l.asked() == 3);
        l.pass(1s);
        const auto lines = co_await l.get();
        CHECK(lines == bearer("one"));
    });
}

TEST_CASE("each renewal that fails rests twice as long as the one before, at most a minute") {
    Life life;
    for (int i = 0; i < 30; ++i) life.plan(refusal(Kind::connection, "refused"));
    life.run([](Life& l) -> Task<> {
        std::string rests;
        for (int i = 0; i < 6; ++i) {
            auto error = co_await l.get();
            const auto rest = l.ask().got->error().retry_after;
            append(rests, rest / 1s, ' ');
            l.pass(rest);
        }
        CHECK(rests == "5 10 20 40 60 60 ");
        CHECK(l.asked() == 18);
    });
}

TEST_CASE("a long Retry-After is waited for in rest, not by the callers") {
    Life life;
    life.plan(with_header(kTrouble, "Retry-After", "90"));
    life.run([](Life& l) -> Task<> {
        auto error = co_await l.get();
        CHECK(l.asked() == 1);
        CHECK(l.ask().got->error().retry_after == 90s);
    });
}

TEST_CASE("a refusal that only a human can lift is not tried again, and rests at once") {
    Life life;
    life.plan(kInvalidGrant);
    life.run([](Life& l) -> Task<> {
        auto& caller = l.ask();
        const auto error = co_await l.get();
        CHECK(has(error, "log in again"));
        CHECK(caller.got->error().kind == Kind::unauthorized);
        CHECK(l.asked() == 1);
        l.pass(59s);
        CHECK(Life::told(l.ask()) == error);
        CHECK(l.asked() == 1);
    });
}

TEST_CASE(
    "a token that is still good is served although its renewal fails, and that is told once") {
    const Stderr said;
    Life life;
    life.plan(token("ya29.first"));
    life.plan(kInvalidGrant);
    life.plan(token("ya29.second"));
    life.run([](Life& l) -> Task<> {
        auto first = co_await l.get();
        l.pass(1h - 200s);
        for (int i = 0; i < 4; ++i) {
            const auto lines = co_await l.get();
            CHECK(lines == bearer("ya29.first"));
            auto wait = l.pause(1ms);
            co_await wait;
        }
        CHECK(l.asked() == 2);
        l.pass(60s);
        auto again = co_await l.get();
        auto wait = l.pause(1ms);
        co_await wait;
        CHECK(Life::told(l.ask()) == bearer("ya29.second"));
    });
    const auto text = said.text();
    CHECK(split(text, '\n').size() == 3);  // two lines
    CHECK(has(text, "token not renewed, the old one is still good"));
    CHECK(has(text, "invalid_grant: gone; log in again"));
    CHECK(has(text, "token renewed"));
    for (const auto* secret : {"ya29", "d-very-secret", "1//0refresh-me"})
        CHECK(!has(text, secret));
}

TEST_CASE("a token whose renewal failed is not served after its end") {
    Life life;
    life.plan(token("one"));
    life.plan(kInvalidGrant);
    life.run([](Life& l) -> Task<> {
        auto first = co_await l.get();
        l.pass(1h - 30s);
        auto second = co_await l.get();
        CHECK(second == bearer("one"));
        auto wait = l.pause(1ms);
        co_await wait;
        l.pass(31s);
        const auto error = co_await l.get();
        CHECK(has(error, "invalid_grant"));
    });
}

TEST_CASE("who waits because the token has expired is told when its renewal fails") {
    Life life;
    life.plan(token("one"));
    life.plan(kInvalidGrant);
    life.run([](Life& l) -> Task<> {
        auto first = co_await l.get();
        l.pass(1h);
        const auto error = co_await l.get();
        CHECK(has(error, "ERROR: "));
        CHECK(has(error, "invalid_grant"));
    });
}

TEST_CASE("an endpoint that floods, stalls or breaks off gives no token and is left") {
    auto flood = whole(200, "");
    for (int i = 0; i < 160; ++i) flood.pieces.push_back({std::string(64 << 10, ' '), {}});
    auto broken = whole(200, R"({"access_token":)");
    broken.broken = Error{.kind = Kind::connection, .message = "cut short"};
    for (const auto& script : {flood, broken, whole(200, "<html>"), whole(302, "")}) {
        Life life;
        life.plan(script);
        life.plan(token("one"));
        life.run([](Life& l) -> Task<> {
            auto first = co_await l.get();
            CHECK(l.endpoint.asked()[0]->closed);
            CHECK(l.endpoint.asked()[0]->pieces_read <= 3);
            l.pass(1min);
            const auto lines = co_await l.get();
            CHECK(lines == bearer("one"));
        });
    }
}
