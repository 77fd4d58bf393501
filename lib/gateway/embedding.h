// One attempt to embed texts at an endpoint that speaks another dialect than OpenAI's: as many
// calls as its service needs for all inputs, a few at a time, told as one list.
#pragma once

#include "gateway/foreign_endpoint.h"
#include "wire/gemini/embedding.h"
#include "wire/openai/embedding_request.h"

#include <vector>

namespace ogem::gateway {

// Part of an Exchange, which outlives it. Once.
class Embedding {
public:
    Embedding(Exchange& exchange, const Dialect& dialect)
        : exchange_(exchange), dialect_(dialect), endpoint_(exchange) {}

    // Until the list is told or a call has failed; what the failure means is in the exchange's
    // outcome.
    Task<Result<void>> run();

private:
    Result<void> understand();
    Task<Result<void>> ask_all();
    struct Part;
    Task<> ask(const wire::Call& call, Part& part);
    Task<Result<std::string>> answer_of(const wire::Call& call, net::MemoryShare& memory);
    Result<void> tell();

    Exchange& exchange_;
    const Dialect& dialect_;
    ForeignEndpoint endpoint_;
    wire::openai::EmbeddingRequest request_;
    std::vector<wire::gemini::EmbeddingCall> calls_;
    wire::gemini::Embeddings embeddings_;
};

}  // namespace ogem::gateway
