#include "net/curl_easy.h"

#include "base/text.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

namespace ogem::net {

CurlEasy::CurlEasy(const CurlLibrary& curl, std::shared_ptr<CurlJob> job)
    : curl_(curl), job_(std::move(job)), easy_(curl.easy_init()) {
    static_assert(kReasonSize >= CURL_ERROR_SIZE);
    if (!easy_) return;
    set_target();
    set_request();
    set_fields();
    set_callbacks();
}

CurlEasy::~CurlEasy() {
    if (easy_) curl_.easy_cleanup(easy_);
    curl_.slist_free_all(fields_);
}

void CurlEasy::set_target() {
    const auto& order = job_->order();
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(order.connect).count();
    const auto keep = std::chrono::ceil<std::chrono::seconds>(order.keepalive).count();
    set(CURLOPT_URL, order.url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_PROXY, order.proxy.c_str());
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max<std::int64_t>(ms, 1)));
    set(CURLOPT_MAXAGE_CONN, static_cast<long>(std::max<std::int64_t>(keep, 1)));
    if (order.keepalive <= 0s) set(CURLOPT_FORBID_REUSE, 1L);
    set_trust();
}

// What is named is trusted and nothing else, as in the pool.
void CurlEasy::set_trust() {
    const auto& [file, folder] = job_->order().trust;
    if (file.empty() && folder.empty()) return;
    for (const int option : {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO})
        set(option, file.empty() ? nullptr : file.c_str());
    for (const int option : {CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH})
        set(option, folder.empty() ? nullptr : folder.c_str());
}

// The body is handed over by a callback that cannot go back: so libcurl cannot repeat a request of
// which some body went out on a dead connection (contract section 9.4).
void CurlEasy::set_request() {
    const auto& order = job_->order();
    if (order.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else if (order.method != "GET" || !order.body.empty()) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(order.body.size()));
        set(CURLOPT_READFUNCTION, on_read);
        set(CURLOPT_READDATA, this);
    }
    set(CURLOPT_CUSTOMREQUEST, order.method.c_str());
}

void CurlEasy::set_fields() {
    const auto add = [&](const std::string& field) {
        if (void* longer = curl_.slist_append(fields_, field.c_str())) fields_ = longer;
    };
    // Without these three libcurl would add fields of its own.
    for (const std::string name : {"Accept", "Content-Type", "Expect"}) {
        const bool given = std::ranges::any_of(job_->order().fields, [&](const auto& field) {
            return starts_with_ignoring_case(field, name + ":");
        });
        if (!given) add(name + ":");
    }
    for (const auto& field : job_->order().fields) add(field);
    set(CURLOPT_HTTPHEADER, fields_);
}

void CurlEasy::set_callbacks() {
    set(CURLOPT_ERRORBUFFER, reason_);
    set(CURLOPT_HEADERFUNCTION, on_line);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_PREREQFUNCTION, on_request);
    set(CURLOPT_PREREQDATA, this);
    set(CURLOPT_PRIVATE, this);
}

int CurlEasy::on_request(void* self, char*, char*, int, int) {
    static_cast<CurlEasy*>(self)->job_->sent = Sent::partly;
    return CURL_PREREQFUNC_OK;
}

std::size_t CurlEasy::on_read(char* into, std::size_t, std::size_t room, void* self) {
    auto& easy = *static_cast<CurlEasy*>(self);
    const auto& body = easy.job_->order().body;
    const auto count = std::min(room, body.size() - easy.body_sent_);
    std::memcpy(into, body.data() + easy.body_sent_, count);
    easy.body_sent_ += count;
    if (easy.body_sent_ == body.size()) easy.job_->sent = Sent::everything;
    return count;
}

std::size_t CurlEasy::on_line(char* bytes, std::size_t, std::size_t count, void* self) {
    return static_cast<CurlEasy*>(self)->take_line({bytes, count}) ? count : 0;
}

std::size_t CurlEasy::on_body(char* bytes, std::size_t, std::size_t count, void* self) {
    const bool taken = static_cast<CurlEasy*>(self)->job_->got_body({bytes, count});
    return taken ? count : CURL_WRITEFUNC_PAUSE;
}

// One line of a head. A head of 1xx is followed by another; lines after the last one are trailers.
bool CurlEasy::take_line(std::string_view line) {
    if (head_done_) return true;
    head_size_ += line.size();
    if (head_size_ > kMaxHead) return false;
    line = trim(line);
    if (line.starts_with("HTTP/")) {
        head_ = {};
        const auto space = std::min(line.find(' '), line.size() - 1);
        std::from_chars(line.data() + space + 1, line.data() + line.size(), head_.status);
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos) {
        head_.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
    } else if (line.empty() && head_.status >= 200) {
        head_done_ = true;
        job_->sent = Sent::everything;
        job_->got_head(std::move(head_));
    }
    return true;
}

void CurlEasy::resume() {
    curl_.easy_pause(easy_, CURLPAUSE_CONT);
}

void CurlEasy::finish(int code) {
    if (code == CURLE_OK && head_done_) {
        job_->got_end();
    } else {
        job_->got_error(error_of(code));
    }
}

Error CurlEasy::error_of(int code) const {
    const std::string reason = *reason_ ? reason_ : curl_.easy_strerror(code);
    if (head_size_ > kMaxHead)
        return {.kind = Kind::upstream, .message = "the head of the answer is too large"};
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return {.kind = Kind::timeout, .message = cat("through the proxy: ", reason)};
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CACERT_BADFILE:
            return {.kind = Kind::tls, .message = cat("through the proxy: ", reason)};
        case CURLE_OK:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_UNSUPPORTED_PROTOCOL:
            return {.kind = Kind::upstream, .message = cat("not an HTTP answer: ", reason)};
        default:
            return {.kind = Kind::connection, .message = cat("through the proxy: ", reason)};
    }
}

}  // namespace ogem::net
