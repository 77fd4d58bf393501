#include "sockets/connection.h"

namespace ogem::fake {

namespace {

constexpr std::size_t kMaxPipelined = 64u << 20;  // bytes read ahead of what is answered

}  // namespace

Connection::Connection(Provider& provider, int fd, SSL_CTX* tls)
    : provider_(provider), channel_(fd, tls), id_(++provider.connections().accepted) {
    ++provider_.connections().open;
}

Connection::~Connection() {
    --provider_.connections().open;
}

void Connection::drive(TimePoint now, bool readable) {
    if (readable) read(now);
    if (wake_at_ && now >= *wake_at_) {
        wake_at_.reset();
        if (idle_close_ && !plan_ && buffer_.empty()) return leave(now, false);
    }
    while (!gone_ && (plan_ ? carry_on(now) : start_next(now))) {
    }
}

void Connection::read(TimePoint now) {
    while (buffer_.size() < kMaxPipelined) {
        const auto before = buffer_.size();
        const Io io = channel_.read(buffer_);
        if (io == Io::again) return;
        if (io != Io::moved) return peer_left(io, now);
        // A read that did not fill the scratch emptied the socket; the loop is level-triggered.
        if (buffer_.size() - before < 16 << 10) return;
    }
}

void Connection::peer_left(Io how, TimePoint now) {
    if (!buffer_.empty() && !plan_) ++provider_.connections().partial;
    provider_.journal().closed(entry_, now, "peer", how == Io::broken ? "rst" : "fin");
    gone_ = true;
}

// The next whole request, if there is one, gets its plan.
bool Connection::start_next(TimePoint now) {
    if (buffer_.empty()) return false;
    switch (take_request(buffer_, request_)) {
        case Took::nothing:
            return false;
        case Took::unreadable:
            leave(now, false);
            return false;
        case Took::head_expecting_100: {
            std::size_t sent = 0;
            channel_.write("HTTP/1.1 100 Continue\r\n\r\n", sent);
            return false;
        }
        case Took::whole:
            break;
    }
    idle_close_ = false;
    wake_at_.reset();
    const bool control = request_.target().starts_with("/_fake/");
    plan_ = provider_.answer(request_);
    entry_ = control ? 0 : provider_.journal().arrived(id_, request_, now);
    if (!plan_->refused.empty()) provider_.journal().refused(entry_, plan_->refused);
    request_ = {};
    step_ = offset_ = round_ = 0;
    return true;
}

// Goes on with the plan; false: waiting for time or the socket.
bool Connection::carry_on(TimePoint now) {
    if (wake_at_ || wants_write_) {
        if (wake_at_) return false;
        wants_write_ = false;
    }
    if (step_ == plan_->steps.size()) {
        if (plan_->ending == Ending::hang) return false;
        end_plan(now);
        return true;
    }
    return send_step(now);
}

bool Connection::send_step(TimePoint now) {
    const Step& step = plan_->steps[step_];
    while (offset_ < step.bytes.size()) {
        std::size_t count = 0;
        const Io io = channel_.write(std::string_view(step.bytes).substr(offset_), count);
        if (io == Io::again) {
            wants_write_ = true;
            return false;
        }
        if (io != Io::moved) {
            peer_left(io, now);
            return false;
        }
        offset_ += count;
        provider_.journal().sent(entry_, count);
    }
    offset_ = 0;
    if (++round_ == step.repeat) {
        ++step_;
        round_ = 0;
    }
    if (step.wait > Microseconds{0}) wake_at_ = now + step.wait;
    return true;
}

void Connection::end_plan(TimePoint now) {
    const auto plan = std::move(plan_);
    plan_ = nullptr;
    provider_.journal().finished(entry_, now);
    if (plan->ending != Ending::keep) return leave(now, plan->ending == Ending::reset);
    if (plan->idle_close < Microseconds{0}) return;
    idle_close_ = true;
    wake_at_ = now + plan->idle_close;
}

void Connection::leave(TimePoint now, bool reset) {
    reset ? channel_.reset() : channel_.finish();
    provider_.journal().closed(entry_, now, "fake", reset ? "rst" : "fin");
    gone_ = true;
}

}  // namespace ogem::fake
