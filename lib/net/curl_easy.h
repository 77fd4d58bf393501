// One transfer of libcurl, doing a CurlJob. Belongs to the curl thread.
#pragma once

#include "net/curl_job.h"
#include "net/curl_library.h"

#include <cstddef>
#include <memory>
#include <string>

namespace ogem::net {

class CurlEasy {
public:
    // Null handle(): out of memory.
    CurlEasy(const CurlLibrary& curl, std::shared_ptr<CurlJob> job);
    ~CurlEasy();
    CurlEasy(const CurlEasy&) = delete;

    void* handle() const { return easy_; }
    const CurlJob& job() const { return *job_; }

    void resume();          // after a pause: there is room for more of the body
    void finish(int code);  // libcurl is done with it: tells the job how it went

private:
    static constexpr std::size_t kReasonSize = 256;     // CURL_ERROR_SIZE
    static constexpr std::size_t kMaxHead = 64 * 1024;  // bytes

    template <class Value>
    void set(int option, Value value) {
        curl_.easy_setopt(easy_, option, value);
    }
    void set_target();
    void set_trust();
    void set_request();
    void set_fields();
    void set_callbacks();
    bool take_line(std::string_view line);
    Error error_of(int code) const;

    static std::size_t on_line(char* bytes, std::size_t, std::size_t count, void* self);
    static std::size_t on_body(char* bytes, std::size_t, std::size_t count, void* self);
    static std::size_t on_read(char* into, std::size_t, std::size_t room, void* self);
    static int on_request(void* self, char*, char*, int, int);

    const CurlLibrary& curl_;
    const std::shared_ptr<CurlJob> job_;
    void* easy_;
    void* fields_ = nullptr;
    CurlJob::Head head_;
    std::size_t head_size_ = 0;  // bytes seen
    bool head_done_ = false;
    std::size_t body_sent_ = 0;
    char reason_[kReasonSize] = {};
};

}  // namespace ogem::net
