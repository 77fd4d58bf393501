#include "gateway/upstream_answer.h"

#include "base/text.h"
#include "gateway/answer_head.h"
#include "gateway/whole_body.h"

namespace ogem::gateway {

Task<> UpstreamAnswer::more() {
    if (status_ == 0) {
        auto head = read_head();
        co_await head;
        if (over()) co_return;
    }
    auto piece = co_await transfer_->read();
    if (!piece) co_return fail(std::move(piece.error()));
    if (piece->empty()) co_return reader_->finish(events_);
    untold_bytes_ += piece->size();
    reader_->feed(*piece, events_);
    if (!events_.all().empty()) untold_bytes_ = 0;
}

Task<> UpstreamAnswer::read_head() {
    auto head = co_await transfer_->head();
    if (!head) co_return fail(std::move(head.error()));
    status_ = head->status;
    if (head->status != 200) {
        auto refusal = read_refusal(*head);
        co_await refusal;
        co_return;
    }
    if (auto fine = check_answer_head(*head->headers, stream_); !fine)
        fail(std::move(fine.error()));
}

// What the provider says of its failure; the answer's length is not trusted.
Task<> UpstreamAnswer::read_refusal(net::ResponseHead head) {
    const auto headers = *head.headers;  // they are the connection's: reading on may change them
    net::MemoryShare too_small_to_count(nullptr);
    std::string store;
    auto reading = whole_body(*transfer_, kMaxErrorBody, store, too_small_to_count);
    const auto body = co_await reading;
    auto failure = dialect_.read_error(head.status, headers, body.value_or(""));
    failure.error.upstream_status = head.status;
    events_.fail(std::move(failure));
}

void UpstreamAnswer::fail(Error error) {
    chat::Failure failure;
    failure.error = std::move(error);
    failure.maybe_charged = maybe_charged();
    events_.fail(std::move(failure));
}

}  // namespace ogem::gateway
