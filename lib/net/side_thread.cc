#include "net/side_thread.h"

namespace ogem::net {

SideThread::~SideThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    more_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void SideThread::Ticket::done(std::shared_ptr<Ticket> self) {
    const std::lock_guard lock(mutex_);
    if (!loop_) return;
    loop_->post([self = std::move(self)] {
        self->is_done = true;
        if (self->waiter) self->waiter.resume();
    });
}

// After this neither the loop nor the waiter is touched: what was posted already finds no waiter.
void SideThread::Ticket::abandon() {
    const std::lock_guard lock(mutex_);
    loop_ = nullptr;
    waiter = nullptr;
}

void SideThread::hand_over(Work work) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
        if (!thread_.joinable()) thread_ = std::thread([this] { this->work(); });
    }
    more_.notify_one();
}

void SideThread::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        more_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) return;
        auto next = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        next();
        next = {};  // what it owns goes before the next wait
        lock.lock();
    }
}

}  // namespace ogem::net
