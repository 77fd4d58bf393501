// The dialects of providers that do not speak OpenAI's, as the gateway uses them: one row each.
#pragma once

#include "chat/ids.h"
#include "config/config.h"
#include "wire/dialect.h"
#include "wire/gemini/place.h"

#include <memory>
#include <optional>
#include <string_view>

namespace ogem::gateway {

struct Dialect {
    using WriteRequest = Result<wire::Call> (*)(const chat::Request& request,
                                                const wire::Place& place,
                                                const config::Provider& provider);
    // Of a stream, or of a whole answer: a reader that waits for all of it.
    using MakeReader = std::unique_ptr<wire::StreamReader> (*)(bool stream,
                                                               const chat::AnswerState& state,
                                                               const chat::NewId& new_id);
    using ReadError = chat::Failure (*)(int status, const wire::Headers& headers,
                                        std::string_view body);

    WriteRequest write_request;
    MakeReader make_reader;
    ReadError read_error;
    std::optional<wire::gemini::Service> embeds;  // nothing: it has no embeddings
};

// Null for OpenAI's own dialect and what passes as it: openai, azure, mock.
const Dialect* dialect_of(config::Protocol protocol);

}  // namespace ogem::gateway
