#include "ogem/chat/conversation.h"

#include "base/text.h"
#include "ogem/output/json_out.h"
#include "ogem/output/printable.h"
#include "wire/sse.h"

#include <utility>
#include <vector>

namespace ogem::cli {

namespace {

// A line on the terminal while nothing has come yet; gone before anything else is written there.
class Progress {
public:
    Progress(const Context& context, std::string_view text)
        : shown_(context.terminal.progress && !context.globals.quiet) {
        if (shown_) write_err(dim(text, context.terminal.color_err));
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() { clear(); }
    void clear() {
        if (std::exchange(shown_, false)) write_err("\r\x1b[K");
    }

private:
    bool shown_;
};

}  // namespace

bool Conversation::wants_footer() const {
    return chat_.usage ||
           (context_.terminal.err && !context_.globals.quiet && !context_.globals.json);
}

Outcome<> Conversation::run(const std::string& socket, std::string body, std::string_view model) {
    auto request = signed_by(context_, client::post("/v1/chat/completions", std::move(body)));
    Progress progress(context_, cat("asking ", printable(model), " ..."));
    auto exchange = client::Exchange::start(socket, request, context_.patience);
    progress.clear();
    if (!exchange) return failed_wait(exchange.error());
    if (exchange->status() >= 400) {
        auto rest = client::rest_of(*exchange, context_.patience);
        return std::unexpected(
            failure_of(exchange->status(), exchange->headers(), rest.value_or("")));
    }
    about_ = about_of(exchange->headers());
    const bool streams =
        wire::header(exchange->headers(), "content-type").starts_with("text/event-stream");
    auto shown = streams ? show_stream(*exchange) : show_whole(*exchange);
    auto ended = end(shown.has_value());
    return shown ? ended : shown;
}

Outcome<> Conversation::show_stream(client::Exchange& exchange) {
    wire::SseReader reader;
    std::vector<wire::SseEvent> events;
    while (true) {
        auto bytes = exchange.next(context_.patience);
        if (!bytes) return failed_wait(bytes.error());
        if (bytes->empty()) break;
        events.clear();
        auto fed = reader.feed(*bytes, events);
        for (const auto& event : events) {
            if (auto shown = show_event(event.data); !shown) return shown;
        }
        if (!fed) return failed(Exit::unusable, fed.error().message);
    }
    return answer_.finish(chat_.strict);
}

Outcome<> Conversation::show_event(std::string_view data) {
    auto text = answer_.take_event(data);
    if (!text) return failed_as(text);
    if (!text->empty() && !about_.first_token) about_.first_token = Clock::now() - start_;
    if (!context_.globals.json) return show_text(*text);
    auto chunk = json::parse(data);
    if (!chunk) return {};  // [DONE]
    if (!context_.globals.get) return write_out(json_text(*chunk) + "\n");
    const auto* found = at_pointer(*chunk, *context_.globals.get);
    return found == nullptr ? Outcome<>() : write_out(scalar_text(*found) + "\n");
}

Outcome<> Conversation::show_whole(client::Exchange& exchange) {
    auto body = client::rest_of(exchange, context_.patience);
    if (!body) return failed_wait(body.error());
    auto completion = json::parse(*body);
    if (!completion) return failed(Exit::unusable, "the answer is " + completion.error().message);
    auto text = answer_.take_whole(*completion);
    if (!text) return failed_as(text);
    about_.total = Clock::now() - start_;
    Outcome<> shown;
    if (context_.globals.json) {
        (*completion)["ogem"] = ogem_member(about_);
        shown = print_json(context_, *completion);
    } else {
        shown = show_text(*text);
    }
    return shown ? answer_.finish(chat_.strict) : shown;
}

Outcome<> Conversation::show_text(std::string_view text) {
    if (text.empty()) return {};
    at_line_start_ = text.ends_with('\n');
    return write_out(context_.terminal.out && !chat_.raw ? printable(text) : std::string(text));
}

// One newline after the text, whatever it ended with; then the footer. Also after a failure, so
// that its sentence starts on a line of its own.
Outcome<> Conversation::end(bool complete) {
    about_.total = Clock::now() - start_;
    take_usage(about_, answer_.usage());
    if (!context_.globals.json && !chat_.raw && !at_line_start_) {
        if (auto ended = write_out("\n"); !ended) return ended;
    }
    if (!complete) return {};
    if (!answer_.has_text() && answer_.finish_reason() == "tool_calls") {
        context_.note("the answer is a tool call; --json shows it");
    }
    if (wants_footer()) {
        const auto* gap = context_.terminal.out && context_.terminal.err ? "\n" : "";
        write_err(cat(gap, dim(printable(footer_of(about_)), context_.terminal.color_err), "\n"));
    }
    return {};
}

}  // namespace ogem::cli
