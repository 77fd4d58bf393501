// One request on its way through libcurl, shared by two threads: the worker's loop, which waits for
// news, and the curl thread, which brings them. Each member function says whose it is.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "net/loop.h"
#include "net/sender.h"
#include "net/trust.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::net {

class CurlJob : public std::enable_shared_from_this<CurlJob> {
public:
    // Body bytes that may wait for the reader; beyond, the upstream is not read.
    static constexpr std::size_t kMostPending = 256 * 1024;

    struct Order {
        std::string method, url;
        std::vector<std::string> fields;  // "name: value"
        std::string body;
        std::string proxy;
        Trust trust;
        Duration connect, keepalive;
    };

    struct Head {
        int status = 0;
        wire::Headers headers;
    };

    // What has come since it was asked for last.
    struct News {
        std::optional<Head> head;
        std::string body;
        bool ended = false;
        std::optional<Error> error;
        bool paused = false;  // libcurl waits to be told to go on
    };

    CurlJob(Order order, Loop& loop) : order_(std::move(order)), loop_(loop) {}

    const Order& order() const { return order_; }  // both

    // The loop's side. The hook is called on the loop after news; abandon() ends that for good, and
    // the Loop is not touched any more.
    void set_hook(Hook hook) { hook_ = hook; }
    News take();
    void abandon();

    // The curl thread's side.
    void got_head(Head head);
    bool got_body(std::string_view bytes);  // false: not taken, pause
    void got_end();
    void got_error(Error error);
    bool abandoned() const;

    std::atomic<Sent> sent{Sent::nothing};  // written by the curl thread

private:
    void tell();  // REQUIRES: mutex_ is held
    void deliver();

    const Order order_;
    Loop& loop_;
    Hook hook_;  // the loop's

    mutable std::mutex mutex_;
    News news_;               // guarded by mutex_
    bool told_ = false;       // a deliver() is on its way; guarded by mutex_
    bool abandoned_ = false;  // guarded by mutex_
};

}  // namespace ogem::net
