#include "net/curl_thread.h"

#include "net/curl_easy.h"

#include <curl/curl.h>

#include <utility>

namespace ogem::net {

CurlThread::CurlThread(const CurlLibrary& curl) : curl_(curl), multi_(curl.multi_init()) {}

CurlThread::~CurlThread() {
    if (thread_.joinable()) {
        hand_over([this] { stopping_ = true; });
        thread_.join();
    }
    for (const auto& [job, easy] : active_) curl_.multi_remove_handle(multi_, easy->handle());
    active_.clear();
    if (multi_) curl_.multi_cleanup(multi_);
}

void CurlThread::start(std::shared_ptr<CurlJob> job) {
    if (!multi_)
        return job->got_error({.kind = Kind::internal, .message = "libcurl does not start"});
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    hand_over([this, job = std::move(job)]() mutable { begin(std::move(job)); });
}

void CurlThread::resume(const std::shared_ptr<CurlJob>& job) {
    hand_over([this, job] {
        if (const auto it = active_.find(job.get()); it != active_.end()) it->second->resume();
    });
}

void CurlThread::stop(const std::shared_ptr<CurlJob>& job) {
    if (thread_.joinable()) hand_over([this, job] { forget(job.get()); });
}

void CurlThread::hand_over(Work work) {
    {
        const std::lock_guard lock(mutex_);
        handed_over_.push_back(std::move(work));
    }
    curl_.multi_wakeup(multi_);
}

void CurlThread::run() {
    constexpr int kLongestSleep = 60'000;  // ms; libcurl wakes earlier for its own timers
    while (!stopping_) {
        run_handed_over();
        int running = 0;
        curl_.multi_perform(multi_, &running);
        collect_finished();
        if (!stopping_) curl_.multi_poll(multi_, nullptr, 0, kLongestSleep, nullptr);
    }
}

void CurlThread::run_handed_over() {
    std::vector<Work> work;
    {
        const std::lock_guard lock(mutex_);
        work.swap(handed_over_);
    }
    for (auto& one : work) one();
}

void CurlThread::begin(std::shared_ptr<CurlJob> job) {
    if (job->abandoned()) return;
    auto easy = std::make_unique<CurlEasy>(curl_, job);
    if (!easy->handle() || curl_.multi_add_handle(multi_, easy->handle()) != CURLM_OK)
        return job->got_error({.kind = Kind::internal, .message = "libcurl is out of memory"});
    active_.emplace(job.get(), std::move(easy));
}

void CurlThread::collect_finished() {
    int left = 0;
    while (auto* message = static_cast<CURLMsg*>(curl_.multi_info_read(multi_, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        const int code = message->data.result;
        CurlEasy* easy = nullptr;
        curl_.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &easy);
        easy->finish(code);
        forget(&easy->job());
    }
}

void CurlThread::forget(const CurlJob* job) {
    const auto it = active_.find(job);
    if (it == active_.end()) return;
    curl_.multi_remove_handle(multi_, it->second->handle());
    active_.erase(it);
}

}  // namespace ogem::net
