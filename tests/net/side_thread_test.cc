#include "net/side_thread.h"

#include "net/wait.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

using namespace ogem;
using namespace ogem::net;

namespace {

void run(Loop& loop) {
    Timer guard(loop, {[](void* self) { static_cast<Loop*>(self)->stop(); }, &loop});
    guard.arm(Clock::now() + 5s);
    loop.run();
    REQUIRE(guard.armed());
}

Task<> ask(SideThread& side, Loop& loop, int number, std::vector<int>& answers, std::size_t all) {
    auto job = [number] { return number * 2; };
    auto task = side.run(loop, std::move(job));
    const int answer = co_await task;
    CHECK(loop.is_inside());
    answers.push_back(answer);
    if (answers.size() == all) loop.stop();
}

}  // namespace

TEST_CASE("jobs run on the side, in order, and their results come back to the loop") {
    SideThread side;
    Loop loop;
    std::vector<int> answers;
    std::vector<Task<>> tasks;
    for (int i = 0; i < 100; ++i) tasks.push_back(ask(side, loop, i, answers, 100));
    for (auto& task : tasks) task.start();
    run(loop);
    REQUIRE(answers.size() == 100);
    for (int i = 0; i < 100; ++i) CHECK(answers[static_cast<std::size_t>(i)] == i * 2);
}

TEST_CASE("the loop goes on with its other work while a job takes its time") {
    SideThread side;
    Loop loop;
    std::atomic<bool> go_on = false;
    bool ran_meanwhile = false;
    auto wait = [](SideThread& thread, Loop& here, std::atomic<bool>& gate) -> Task<> {
        auto job = [&gate] {
            while (!gate) std::this_thread::yield();
            return 1;
        };
        auto task = thread.run(here, std::move(job));
        co_await task;
        here.stop();
    };
    auto task = wait(side, loop, go_on);
    task.start();
    loop.post([&] {
        ran_meanwhile = true;
        go_on = true;
    });
    run(loop);
    CHECK(ran_meanwhile);
}

TEST_CASE("a caller that leaves drops the result, and its loop may go") {
    SideThread side;
    std::atomic<bool> begun = false, go_on = false, ended = false;
    auto owned = std::make_shared<int>(7);
    const std::weak_ptr<int> watched = owned;
    {
        Loop loop;
        auto job = [&begun, &go_on, &ended, owned = std::move(owned)] {
            begun = true;
            while (!go_on) std::this_thread::yield();
            ended = true;
            return *owned;
        };
        auto task = side.run(loop, std::move(job));
        task.start();
        while (!begun) std::this_thread::yield();
        task.reset();
    }
    go_on = true;
    for (int i = 0; i < 5000 && !watched.expired(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK(ended);
    CHECK(watched.expired());
}

TEST_CASE("a result that was posted before its caller left wakes nobody") {
    SideThread side;
    Loop loop;
    auto job = [] { return 1; };
    auto task = side.run(loop, job);
    task.start();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // most likely it is posted by now
    task.reset();
    loop.post([&] { loop.stop(); });
    run(loop);
}

TEST_CASE("jobs that have not begun are dropped at the end") {
    Loop loop;
    std::atomic<int> ran = 0;
    std::vector<Task<int>> tasks;
    {
        SideThread side;
        for (int i = 0; i < 10; ++i) {
            auto job = [&ran] {
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
                return ++ran;
            };
            tasks.push_back(side.run(loop, std::move(job)));
            tasks.back().start();
        }
    }
    CHECK(ran < 10);
    tasks.clear();
}
