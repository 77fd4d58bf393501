// A thread that runs CurlJobs, with their kept-alive connections. It starts with the first job.
#pragma once

#include "net/curl_job.h"
#include "net/curl_library.h"

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace ogem::net {

class CurlEasy;

// Its public functions are for the one thread that owns it.
class CurlThread {
public:
    explicit CurlThread(const CurlLibrary& curl);
    ~CurlThread();  // aborts what is under way and waits for the thread
    CurlThread(const CurlThread&) = delete;

    void start(std::shared_ptr<CurlJob> job);
    void resume(const std::shared_ptr<CurlJob>& job);  // after News::paused
    void stop(const std::shared_ptr<CurlJob>& job);    // closes its connection; after abandon()

private:
    using Work = std::move_only_function<void()>;

    void hand_over(Work work);
    void run();
    void run_handed_over();
    void begin(std::shared_ptr<CurlJob> job);
    void collect_finished();
    void forget(const CurlJob* job);

    const CurlLibrary& curl_;
    void* multi_;
    std::unordered_map<const CurlJob*, std::unique_ptr<CurlEasy>> active_;  // the thread's
    bool stopping_ = false;                                                 // the thread's
    std::mutex mutex_;
    std::vector<Work> handed_over_;  // guarded by mutex_
    std::thread thread_;
};

}  // namespace ogem::net
