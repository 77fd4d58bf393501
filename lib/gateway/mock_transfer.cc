#include "gateway/mock_transfer.h"

#include "json/scan.h"
#include "net/wait.h"

namespace ogem::gateway {

Task<Result<net::ResponseHead>> MockTransfer::head() {
    co_await net::Sleep(loop_, loop_.now() + answer_.pieces.front().after);
    waited_ = true;
    co_return net::ResponseHead{answer_.status, &answer_.headers};
}

Task<Result<std::string_view>> MockTransfer::read() {
    if (next_ == answer_.pieces.size()) co_return std::string_view{};
    auto& piece = answer_.pieces[next_++];
    if (!std::exchange(waited_, false)) co_await net::Sleep(loop_, loop_.now() + piece.after);
    json::reserve_padding(piece.bytes);
    co_return std::string_view(piece.bytes);
}

}  // namespace ogem::gateway
