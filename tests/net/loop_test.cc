#include "net/loop.h"

#include "net/socket.h"
#include "net/wait.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace ogem;
using namespace ogem::net;

namespace {

struct Pair {
    Socket near;
    int far;
    explicit Pair(Loop& loop) {
        int fds[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0);
        near = Socket(loop, fds[0]);
        far = fds[1];
    }
    ~Pair() {
        if (far >= 0) ::close(far);
    }
    void close_far() { ::close(std::exchange(far, -1)); }
};

// Runs the loop until somebody stops it; the test fails rather than hangs.
void run(Loop& loop) {
    Timer guard(loop, {[](void* self) { static_cast<Loop*>(self)->stop(); }, &loop});
    guard.arm(Clock::now() + 5s);
    loop.run();
    CHECK(guard.armed());
}

Task<> read_once(Loop& loop, Socket& socket, std::string& got) {
    co_await until_readable(socket.watch(), TimePoint::max());
    char bytes[16];
    const auto result = socket.read(bytes, sizeof bytes);
    got.assign(bytes, result.bytes);
    loop.stop();
}

}  // namespace

TEST_CASE("a coroutine wakes when its socket can be read") {
    Loop loop;
    Pair pair(loop);
    std::string got;
    auto task = read_once(loop, pair.near, got);
    task.start();
    CHECK_FALSE(task.done());
    REQUIRE(::write(pair.far, "hello", 5) == 5);
    run(loop);
    CHECK(got == "hello");
}

TEST_CASE("a wait ends at its deadline") {
    Loop loop;
    Pair pair(loop);
    auto wake = Wake::ready;
    auto wait = [](Loop& l, Socket& socket, Wake& result) -> Task<> {
        result = co_await until_readable(socket.watch(), l.now() + 30ms);
        l.stop();
    };
    auto task = wait(loop, pair.near, wake);
    task.start();
    run(loop);
    CHECK(wake == Wake::timeout);
}

TEST_CASE("destroying a task that waits leaves nothing registered") {
    Loop loop;
    Pair pair(loop);
    std::string got;
    {
        auto task = read_once(loop, pair.near, got);
        task.start();
    }
    CHECK_FALSE(pair.near.watch().on_readable);
    REQUIRE(::write(pair.far, "x", 1) == 1);
    loop.post([&] { loop.stop(); });
    run(loop);
    CHECK(got.empty());
}

TEST_CASE("work posted by another thread runs on the loop, in order") {
    Loop loop;
    std::vector<int> order;
    std::thread other([&] {
        for (int i = 0; i < 100; ++i) loop.post([&order, i] { order.push_back(i); });
        loop.stop();
    });
    run(loop);
    other.join();
    REQUIRE(order.size() == 100);
    CHECK(std::is_sorted(order.begin(), order.end()));
}

namespace {

Task<> wait_for_ever(Socket& never, bool& destroyed) {
    struct Mark {
        bool& flag;
        explicit Mark(bool& f) : flag(f) {}
        ~Mark() { flag = true; }
    };
    const Mark mark(destroyed);
    co_await until_readable(never.watch(), TimePoint::max());
}

Task<> guarded(Loop& loop, Socket& client, Socket& never, const bool& immune, bool& destroyed,
               bool& ran_to_end) {
    auto work = wait_for_ever(never, destroyed);
    ran_to_end = co_await UnlessGone(work, client.watch(), immune);
    loop.stop();
}

}  // namespace

TEST_CASE("work for a client is destroyed when the client hangs up (promise 3)") {
    Loop loop;
    Pair client(loop), upstream(loop);
    bool destroyed = false, ran_to_end = true;
    const bool immune = false;
    auto task = guarded(loop, client.near, upstream.near, immune, destroyed, ran_to_end);
    task.start();
    CHECK_FALSE(destroyed);
    client.close_far();
    run(loop);
    CHECK(destroyed);
    CHECK_FALSE(ran_to_end);
}

TEST_CASE("work that must go on survives its client") {
    Loop loop;
    Pair client(loop), upstream(loop);
    bool destroyed = false, ran_to_end = false;
    const bool immune = true;
    auto task = guarded(loop, client.near, upstream.near, immune, destroyed, ran_to_end);
    task.start();
    client.close_far();
    loop.later([&] { REQUIRE(::write(upstream.far, "x", 1) == 1); });
    run(loop);
    CHECK(ran_to_end);
}

TEST_CASE("a watch may be destroyed by the event of another in the same turn") {
    Loop loop;
    Pair first(loop);
    auto second = std::make_unique<Pair>(loop);
    int calls = 0;
    struct Context {
        std::unique_ptr<Pair>& victim;
        int& calls;
    } context{second, calls};
    const Hook kill{[](void* self) {
                        auto& c = *static_cast<Context*>(self);
                        ++c.calls;
                        c.victim.reset();
                    },
                    &context};
    first.near.watch().on_readable = kill;
    second->near.watch().on_readable = kill;
    REQUIRE(::write(first.far, "x", 1) == 1);
    REQUIRE(::write(second->far, "x", 1) == 1);
    loop.post([&] { loop.post([&] { loop.stop(); }); });
    run(loop);
    CHECK(calls >= 1);
    CHECK_FALSE(second);
}

TEST_CASE("who yields goes on after the others, and who is destroyed meanwhile does not") {
    Loop loop;
    std::string order;
    const auto walk = [](Loop& here, std::string& seen, char name) -> Task<> {
        for (int i = 0; i < 3; ++i) {
            seen += name;
            Yield turn(here);
            co_await turn;
        }
    };
    auto a = walk(loop, order, 'a'), b = walk(loop, order, 'b'), gone = walk(loop, order, 'x');
    for (auto* task : {&a, &b, &gone}) task->start();
    gone.reset();
    Timer end(loop, {[](void* self) { static_cast<Loop*>(self)->stop(); }, &loop});
    end.arm(Clock::now() + 30ms);
    run(loop);
    CHECK(order == "abxabab");
    CHECK((a.done() && b.done()));
}
