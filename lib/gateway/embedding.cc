#include "gateway/embedding.h"

#include "base/text.h"
#include "gateway/answer_head.h"
#include "gateway/whole_body.h"
#include "json/scan.h"
#include "net/together.h"

#include <algorithm>
#include <deque>

namespace ogem::gateway {

namespace {

constexpr std::size_t kAtOnce = 8;  // calls

}  // namespace

// The answer to one call; its bytes count until they have been read.
struct Embedding::Part {
    net::MemoryShare memory;
    Result<std::string> body;

    explicit Part(net::WorkerMemory* worker) : memory(worker) {}
};

Task<Result<void>> Embedding::run() {
    if (auto understood = understand(); !understood) co_return understood;
    auto authorizing = endpoint_.authorize();
    auto result = co_await authorizing;
    if (!result) co_return result;
    auto asking = ask_all();
    result = co_await asking;
    if (!result && exchange_.outcome_.failure.error.upstream_status == 401 &&
        endpoint_.token_was_refused()) {
        exchange_.repeat(result.error());
        embeddings_ = {};
        auto again = endpoint_.authorize();
        result = co_await again;
        if (!result) co_return result;
        auto asking_again = ask_all();
        result = co_await asking_again;
    }
    if (!result) co_return result;
    co_return tell();
}

Result<void> Embedding::understand() {
    if (!dialect_.embeds) {
        Error error{Kind::invalid,
                    "this provider has no embeddings; openai, azure, studio, vertex and servers "
                    "that speak OpenAI's dialect have",
                    0,
                    {}};
        return exchange_.client_is_wrong(std::move(error), "unsupported_endpoint");
    }
    auto request = wire::openai::read_embedding_request(exchange_.request_.incoming.body);
    if (!request) return exchange_.client_is_wrong(std::move(request.error()));
    request_ = std::move(*request);
    auto calls = wire::gemini::write_embeddings(request_, endpoint_.place(), *dialect_.embeds);
    if (!calls) return exchange_.client_is_wrong(std::move(calls.error()));
    calls_ = std::move(*calls);
    if (!calls_.empty()) exchange_.dropped_ = calls_.front().call.dropped;
    return {};
}

Task<Result<void>> Embedding::ask_all() {
    for (std::size_t at = 0; at < calls_.size(); at += kAtOnce) {
        const auto count = std::min(kAtOnce, calls_.size() - at);
        std::deque<Part> parts;
        std::vector<Task<>> tasks;
        for (std::size_t i = 0; i < count; ++i)
            tasks.push_back(
                ask(calls_[at + i].call, parts.emplace_back(exchange_.gateway_.memory_)));
        auto asking = net::together(exchange_.gateway_.loop_, std::move(tasks));
        co_await asking;
        for (std::size_t i = 0; i < count; ++i) {
            if (!parts[i].body) co_return fail_as(parts[i].body);
            auto read =
                wire::gemini::read_embeddings(*parts[i].body, calls_[at + i].inputs, embeddings_);
            if (!read) co_return read;
        }
    }
    co_return Result<void>{};
}

Task<> Embedding::ask(const wire::Call& call, Part& part) {
    auto asking = answer_of(call, part.memory);
    part.body = co_await asking;
}

Task<Result<std::string>> Embedding::answer_of(const wire::Call& call, net::MemoryShare& memory) {
    const auto transfer = endpoint_.send(call);
    auto head = co_await transfer->head();
    if (!head) {
        exchange_.outcome_.maybe_charged = transfer->sent() == net::Sent::everything;
        co_return fail_as(head);
    }
    const auto headers = *head->headers;  // they are the connection's: reading on may change them
    std::string store;
    const auto limit = head->status == 200 ? kMaxAnswer : kMaxErrorBody;
    auto reading = whole_body(*transfer, limit, store, memory);
    const auto body = co_await reading;
    if (head->status != 200) {
        auto failure = dialect_.read_error(head->status, headers, body.value_or(""));
        failure.error.upstream_status = head->status;
        co_return exchange_.provider_failed(failure);
    }
    if (auto fine = check_answer_head(headers, false); !fine) co_return fail_as(fine);
    if (!body) co_return fail(body.error());
    std::string answer(*body);
    json::reserve_padding(answer);
    co_return answer;
}

Result<void> Embedding::tell() {
    const auto tokens =
        embeddings_.prompt_tokens.value_or(wire::gemini::estimated_tokens(request_.inputs));
    exchange_.request_.usage = chat::Usage{.prompt_tokens = tokens};
    const auto fields = exchange_.commit();
    exchange_.sink_.reply(
        200, fields, "application/json",
        wire::openai::embedding_list(exchange_.element_.typed, embeddings_.vectors,
                                     request_.encoding, tokens));
    return {};
}

}  // namespace ogem::gateway
