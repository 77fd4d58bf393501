#include "auth/authorizer.h"

#include "auth/keyring.h"
#include "auth/support/keys.h"
#include "auth/support/life.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::auth;
using namespace ogem::test;

namespace {

// What an authorizer with a key says at once.
std::string lines_of(const Result<Authorizer>& authorizer) {
    REQUIRE(authorizer);
    auto task = authorizer->authorization(TimePoint::max());
    task.start();
    REQUIRE(task.done());
    const auto got = task.await_resume();
    CHECK(got->serial() == 0);
    CHECK_FALSE(authorizer->refused(*got));
    return got->lines().reveal();
}

}  // namespace

TEST_CASE("a key is sent the way its provider wants it") {
    const Secret key("sk-1");
    CHECK(lines_of(Authorizer::of_key("Authorization", "Bearer", key)) == bearer("sk-1"));
    CHECK(lines_of(Authorizer::of_key("x-api-key", "", key)) == "x-api-key: sk-1\r\n");
}

TEST_CASE("a key that would break the request is refused and not shown") {
    for (const auto* key : {"", "a\r\nx-evil: 1", "a\n"}) {
        const auto authorizer = Authorizer::of_key("Authorization", "Bearer", Secret(key));
        REQUIRE_FALSE(authorizer);
        CHECK(authorizer.error().message.find("evil") == std::string::npos);
    }
}

TEST_CASE("an authorizer of tokens gives what its source gives") {
    Life life;
    life.plan(token("one"));
    life.plan(token("two"));
    life.run([](Life& l) -> Task<> {
        const auto authorizer = Authorizer::of_tokens(l.source);
        auto first_task = authorizer.authorization(TimePoint::max());
        const auto first = co_await first_task;
        CHECK(first->lines().reveal() == bearer("one"));
        CHECK(authorizer.refused(*first));
        auto second_task = authorizer.authorization(TimePoint::max());
        const auto second = co_await second_task;
        CHECK(second->lines().reveal() == bearer("two"));
    });
}

TEST_CASE("one identity has one source as long as anybody holds it, a reload included") {
    net::Loop loop;
    ScriptedSender outward(loop), direct(loop);
    Keyring keyring(loop, outward, direct);
    auto source = keyring.source_of(user());
    CHECK(keyring.source_of(user()) == source);
    CHECK(keyring.source_of(user("other")) != source);
    CHECK(keyring.source_of(account()) != source);
    const std::weak_ptr<TokenSource> old = source;
    source.reset();
    CHECK(old.expired());
    CHECK(keyring.source_of(user()));
}

TEST_CASE("the metadata server is asked directly, everyone else where the proxy may be") {
    for (const auto& credentials : {user(), machine()}) {
        net::Loop loop;
        ScriptedSender outward(loop), direct(loop);
        Keyring keyring(loop, outward, direct);
        const auto source = keyring.source_of(credentials);
        auto task = source->authorization(TimePoint::max());
        task.start();
        const bool local = std::holds_alternative<google::MetadataServer>(credentials.holder);
        CHECK(outward.asked().size() == (local ? 0 : 1));
        CHECK(direct.asked().size() == (local ? 1 : 0));
    }
}
