#include "gateway/support/scripted_sender.h"

#include "json/scan.h"
#include "net/wait.h"

#include <algorithm>

namespace ogem::test {

namespace {

class ScriptedTransfer final : public net::Transfer {
public:
    ScriptedTransfer(net::Loop& loop, Script script, std::shared_ptr<Asked> asked)
        : loop_(loop), script_(std::move(script)), asked_(std::move(asked)) {}
    ~ScriptedTransfer() override { asked_->closed = true; }

    Task<Result<net::ResponseHead>> head() override {
        const auto& deadlines = asked_->deadlines;
        const bool in_time = co_await wait(script_.head_after, deadlines.first_byte);
        if (!in_time) co_return fail(Kind::timeout, "no answer in time");
        if (script_.refused) co_return fail(*script_.refused);
        co_return net::ResponseHead{script_.status, &script_.headers};
    }

    Task<Result<std::string_view>> read() override {
        const bool at_end = next_ == script_.pieces.size();
        const auto after = at_end ? end_after() : script_.pieces[next_].after;
        const bool in_time = co_await wait(after, asked_->deadlines.idle);
        if (!in_time) co_return fail(Kind::timeout, "the answer stalled");
        if (at_end && script_.broken) co_return fail(*script_.broken);
        if (at_end) co_return std::string_view{};
        auto& bytes = script_.pieces[next_++].bytes;
        json::reserve_padding(bytes);
        ++asked_->pieces_read;
        co_return std::string_view(bytes);
    }

    bool ended() const override {
        return next_ == script_.pieces.size() && !script_.broken && !script_.stalls;
    }
    void no_more_needed() override { asked_->no_more_needed = true; }
    net::Sent sent() const override { return script_.sent; }

private:
    Duration end_after() const { return script_.stalls ? Duration(1h) : Duration(0); }

    // False: the deadline came first.
    Task<bool> wait(Duration wish, Duration limit) {
        const auto until = std::min(loop_.now() + limit, asked_->deadlines.total);
        const auto at = loop_.now() + wish;
        if (wish > Duration::zero()) co_await net::Sleep(loop_, std::min(at, until));
        co_return at <= until;
    }

    net::Loop& loop_;
    Script script_;
    std::shared_ptr<Asked> asked_;
    std::size_t next_ = 0;
};

}  // namespace

Script whole(int status, std::string body) {
    Script script;
    script.status = status;
    script.headers = {{"Content-Type", "application/json"}};
    script.pieces.push_back({std::move(body), {}});
    return script;
}

Script streamed(std::vector<std::string> pieces) {
    Script script;
    script.headers = {{"Content-Type", "text/event-stream; charset=utf-8"}};
    for (auto& piece : pieces) script.pieces.push_back({std::move(piece), {}});
    return script;
}

Script refusal(Kind kind, std::string message) {
    Script script;
    script.refused = Error{kind, std::move(message), 0, {}};
    return script;
}

Script with_header(Script script, std::string name, std::string value) {
    std::erase_if(script.headers, [&](const auto& header) { return header.first == name; });
    script.headers.emplace_back(std::move(name), std::move(value));
    return script;
}

Script ScriptedSender::next_script(const std::string& authority) {
    auto& queue = plans_[authority];
    if (queue.empty()) return refusal(Kind::connection, "Connection refused");
    auto script = std::move(queue.front());
    queue.pop_front();
    return script;
}

std::unique_ptr<net::Transfer> ScriptedSender::send(net::UpstreamRequest request,
                                                    net::Deadlines deadlines) {
    auto asked = std::make_shared<Asked>();
    asked->authority = request.url->authority();
    asked->credential_class = request.credential_class;
    asked->head = request.head;
    asked->body = request.body.text();
    asked->deadlines = deadlines;
    asked_.push_back(asked);
    return std::make_unique<ScriptedTransfer>(loop_, next_script(asked->authority), asked);
}

std::vector<std::string> ScriptedSender::authorities() const {
    std::vector<std::string> out;
    for (const auto& asked : asked_) out.push_back(asked->authority);
    return out;
}

}  // namespace ogem::test
