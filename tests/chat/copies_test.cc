#include "chat/copies.h"

#include "chat/answer.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::chat;

namespace {

std::vector<Event> copy(const std::string& name, std::int64_t tokens) {
    return {Started{name, 0},
            Text{0, "text of " + name},
            CallStarted{0, 0, "call_" + name, "f", false},
            CallArguments{0, 0, "{}"},
            CallEnded{0, 0},
            Used{{10, tokens, 3, {}, {}}},
            Finished{0, Finish::tool_calls},
            Ended{}};
}

}  // namespace

TEST_CASE("several answers of one choice are one answer of several choices (pitfall 33)") {
    const auto a = copy("a", 1), b = copy("b", 5);
    // One behind the other, and side by side.
    for (const bool woven : {false, true}) {
        Copies copies(2);
        Events out;
        for (std::size_t i = 0; i < 2 * a.size(); ++i) {
            const bool first = woven ? i % 2 == 0 : i < a.size();
            const auto at = woven ? i / 2 : i % a.size();
            copies.take(first ? 0 : 1, first ? a[at] : b[at], out);
            CHECK(out.lifecycle().over() == (i + 1 == 2 * a.size()));
        }
        CHECK(std::holds_alternative<Ended>(out.all().back()));
        const auto answer = fold(out.all());
        CHECK(answer.id == "a");
        REQUIRE(answer.choices.size() == 2);
        CHECK(answer.choices[0].text == "text of a");
        CHECK(answer.choices[1].text == "text of b");
        CHECK(answer.choices[1].calls.at(0).id == "call_b");
        CHECK(answer.usage == Usage{20, 6, 6, {}, {}});
    }
}

TEST_CASE("when one copy fails, all have failed, and nothing follows") {
    Copies copies(2);
    Events out;
    for (const auto& event : copy("a", 1)) copies.take(0, event, out);
    Failure failure;
    failure.error.message = "broken";
    copies.take(1, Started{"b", 0}, out);
    copies.take(1, Failed{failure}, out);
    const auto count = out.all().size();
    CHECK(std::get<Failed>(out.all().back()).failure.error.message == "broken");
    copies.take(1, Text{0, "more"}, out);
    CHECK(out.all().size() == count);
}
