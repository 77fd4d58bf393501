#include "net/curl_lane.h"

#include "base/text.h"
#include "json/scan.h"
#include "net/curl_thread.h"
#include "net/wait.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include <utility>

namespace ogem::net {

namespace {

// Fields that libcurl writes itself.
bool is_libcurls(std::string_view field) {
    constexpr std::array<std::string_view, 4> kNames{
        "host:", "content-length:", "connection:", "transfer-encoding:"};
    return std::ranges::any_of(kNames,
                               [&](auto name) { return starts_with_ignoring_case(field, name); });
}

// "Name: " with nothing after it means "leave it out" to libcurl, "Name;" an empty field.
std::string field_for_libcurl(std::string_view line) {
    const auto colon = line.find(':');
    const bool is_empty = trim(line.substr(std::min(colon, line.size() - 1) + 1)).empty();
    return is_empty ? cat(line.substr(0, colon), ';') : std::string(line);
}

CurlJob::Order order_of(UpstreamRequest request, const std::string& proxy, const Trust& trust,
                        const Deadlines& deadlines) {
    auto lines = split(request.head, '\n');
    const auto start = split(trim(lines.front()), ' ');
    CurlJob::Order order;
    order.method = start[0];
    order.url = cat(request.url->tls ? "https://" : "http://", request.url->authority(),
                    start.size() > 1 ? start[1] : "/");
    for (const auto line : lines | std::views::drop(1))
        if (const auto field = trim(line); !field.empty() && !is_libcurls(field))
            order.fields.push_back(field_for_libcurl(field));
    order.body = request.body.text();
    order.proxy = proxy;
    order.trust = trust;
    order.connect = deadlines.connect;
    order.keepalive = deadlines.keepalive;
    return order;
}

class CurlTransfer : public Transfer {
public:
    // `thread` may be null: then the job has failed already.
    CurlTransfer(Loop& loop, CurlThread* thread, std::shared_ptr<CurlJob> job,
                 const Deadlines& deadlines, std::string peer)
        : loop_(loop),
          thread_(thread),
          job_(std::move(job)),
          deadlines_(deadlines),
          peer_(std::move(peer)),
          timer_(loop, {[](void* self) { static_cast<CurlTransfer*>(self)->time_out(); }, this}) {
        job_->set_hook({[](void* self) { static_cast<CurlTransfer*>(self)->news_.raise(); }, this});
    }

    ~CurlTransfer() override {
        job_->abandon();
        if (thread_ && !ended_) thread_->stop(job_);
    }

    Task<Result<ResponseHead>> head() override {
        arm(deadlines_.connect + deadlines_.first_byte);
        while (!absorb().head) {
            if (auto stopped = trouble("no answer in time")) co_return fail(std::move(*stopped));
            co_await news_.wait();
            news_.clear();
        }
        timer_.disarm();
        head_ = std::move(*latest_.head);
        co_return ResponseHead{head_.status, &head_.headers};
    }

    Task<Result<std::string_view>> read() override {
        arm(deadlines_.idle);
        while (piece_next_.empty()) {
            absorb();
            if (!piece_next_.empty() || ended_) break;
            if (auto stopped = trouble("the answer stalled")) co_return fail(std::move(*stopped));
            co_await news_.wait();
            news_.clear();
        }
        timer_.disarm();
        piece_ = std::exchange(piece_next_, {});
        piece_.reserve(piece_.size() + json::kPadding);
        co_return std::string_view(piece_);
    }

    Sent sent() const override { return job_->sent; }

private:
    // Takes what has come; body bytes and failures stay until they are asked for.
    CurlJob::News& absorb() {
        latest_ = job_->take();
        piece_next_ += latest_.body;
        ended_ = ended_ || latest_.ended;
        if (latest_.error) error_ = std::move(latest_.error);
        if (latest_.paused) thread_->resume(job_);
        return latest_;
    }

    std::optional<Error> trouble(std::string_view late) {
        if (error_) {
            error_->message = cat(peer_, ": ", error_->message);
            return std::exchange(error_, std::nullopt);
        }
        if (timed_out_) return Error{.kind = Kind::timeout, .message = cat(peer_, ": ", late)};
        return std::nullopt;
    }

    void arm(Duration wait) {
        timed_out_ = false;
        timer_.arm(std::min(loop_.now() + wait, deadlines_.total));
    }
    void time_out() {
        timed_out_ = true;
        news_.raise();
    }

    Loop& loop_;
    CurlThread* const thread_;
    const std::shared_ptr<CurlJob> job_;
    const Deadlines deadlines_;
    const std::string peer_;  // "host:port"
    Timer timer_;
    Signal news_;
    CurlJob::News latest_;
    CurlJob::Head head_;
    std::string piece_, piece_next_;
    std::optional<Error> error_;
    bool ended_ = false, timed_out_ = false;
};

}  // namespace

CurlLane::CurlLane(Loop& loop, Sender& direct, Proxies proxies, Trust trust)
    : loop_(loop), direct_(direct), proxies_(std::move(proxies)), trust_(std::move(trust)) {}

CurlLane::~CurlLane() = default;

std::unique_ptr<Transfer> CurlLane::send(UpstreamRequest request, Deadlines deadlines) {
    const auto& proxy = proxies_.for_url(*request.url);
    if (proxy.empty()) return direct_.send(std::move(request), deadlines);
    auto peer = cat(request.url->host, ':', request.url->port);
    auto& thread = threads_[request.credential_class];
    auto job =
        std::make_shared<CurlJob>(order_of(std::move(request), proxy, trust_, deadlines), loop_);
    if (const auto curl = curl_library(); !curl) {
        job->got_error(curl.error());
    } else {
        if (!thread) thread = std::make_unique<CurlThread>(**curl);
        thread->start(job);
    }
    return std::make_unique<CurlTransfer>(loop_, thread.get(), std::move(job), deadlines,
                                          std::move(peer));
}

}  // namespace ogem::net
