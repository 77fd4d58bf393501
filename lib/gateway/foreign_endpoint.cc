#include "gateway/foreign_endpoint.h"

#include "base/text.h"

namespace ogem::gateway {

Task<Result<void>> ForeignEndpoint::authorize() {
    if (!exchange_.target().google) co_return Result<void>{};
    if (!google_) co_return fail(exchange_.request_.generation->google->error());
    if (place_.project.empty() && !place_.model.starts_with("projects/"))
        co_return fail(Kind::unavailable,
                       "no project of Google Cloud is known: set GOOGLE_CLOUD_PROJECT");
    auto asking = google_->authorization(exchange_.request_.deadline);
    auto authorization = co_await asking;
    if (!authorization) co_return fail_as(authorization);
    authorization_ = std::move(*authorization);
    co_return Result<void>{};
}

bool ForeignEndpoint::token_was_refused() {
    return google_ && authorization_ && google_->refused(*authorization_);
}

std::unique_ptr<net::Transfer> ForeignEndpoint::send(const wire::Call& call) {
    const auto& target = exchange_.target();
    net::UpstreamRequest upstream;
    upstream.url = &target.url;
    upstream.credential_class = target.credential_class;
    upstream.head = cat("POST ", target.url.path, call.path, " HTTP/1.1\r\n", target.fields);
    if (authorization_) upstream.head += authorization_->lines().reveal();
    for (const auto& [name, value] : call.headers) append(upstream.head, name, ": ", value, "\r\n");
    append(upstream.head, "Content-Length: ", call.body.size(), "\r\n\r\n");
    upstream.body = call.body;
    return exchange_.gateway_.sender_.send(std::move(upstream), exchange_.deadlines());
}

std::string ForeignEndpoint::origin() const {
    return cat(exchange_.endpoint_.provider->name, '/', exchange_.endpoint_.model->name);
}

}  // namespace ogem::gateway
