#include "net/curl_job.h"

#include <utility>

namespace ogem::net {

CurlJob::News CurlJob::take() {
    const std::lock_guard lock(mutex_);
    auto taken = std::exchange(news_, News{});
    news_.ended = taken.ended;
    return taken;
}

void CurlJob::abandon() {
    hook_ = {};
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
}

bool CurlJob::abandoned() const {
    const std::lock_guard lock(mutex_);
    return abandoned_;
}

void CurlJob::got_head(Head head) {
    const std::lock_guard lock(mutex_);
    news_.head = std::move(head);
    tell();
}

bool CurlJob::got_body(std::string_view bytes) {
    const std::lock_guard lock(mutex_);
    if (news_.body.size() >= kMostPending) {
        news_.paused = true;
        return false;
    }
    news_.body.append(bytes);
    tell();
    return true;
}

void CurlJob::got_end() {
    const std::lock_guard lock(mutex_);
    news_.ended = true;
    tell();
}

void CurlJob::got_error(Error error) {
    const std::lock_guard lock(mutex_);
    news_.error = std::move(error);
    tell();
}

void CurlJob::tell() {
    if (abandoned_ || told_) return;
    told_ = true;
    loop_.post([self = shared_from_this()] { self->deliver(); });
}

void CurlJob::deliver() {
    {
        const std::lock_guard lock(mutex_);
        told_ = false;
    }
    if (const auto hook = hook_) hook();
}

}  // namespace ogem::net
