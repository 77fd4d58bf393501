#include "net/crowd.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::net;

namespace {

struct Meeting {
    Loop loop;
    std::unique_ptr<Crowd> crowd = std::make_unique<Crowd>();
    std::string said;  // a letter for everyone who was woken, in order
    std::vector<Task<>> tasks;

    Task<> wait(char name, TimePoint deadline) {
        Crowd::Waiter waiter(*crowd, loop, deadline);
        const auto wake = co_await waiter;
        said += wake == Wake::ready ? name : '-';
    }
    // Waits, and then lets go of the task at `index`.
    Task<> wait_and_drop(std::size_t index) {
        Crowd::Waiter waiter(*crowd, loop, TimePoint::max());
        co_await waiter;
        said += '!';
        tasks[index].reset();
    }
    Task<> wait_and_end_it() {
        Crowd::Waiter waiter(*crowd, loop, TimePoint::max());
        co_await waiter;
        said += '.';
        crowd.reset();
    }
    Task<> wait_again() {
        for (const char name : {'1', '2'}) {
            Crowd::Waiter waiter(*crowd, loop, TimePoint::max());
            co_await waiter;
            said += name;
        }
    }
    void add(Task<> task) {
        tasks.push_back(std::move(task));
        tasks.back().start();
    }
    void add(char name, TimePoint deadline = TimePoint::max()) { add(wait(name, deadline)); }

    void run_for(Duration length) {
        Timer end(loop, {[](void* self) { static_cast<Loop*>(self)->stop(); }, &loop});
        end.arm(Clock::now() + length);
        loop.run();
    }
};

}  // namespace

TEST_CASE("everyone who waits is woken, in the order they came") {
    Meeting meeting;
    for (const char name : {'a', 'b', 'c'}) meeting.add(name);
    CHECK(meeting.said.empty());
    meeting.crowd->wake_all();
    CHECK(meeting.said == "abc");
    CHECK(meeting.crowd->empty());
    meeting.crowd->wake_all();
    CHECK(meeting.said == "abc");
}

TEST_CASE("whoever is destroyed while waiting has left") {
    Meeting meeting;
    for (const char name : {'a', 'b', 'c'}) meeting.add(name);
    meeting.tasks[1].reset();
    meeting.crowd->wake_all();
    CHECK(meeting.said == "ac");
}

TEST_CASE("one who is woken may destroy another, before or after its turn") {
    for (const std::size_t index : {0, 2, 3}) {
        Meeting meeting;
        meeting.add('a');
        meeting.add(meeting.wait_and_drop(index));
        meeting.add('c');
        meeting.add('d');
        meeting.crowd->wake_all();
        CHECK(meeting.said == (index == 0 ? "a!cd" : index == 2 ? "a!d" : "a!c"));
    }
}

TEST_CASE("one who is woken may end the crowd, and the others still wake") {
    Meeting meeting;
    meeting.add('a');
    meeting.add(meeting.wait_and_end_it());
    meeting.add('c');
    meeting.crowd->wake_all();
    CHECK(meeting.said == "a.c");
}

TEST_CASE("who comes while others are woken waits for the next time") {
    Meeting meeting;
    meeting.add(meeting.wait_again());
    meeting.crowd->wake_all();
    CHECK(meeting.said == "1");
    meeting.crowd->wake_all();
    CHECK(meeting.said == "12");
}

TEST_CASE("a deadline wakes its own waiter only") {
    Meeting meeting;
    meeting.add('a');
    meeting.add('b', Clock::now() + 10ms);
    meeting.run_for(60ms);
    CHECK(meeting.said == "-");
    meeting.crowd->wake_all();
    CHECK(meeting.said == "-a");
}
