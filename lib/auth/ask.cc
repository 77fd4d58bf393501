#include "auth/ask.h"

#include "base/text.h"

#include <algorithm>
#include <utility>

namespace ogem::auth {

namespace {

constexpr Duration kConnect = 5s;  // also where there is more patience

struct Answer {
    int status = 0;
    wire::Headers headers;
    std::string body;
};

Task<Result<Answer>> exchange(net::Loop& loop, net::Sender& sender, google::TokenRequest request,
                              std::string credential_class, Duration patience) {
    net::UpstreamRequest upstream;
    upstream.url = &request.url;
    upstream.credential_class = std::move(credential_class);
    upstream.head = std::move(request.head);
    upstream.body = request.body;
    net::Deadlines deadlines{std::min(patience, kConnect), patience, patience, Duration::zero(),
                             loop.now() + patience};
    const auto transfer = sender.send(std::move(upstream), deadlines);
    auto head = co_await transfer->head();
    if (!head) co_return fail_as(head);
    Answer answer;
    answer.status = head->status;
    answer.headers = *head->headers;
    while (true) {
        auto piece = co_await transfer->read();
        if (!piece) co_return fail_as(piece);
        if (piece->empty()) co_return answer;
        if (answer.body.size() + piece->size() > google::kLongestAnswer)
            co_return fail(Kind::upstream,
                           cat("the answer is longer than ", google::kLongestAnswer, " bytes"));
        answer.body += *piece;
    }
}

}  // namespace

Task<google::TokenResult> ask_for_token(net::Loop& loop, net::Sender& sender,
                                        const google::Credentials& credentials,
                                        std::int64_t unix_seconds, Duration patience) {
    auto request = google::token_request(credentials, unix_seconds);
    if (!request) co_return std::unexpected(google::Failure{std::move(request.error()), false});
    auto sent = *request;
    auto task =
        exchange(loop, sender, std::move(sent), cat("token of ", credentials.name), patience);
    auto answer = co_await task;
    if (!answer) {
        auto error = std::move(answer.error());
        error.message = cat("no token for ", credentials.name, ": ", error.message);
        google::Failure failure{std::move(error), true};
        co_return std::unexpected(std::move(failure));
    }
    co_return google::read_token_answer(credentials, *request, answer->status, answer->headers,
                                        std::move(answer->body));
}

Task<Result<std::string>> ask_for_project(net::Loop& loop, net::Sender& sender,
                                          google::MetadataServer server, Duration patience) {
    auto task = exchange(loop, sender, google::project_request(server), "project", patience);
    auto answer = co_await task;
    if (!answer) {
        auto error = std::move(answer.error());
        error.message = cat("the project of this machine is unknown: ", error.message,
                            "; set GOOGLE_CLOUD_PROJECT");
        co_return fail(std::move(error));
    }
    co_return google::read_project_answer(server, answer->status, answer->headers, answer->body);
}

}  // namespace ogem::auth
