#include "gateway/translation.h"

#include "base/text.h"
#include "gateway/shared.h"
#include "gateway/whole_body.h"
#include "json/scan.h"
#include "net/loop.h"
#include "wire/capabilities.h"
#include "wire/openai/answer_writer.h"
#include "wire/openai/chat_request.h"
#include "wire/openai/completion_request.h"

#include <algorithm>
#include <utility>

namespace ogem::gateway {

namespace {

// Larger bodies are understood and written on the side thread: a megabyte takes milliseconds.
constexpr std::size_t kLargeBody = 256 * 1024;
constexpr std::string_view kStoredThinking = "stored_thinking";  // wire/capabilities.h

bool is_meaningful(const chat::Event& event) {
    return !std::holds_alternative<chat::Started>(event) &&
           !std::holds_alternative<chat::Used>(event) && !std::holds_alternative<chat::Kept>(event);
}

Result<UnderstoodChat> understood(Operation operation, std::string_view body) {
    if (operation == Operation::chat) {
        auto request = wire::openai::read_chat_request(body, new_id);
        if (!request) return fail_as(request);
        return UnderstoodChat{std::make_shared<const chat::Request>(std::move(*request)), {}};
    }
    auto request = wire::openai::read_completion_request(body);
    if (!request) return fail_as(request);
    return UnderstoodChat{std::make_shared<const chat::Request>(std::move(request->chat)),
                          std::move(request->echo)};
}

}  // namespace

Translation::Translation(Exchange& exchange, const Dialect& dialect)
    : exchange_(exchange), request_(exchange.request_), dialect_(dialect), endpoint_(exchange) {}

Task<Result<void>> Translation::run() {
    auto first = attempt();
    auto result = co_await first;
    if (!result && worth_repeating()) {
        exchange_.repeat(result.error());
        auto second = attempt();
        result = co_await second;
    }
    co_return result;
}

// A token that was refused is renewed, a knob that the model refuses is turned off, and the request
// is sent once more (behaviour.md 4.4).
bool Translation::worth_repeating() {
    if (request_.committed) return false;
    switch (failure_.retry) {
        case chat::Retry::refresh_once:
            return endpoint_.token_was_refused();
        case chat::Retry::without_knob:
            if (failure_.knob == kStoredThinking) return !std::exchange(without_thoughts_, true);
            return wire::do_without(endpoint_.place().can, failure_.knob);
        default:
            return false;
    }
}

Task<Result<void>> Translation::attempt() {
    answers_.reset();  // of the attempt before: they send from call_
    auto understanding = understand();
    auto result = co_await understanding;
    if (!result) co_return result;
    auto authorizing = endpoint_.authorize();
    result = co_await authorizing;
    if (!result) co_return result;
    auto writing = write_call();
    result = co_await writing;
    if (!result) co_return result;
    send();
    auto relaying = relay();
    result = co_await relaying;
    co_return result;
}

// The client's request as all attempts in other dialects share it.
Task<Result<void>> Translation::understand() {
    const auto body = request_.incoming.body;
    if (!request_.chat && body.size() <= kLargeBody) {
        request_.chat = understood(request_.incoming.operation, body);
    } else if (!request_.chat) {
        auto job = [operation = request_.incoming.operation, text = std::string(body)]() mutable {
            json::reserve_padding(text);
            return understood(operation, text);
        };
        auto aside = exchange_.gateway_.shared_.side.run(exchange_.gateway_.loop_, std::move(job));
        request_.chat = co_await aside;
    }
    if (!*request_.chat) co_return exchange_.client_is_wrong(request_.chat->error());
    chat_ = (*request_.chat)->request;
    if (without_thoughts_) co_return Result<void>{};
    if (auto whole = exchange_.gateway_.shared_.remembered.restored(*chat_, endpoint_.origin()))
        chat_ = std::make_shared<const chat::Request>(std::move(*whole));
    co_return Result<void>{};
}

Task<Result<void>> Translation::write_call() {
    const auto& provider = *exchange_.endpoint_.provider;
    Result<wire::Call> call;
    if (request_.incoming.body.size() <= kLargeBody) {
        call = dialect_.write_request(*chat_, endpoint_.place(), provider);
    } else {
        auto job = [write = dialect_.write_request, chat = chat_, place = endpoint_.place(),
                    generation = request_.generation,
                    &provider] { return write(*chat, place, provider); };
        auto aside = exchange_.gateway_.shared_.side.run(exchange_.gateway_.loop_, std::move(job));
        call = co_await aside;
    }
    if (!call) co_return exchange_.client_is_wrong(std::move(call.error()));
    call_ = std::move(*call);
    exchange_.dropped_ = call_.dropped;
    co_return Result<void>{};
}

void Translation::send() {
    answer_ = {};
    memory_ = {};
    out_.clear();
    std::vector<std::unique_ptr<UpstreamAnswer>> answers;
    for (int i = 0; i < std::max(call_.copies, 1); ++i)
        answers.push_back(std::make_unique<UpstreamAnswer>(
            endpoint_.send(call_), dialect_, chat_->stream,
            dialect_.make_reader(chat_->stream, call_.state, new_id)));
    answers_.emplace(exchange_.gateway_.loop_, std::move(answers));
    if (chat_->stream) writer_.emplace(style());
}

Task<Result<void>> Translation::relay() {
    auto& loop = exchange_.gateway_.loop_;
    auto last_event = loop.now();
    while (!over_) {
        auto reading = answers_->more();
        const auto events = co_await reading;
        if (auto told = tell(events); !told) co_return told;
        if (!exchange_.memory_.try_set(held_bytes())) co_return no_room();
        // Pings keep a connection busy, not an answer alive (promises section C).
        if (!events.empty()) last_event = loop.now();
        if (loop.now() - last_event > exchange_.endpoint_.provider->timeout.idle)
            co_return fail(Kind::timeout, "the answer stalled: nothing but pings came");
        if (out_.size() > kMaxHeldBack && !request_.committed)
            co_return fail(Kind::upstream,
                           "nothing meaningful came in the first megabyte of the stream");
        if (over_ || !request_.committed) continue;
        flush();
        if (exchange_.sink_.must_wait() && !co_await exchange_.sink_.drained(request_.deadline))
            co_return fail(Kind::cancelled, "the client stopped reading");
    }
    finish();
    co_return Result<void>{};
}

// The request as understood and as written, and the answer: being read, put together, told.
std::size_t Translation::held_bytes() const {
    return 2 * request_.incoming.body.size() + 3 * answers_->untold_bytes() + out_.capacity();
}

Result<void> Translation::tell(const std::vector<chat::Event>& events) {
    for (const auto& event : events) {
        if (const auto* failure = std::get_if<chat::Failed>(&event))
            return failed(failure->failure);
        if (const auto* used = std::get_if<chat::Used>(&event)) request_.usage = used->usage;
        memory_.note(event);
        speaking_ = speaking_ || is_meaningful(event);
        over_ = std::holds_alternative<chat::Ended>(event);
        tell_client(event);
    }
    return {};
}

void Translation::tell_client(const chat::Event& event) {
    if (!writer_) return answer_.add(event);
    writer_->write(event, out_);
    if (speaking_ && !request_.committed) {
        const auto fields = exchange_.commit();
        exchange_.sink_.begin_stream(fields);
    }
}

// What came before the failure is the client's, if anything of it is.
Result<void> Translation::failed(const chat::Failure& failure) {
    failure_ = failure;
    exchange_.outcome_.maybe_charged = answers_->maybe_charged();
    if (request_.committed) flush();
    return exchange_.provider_failed(failure);
}

void Translation::flush() {
    if (!out_.empty()) exchange_.sink_.write(out_);
    out_.clear();
}

void Translation::finish() {
    memory_.keep_in(exchange_.gateway_.shared_.remembered, endpoint_.origin());
    if (writer_) {
        exchange_.sink_.finish(out_);
    } else {
        const auto fields = exchange_.commit();
        exchange_.sink_.reply(200, fields, "application/json",
                              wire::openai::write_answer(answer_, style()));
    }
    answers_->no_more_needed();
}

wire::openai::AnswerStyle Translation::style() const {
    wire::openai::AnswerStyle style;
    style.model = exchange_.element_.typed;
    const bool completion = request_.incoming.operation == Operation::completion;
    style.id = cat(completion ? "cmpl-" : "chatcmpl-", request_.incoming.request_id);
    style.created = unix_seconds_now();
    style.shape = completion ? wire::openai::Shape::completion : wire::openai::Shape::chat;
    style.usage_asked = chat_->usage_asked;
    style.legacy_functions = chat_->legacy_functions;
    style.echo = (*request_.chat)->echo;
    style.show_reasoning = endpoint_.place().can.show_reasoning;
    return style;
}

}  // namespace ogem::gateway
