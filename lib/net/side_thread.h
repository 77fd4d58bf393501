// One thread for computing that would keep a worker's loop from its other clients: JSON of
// megabytes that must be translated. Shared by all workers; it starts with the first job.
//
//   auto job = [body = std::string(body)] { return translate(body); };
//   auto task = side.run(loop, std::move(job));
//   auto result = co_await task;
//
// The hop there and back costs a few microseconds, so small things are done where they are.
#pragma once

#include "base/task.h"
#include "net/loop.h"

#include <condition_variable>
#include <coroutine>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace ogem::net {

// Its functions may be called by any thread.
class SideThread {
public:
    SideThread() = default;
    ~SideThread();  // waits for the job under way; those that have not begun are dropped
    SideThread(const SideThread&) = delete;

    // Runs `job` on the thread, in order of arrival, and gives what it returns. The job owns all
    // that it reads: a caller that is destroyed while it waits does not end it, only its result is
    // dropped.
    template <class Job>
    Task<std::invoke_result_t<Job&>> run(Loop& loop, Job job);

private:
    // Tells one waiting coroutine, unless that has gone.
    class Ticket {
    public:
        explicit Ticket(Loop& loop) : loop_(&loop) {}
        void done(std::shared_ptr<Ticket> self);  // the side thread's
        void abandon();                           // the loop's, like what follows

        bool is_done = false;
        std::coroutine_handle<> waiter;

    private:
        std::mutex mutex_;
        Loop* loop_;  // guarded by mutex_; null: abandoned
    };

    struct Wait {
        std::shared_ptr<Ticket> ticket;
        explicit Wait(std::shared_ptr<Ticket> awaited) : ticket(std::move(awaited)) {}
        ~Wait() { ticket->abandon(); }
        Wait(const Wait&) = delete;
        bool await_ready() const noexcept { return ticket->is_done; }
        void await_suspend(std::coroutine_handle<> waiter) const noexcept {
            ticket->waiter = waiter;
        }
        void await_resume() const noexcept {}
    };

    using Work = std::move_only_function<void()>;

    void hand_over(Work work);
    void work();

    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<Work> queue_;  // guarded by mutex_, like what follows
    bool stopping_ = false;
    std::thread thread_;
};

template <class Job>
Task<std::invoke_result_t<Job&>> SideThread::run(Loop& loop, Job job) {
    using Value = std::invoke_result_t<Job&>;
    auto ticket = std::make_shared<Ticket>(loop);
    auto value = std::make_shared<std::optional<Value>>();
    auto compute = [ticket, value, job = std::move(job)]() mutable {
        value->emplace(job());
        ticket->done(ticket);
    };
    hand_over(std::move(compute));
    Wait wait(ticket);
    co_await wait;
    co_return std::move(**value);
}

}  // namespace ogem::net
