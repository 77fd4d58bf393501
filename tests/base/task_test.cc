#include "base/task.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using ogem::Task;

namespace {

// Suspends whoever awaits it until resume() is called.
struct Gate {
    std::coroutine_handle<> waiting;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) noexcept { waiting = handle; }
    void await_resume() const noexcept {}
    void open() { std::exchange(waiting, nullptr).resume(); }
};

struct Note {
    std::vector<std::string>& log;
    std::string text;
    Note(std::vector<std::string>& l, std::string t) : log(l), text(std::move(t)) {}
    ~Note() { log.push_back(text); }
};

Task<int> inner(Gate& gate, std::vector<std::string>& log) {
    const Note note(log, "inner gone");
    co_await gate;
    co_return 42;
}

Task<> outer(Gate& gate, std::vector<std::string>& log) {
    const Note note(log, "outer gone");
    const int answer = co_await inner(gate, log);
    log.push_back("answer " + std::to_string(answer));
}

}  // namespace

TEST_CASE("a task starts when awaited and hands its value to its parent") {
    Gate gate;
    std::vector<std::string> log;
    auto task = outer(gate, log);
    CHECK_FALSE(gate.waiting);
    task.start();
    REQUIRE(gate.waiting);
    gate.open();
    CHECK(task.done());
    CHECK(log == std::vector<std::string>{"inner gone", "answer 42", "outer gone"});
}

TEST_CASE("destroying a suspended task destroys what it awaits, innermost first") {
    Gate gate;
    std::vector<std::string> log;
    {
        auto task = outer(gate, log);
        task.start();
    }
    CHECK(log == std::vector<std::string>{"inner gone", "outer gone"});
}
