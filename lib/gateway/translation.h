// One attempt at an endpoint that speaks another dialect than the client: the request is understood
// and written anew, the answer becomes events and is told in the client's words. Streamed or not,
// it goes the same way; a whole answer is the fold of its events.
#pragma once

#include "chat/answer.h"
#include "gateway/foreign_endpoint.h"
#include "gateway/turn_memory.h"
#include "gateway/upstream_answers.h"
#include "wire/openai/stream_writer.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ogem::gateway {

// Part of an Exchange, which outlives it. Once.
class Translation {
public:
    Translation(Exchange& exchange, const Dialect& dialect);

    // Until the answer is told or has failed; what the failure means is in the exchange's outcome.
    Task<Result<void>> run();

private:
    Task<Result<void>> attempt();
    bool worth_repeating();

    Task<Result<void>> understand();
    Task<Result<void>> write_call();
    void send();
    Task<Result<void>> relay();
    std::size_t held_bytes() const;
    Result<void> tell(const std::vector<chat::Event>& events);
    void tell_client(const chat::Event& event);
    Result<void> failed(const chat::Failure& failure);
    void flush();
    void finish();

    wire::openai::AnswerStyle style() const;

    Exchange& exchange_;
    Request& request_;
    const Dialect& dialect_;
    ForeignEndpoint endpoint_;
    std::shared_ptr<const chat::Request> chat_;  // with what the client dropped put back
    wire::Call call_;
    std::optional<UpstreamAnswers> answers_;
    std::optional<wire::openai::AnswerStreamWriter> writer_;  // of a stream
    std::string out_;                                         // of a stream, not yet written
    chat::Answer answer_;                                     // of a whole answer
    TurnMemory memory_;
    bool speaking_ = false;  // something worth committing for has come
    bool over_ = false;
    bool without_thoughts_ = false;  // those that were put back were refused
    chat::Failure failure_;          // of the attempt that failed last
};

}  // namespace ogem::gateway
