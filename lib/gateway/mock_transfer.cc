#include "gateway/mock_transfer.h"

#include "json/scan.h"
#include "net/wait.h"

#include <algorithm>

namespace ogem::gateway {

// False: the deadline came first.
Task<bool> MockTransfer::wait(Duration length) {
    const auto until = loop_.now() + length;
    co_await net::Sleep(loop_, std::min(until, deadline_));
    co_return until <= deadline_;
}

Task<Result<net::ResponseHead>> MockTransfer::head() {
    const bool in_time = co_await wait(answer_.pieces.front().after);
    if (!in_time) co_return fail(Kind::timeout, "no answer in time");
    waited_ = true;
    co_return net::ResponseHead{answer_.status, &answer_.headers};
}

Task<Result<std::string_view>> MockTransfer::read() {
    if (next_ == answer_.pieces.size()) co_return std::string_view{};
    auto& piece = answer_.pieces[next_++];
    const auto pause = std::exchange(waited_, false) ? Duration::zero() : piece.after;
    const bool in_time = co_await wait(pause);
    if (!in_time) co_return fail(Kind::timeout, "the answer stalled");
    json::reserve_padding(piece.bytes);
    co_return std::string_view(piece.bytes);
}

}  // namespace ogem::gateway
