// How many bytes the requests of all workers hold, against `memory_limit` (contract section 3):
// bodies, answers being read, what slow readers have not taken, the working memory of connections.
// Whoever keeps bytes for a request keeps a MemoryShare beside them and says how many they are.
//
// Two lines are drawn below the limit, for what is not counted (the program itself, buffers being
// copied to a larger place): at the first new requests are refused, at the second a request under
// way that wants still more must fail.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ogem::net {

// Shared by all workers.
class Memory {
public:
    explicit Memory(std::int64_t limit_bytes) { set_limit(limit_bytes); }

    void set_limit(std::int64_t limit_bytes);

    bool is_short() const { return held() > short_.load(std::memory_order_relaxed); }
    bool has_room_for(std::int64_t bytes) const {
        return held() + bytes <= full_.load(std::memory_order_relaxed);
    }
    std::int64_t held() const { return held_.load(std::memory_order_relaxed); }

private:
    friend class WorkerMemory;
    std::atomic<std::int64_t> held_{0}, short_{0}, full_{0};
};

// One worker's view. Small changes are added up here and told to the others in one, so that a
// request costs no traffic between processors; the sum is off by at most kUntold a worker.
class WorkerMemory {
public:
    static constexpr std::int64_t kUntold = 64 * 1024;  // bytes

    explicit WorkerMemory(Memory& all) : all_(all) {}
    ~WorkerMemory() { tell(); }  // REQUIRES: no MemoryShare is left
    WorkerMemory(const WorkerMemory&) = delete;

    bool is_short() const { return all_.is_short(); }
    bool has_room_for(std::int64_t bytes) const { return all_.has_room_for(bytes); }

private:
    friend class MemoryShare;

    void add(std::int64_t bytes) {
        untold_ += bytes;
        if (untold_ >= kUntold || untold_ <= -kUntold) tell();
    }
    void tell() {
        all_.held_.fetch_add(untold_, std::memory_order_relaxed);
        untold_ = 0;
    }

    Memory& all_;
    std::int64_t untold_ = 0;
};

// What one holder has, given back when it ends. Belongs to the worker's loop; without a `worker`
// nothing is counted and there is always room.
class MemoryShare {
public:
    explicit MemoryShare(WorkerMemory* worker) : worker_(worker) {}
    ~MemoryShare() { set(0); }
    MemoryShare(const MemoryShare&) = delete;

    void set(std::size_t bytes) {
        const auto now = static_cast<std::int64_t>(bytes);
        if (now == bytes_ || !worker_) return;
        worker_->add(now - bytes_);
        bytes_ = now;
    }

    // Up to here try_set() always succeeds, bytes: requests of the usual size go on whatever others
    // do.
    static constexpr std::int64_t kModest = 64 * 1024;

    // set(), if a request under way may have that much; else nothing changes.
    bool try_set(std::size_t bytes) {
        const auto now = static_cast<std::int64_t>(bytes), more = now - bytes_;
        if (worker_ && now > kModest && more > 0 && !worker_->has_room_for(more)) return false;
        set(bytes);
        return true;
    }

    bool is_short() const { return worker_ && worker_->is_short(); }

private:
    WorkerMemory* const worker_;
    std::int64_t bytes_ = 0;
};

}  // namespace ogem::net
