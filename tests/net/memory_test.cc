// What all requests hold together (contract section 3, memory_limit).
#include "net/memory.h"

#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

using namespace ogem;
using namespace ogem::net;

namespace {

constexpr std::int64_t kMiB = 1 << 20;
constexpr auto kSize = [](std::int64_t bytes) { return static_cast<std::size_t>(bytes); };

}  // namespace

TEST_CASE("new requests are refused before one under way may have no more") {
    Memory all(224 * kMiB);  // 200 for requests
    WorkerMemory worker(all);
    MemoryShare share(&worker);
    share.set(kSize(149 * kMiB));
    CHECK_FALSE(share.is_short());
    share.set(kSize(151 * kMiB));
    CHECK(share.is_short());
    CHECK(share.try_set(kSize(200 * kMiB)));
    CHECK_FALSE(share.try_set(kSize(200 * kMiB) + 1));
    CHECK(all.held() == 200 * kMiB);
}

TEST_CASE("a request of the usual size goes on when others took everything") {
    Memory all(64 * kMiB);
    WorkerMemory worker(all);
    MemoryShare greedy(&worker), modest(&worker), large(&worker);
    greedy.set(kSize(64 * kMiB));
    CHECK(modest.try_set(64 * 1024));
    CHECK_FALSE(large.try_set(64 * 1024 + 1));
    CHECK(large.try_set(64 * 1024));
}

TEST_CASE("what a holder had is free again when it ends") {
    Memory all(64 * kMiB);
    {
        WorkerMemory worker(all);
        MemoryShare small(&worker);
        auto large = std::make_unique<MemoryShare>(&worker);
        small.set(10);
        large->set(kSize(50 * kMiB));
        CHECK(small.is_short());
        large.reset();
        CHECK_FALSE(small.is_short());
    }
    CHECK(all.held() == 0);
}

TEST_CASE("a new limit counts from now on (reload)") {
    Memory all(64 * kMiB);
    WorkerMemory worker(all);
    MemoryShare share(&worker);
    share.set(kSize(35 * kMiB));
    CHECK(share.is_short());
    all.set_limit(128 * kMiB);
    CHECK_FALSE(share.is_short());
}

TEST_CASE("a limit smaller than the program itself still serves small requests") {
    Memory all(4 * kMiB);
    WorkerMemory worker(all);
    MemoryShare share(&worker);
    CHECK_FALSE(share.is_short());
    share.set(kSize(kMiB));
    CHECK(share.is_short());
}

TEST_CASE("without a worker's memory nothing is counted") {
    MemoryShare share(nullptr);
    CHECK(share.try_set(kSize(1 << 30)));
    CHECK_FALSE(share.is_short());
}

TEST_CASE("several workers count together (threads)") {
    Memory all(64 * kMiB);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&all] {
            WorkerMemory worker(all);
            for (int round = 0; round < 2000; ++round) {
                MemoryShare one(&worker), two(&worker);
                one.set(100 + kSize(round));
                two.try_set(kSize(kMiB));
                one.is_short();
                one.set(50'000);
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(all.held() == 0);
}
