// Every conversation again, with a failure at each of its steps.
#include "gateway/support/answers.h"
#include "gateway/support/house.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::test;

namespace {

// A genuine stream. Its first two pieces say nothing worth committing for.
std::vector<std::string> good_pieces() {
    return {": ping\n\n",           role_event(), text_event("one says this"),
            text_event("and that"), last_event(), kDone};
}
constexpr std::size_t kCommits = 2;  // index of the first meaningful piece

const std::string kRescue = text_event("two says this") + last_event() + kDone;

enum class Fault { reset, clean_end, stall, error_event, garbage };

// The good stream with `fault` in the place of its piece `at`.
Script faulty(std::size_t at, Fault fault) {
    auto pieces = good_pieces();
    pieces.resize(at);
    if (fault == Fault::error_event) pieces.push_back("data: " + error_of("boom") + "\n\n");
    if (fault == Fault::garbage) pieces.push_back("data: {\"choices\":[{]\n\n");
    auto script = streamed(std::move(pieces));
    if (fault == Fault::reset) script.broken = Error{Kind::connection, "reset", 0, {}};
    script.stalls = fault == Fault::stall;
    return script;
}

std::shared_ptr<config::Config> impatient_config() {
    auto one = provider("one");
    one.timeout.idle = 25ms;
    return config_of({one, provider("two")});
}

std::string text_before(std::size_t at) {
    auto pieces = good_pieces();
    std::string out;
    for (std::size_t i = 1; i < at; ++i) out += pieces[i];  // pings are not passed on
    return out;
}

}  // namespace

TEST_CASE("a stream that fails at any step: rescued before the commit point, never glued after") {
    for (const auto fault :
         {Fault::reset, Fault::clean_end, Fault::stall, Fault::error_event, Fault::garbage}) {
        for (std::size_t at = 0; at < good_pieces().size(); ++at) {
            CAPTURE(static_cast<int>(fault));
            CAPTURE(at);
            House house(impatient_config());
            house.plan("one", faulty(at, fault));
            house.plan("two", streamed({text_event("two says this"), last_event(), kDone}));
            house.ask(R"({"model":"gpt","stream":true})");
            const bool whole_answer = at == good_pieces().size() - 1 && fault == Fault::clean_end;
            if (at <= kCommits) {
                CHECK(house.client.body == kRescue);
                CHECK(house.client.ended);
                CHECK(house.asked() == "one two");
            } else if (whole_answer) {
                CHECK(house.client.ended);
            } else {
                CHECK(house.client.body == text_before(at));
                CHECK_FALSE(house.client.ended);
                CHECK(house.client.broke);
                CHECK(house.asked() == "one");
            }
            for (const auto& asked : house.providers.asked()) CHECK(asked->closed);
        }
    }
}

TEST_CASE("a chain of providers that all fail tells each of them, whatever the order of failures") {
    const std::vector<Script> faults{refusal(Kind::connection, "Connection refused"),
                                     whole(503, error_of("busy")), whole(200, ""),
                                     whole(401, error_of("key")), faulty(1, Fault::reset)};
    for (const auto& first : faults)
        for (const auto& second : faults) {
            House house(impatient_config());
            house.plan("one", first);
            house.plan("two", second);
            house.ask(R"({"model":"gpt","stream":true})");
            REQUIRE(house.client.failure);
            CHECK(house.client.failure->attempts.size() == 2);
            CHECK_FALSE(house.client.failure->by_client);
            CHECK(house.client.body.empty());
        }
}

TEST_CASE("a client may leave at any step of a stream: the provider is let go (promise 3)") {
    for (std::size_t at = 0; at < good_pieces().size(); ++at) {
        CAPTURE(at);
        House house{"one", "two"};
        house.plan("one", faulty(at, Fault::stall));
        house.ask_and_leave(R"({"model":"gpt","stream":true})", 10ms);
        CHECK(house.request(0).closed);
        CHECK(house.asked() == "one");
        CHECK_FALSE(house.client.ended);
    }
}
