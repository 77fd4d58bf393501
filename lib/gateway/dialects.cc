#include "gateway/dialects.h"

#include "base/text.h"
#include "gateway/whole_body.h"
#include "json/scan.h"
#include "wire/anthropic/answer_reader.h"
#include "wire/anthropic/error.h"
#include "wire/anthropic/request_writer.h"
#include "wire/anthropic/stream_reader.h"
#include "wire/gemini/answer_reader.h"
#include "wire/gemini/error.h"
#include "wire/gemini/request.h"
#include "wire/gemini/stream_reader.h"

#include <string>

namespace ogem::gateway {

namespace {

// A whole answer, read when it has come whole.
class WholeReader final : public wire::StreamReader {
public:
    using Read = std::move_only_function<void(std::string_view body, chat::Events& out)>;

    explicit WholeReader(Read read) : read_(std::move(read)) {}

    void feed(std::string_view bytes, chat::Events& out) override {
        if (body_.size() + bytes.size() <= kMaxAnswer) {
            body_ += bytes;
            return;
        }
        chat::Failure failure;
        failure.error = {
            Kind::upstream, cat("the answer is larger than ", kMaxAnswer, " bytes"), 0, {}};
        failure.maybe_charged = true;
        out.fail(std::move(failure));
    }

    void finish(chat::Events& out) override {
        json::reserve_padding(body_);
        read_(body_, out);
    }

private:
    Read read_;
    std::string body_;
};

std::vector<wire::gemini::SafetySetting> safety_of(const config::Provider& provider) {
    std::vector<wire::gemini::SafetySetting> safety;
    for (const auto& [category, threshold] : provider.safety_settings)
        safety.push_back({category, threshold});
    return safety;
}

template <wire::gemini::Service kService>
Result<wire::Call> write_gemini(const chat::Request& request, const wire::Place& place,
                                const config::Provider& provider) {
    return wire::gemini::write_request(request, place, kService, safety_of(provider));
}

std::unique_ptr<wire::StreamReader> gemini_reader(bool stream, const chat::AnswerState& state,
                                                  const chat::NewId& new_id) {
    if (stream) return std::make_unique<wire::gemini::StreamReader>(state, new_id);
    return std::make_unique<WholeReader>([state, new_id](std::string_view body, chat::Events& out) {
        wire::gemini::read_answer(body, state, new_id, out);
    });
}

template <auto kWrite>
Result<wire::Call> write_claude(const chat::Request& request, const wire::Place& place,
                                const config::Provider&) {
    return kWrite(request, place);
}

std::unique_ptr<wire::StreamReader> claude_reader(bool stream, const chat::AnswerState& state,
                                                  const chat::NewId& new_id) {
    if (stream) return std::make_unique<wire::anthropic::StreamReader>(state, new_id);
    return std::make_unique<WholeReader>([state, new_id](std::string_view body, chat::Events& out) {
        wire::anthropic::read_answer(body, state, new_id, out);
    });
}

constexpr Dialect kClaude{
    write_claude<wire::anthropic::write_request>, claude_reader, wire::anthropic::read_error, {}};
constexpr Dialect kVertexClaude{write_claude<wire::anthropic::write_vertex_request>,
                                claude_reader,
                                wire::anthropic::read_error,
                                {}};
constexpr Dialect kStudio{write_gemini<wire::gemini::Service::studio>, gemini_reader,
                          wire::gemini::read_error, wire::gemini::Service::studio};
constexpr Dialect kVertex{write_gemini<wire::gemini::Service::vertex>, gemini_reader,
                          wire::gemini::read_error, wire::gemini::Service::vertex};

}  // namespace

const Dialect* dialect_of(config::Protocol protocol) {
    switch (protocol) {
        case config::Protocol::anthropic:
            return &kClaude;
        case config::Protocol::vertex_anthropic:
            return &kVertexClaude;
        case config::Protocol::gemini:
            return &kStudio;
        case config::Protocol::vertex:
            return &kVertex;
        default:
            return nullptr;
    }
}

}  // namespace ogem::gateway
