#include "gateway/remembered.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

using namespace ogem;
using namespace ogem::gateway;

namespace {

constexpr const char* kClaude = "claude/claude-sonnet-4-5";
constexpr const char* kBlock = R"({"type":"thinking","thinking":"Hm","signature":"c2ln"})";

// A turn that called a tool, its result, and what the client asks next.
chat::Request conversation(std::vector<std::string> call_ids) {
    chat::Request request;
    chat::Message turn;
    turn.role = chat::Role::assistant;
    for (auto& id : call_ids) turn.calls.push_back({std::move(id), "f", "{}", false, ""});
    request.messages = {{}, turn, {}};
    return request;
}

Remembered::Memory thought(std::string origin = kClaude) {
    return {std::move(origin), {kBlock}, "sig"};
}

}  // namespace

TEST_CASE("what a client dropped is put back for the endpoint that made it (pitfalls 14 and 16)") {
    Remembered remembered;
    remembered.keep("a", thought());
    const auto request = conversation({"a", "b"});
    const auto whole = remembered.restored(request, kClaude);
    REQUIRE(whole);
    CHECK(whole->messages[1].thinking == std::vector<chat::Json>{kBlock});
    CHECK(whole->messages[1].calls[0].signature == "sig");
    CHECK(whole->messages[1].calls[1].signature == "");
    CHECK(request.messages[1].thinking.empty());  // shared with the next attempt (pitfall 47)
}

TEST_CASE("nothing is put back for another provider or model (pitfall 15)") {
    Remembered remembered;
    remembered.keep("a", thought());
    CHECK_FALSE(remembered.restored(conversation({"a"}), "claude/claude-opus-4-5"));
    CHECK_FALSE(remembered.restored(conversation({"a"}), "vclaude/claude-sonnet-4-5"));
    CHECK_FALSE(remembered.restored(conversation({"b"}), kClaude));
    CHECK_FALSE(remembered.restored(conversation({}), kClaude));
}

TEST_CASE("what the client kept itself stays as it is") {
    Remembered remembered;
    remembered.keep("a", thought());
    auto request = conversation({"a"});
    request.messages[1].thinking = {"{}"};
    request.messages[1].calls[0].signature = "own";
    const auto whole = remembered.restored(request, kClaude);
    REQUIRE(whole);
    CHECK(whole->messages == request.messages);
}

TEST_CASE("the memory is bounded and forgets what was not used for the longest time") {
    Remembered remembered(10'000);
    for (int i = 0; i < 1000; ++i) {
        remembered.keep("call_" + std::to_string(i), thought());
        CHECK(remembered.restored(conversation({"call_0"}), kClaude));
        CHECK(remembered.bytes() <= 10'000);
    }
    CHECK_FALSE(remembered.restored(conversation({"call_1"}), kClaude));
    CHECK(remembered.restored(conversation({"call_999"}), kClaude));
}

TEST_CASE("a memory that would push out all others is not kept") {
    Remembered remembered(10'000);
    remembered.keep("small", thought());
    remembered.keep("large", {kClaude, {std::string(2'000, 'x')}, ""});
    CHECK(remembered.restored(conversation({"small"}), kClaude));
    CHECK_FALSE(remembered.restored(conversation({"large"}), kClaude));
}

TEST_CASE("keeping again replaces") {
    Remembered remembered;
    remembered.keep("a", thought());
    const auto bytes = remembered.bytes();
    remembered.keep("a", {kClaude, {kBlock}, "new"});
    CHECK(remembered.bytes() == bytes);
    CHECK(remembered.restored(conversation({"a"}), kClaude)->messages[1].calls[0].signature ==
          "new");
}

TEST_CASE("workers share it") {
    Remembered remembered(20'000);
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker)
        workers.emplace_back([&remembered, worker] {
            for (int i = 0; i < 500; ++i) {
                const auto id = std::to_string(worker) + "_" + std::to_string(i);
                remembered.keep(id, thought());
                remembered.restored(conversation({id, "0_1", "1_2"}), kClaude);
            }
        });
    for (auto& worker : workers) worker.join();
    CHECK(remembered.bytes() <= 20'000);
}
