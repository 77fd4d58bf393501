#include "gemini/gemini.h"

#include "base/text.h"
#include "gemini/rules.h"
#include "google/front.h"

namespace ogem::fake::gemini {

namespace {

using json::Value;

constexpr std::string_view kVector = "[0.5,-0.25,1.5]";

// `one` as often as there are inputs.
std::string list_of(std::size_t inputs, std::string_view one) {
    std::string out = "[";
    for (std::size_t i = 0; i < inputs; ++i) append(out, i > 0 ? "," : "", one);
    return out + "]";
}

std::string model_entry(std::string_view name) {
    return cat(R"({"name":"models/)", name,
               R"(","displayName":"Fake","inputTokenLimit":1048576,"outputTokenLimit":65536,)",
               R"("supportedGenerationMethods":["generateContent","countTokens"]})");
}

// An error in a stream comes as an event, or as bytes that are none (the odd form).
Frame stream_error(const Trouble& trouble, bool odd) {
    const auto body = google::error(trouble);
    return {odd ? cat("[", body, "\n]") : body, "", odd};
}

void check(const Route& route, const Value& body, const Terms& terms, Findings& out) {
    switch (route.endpoint) {
        case Endpoint::chat:
            return check_generate(body, terms, out);
        case Endpoint::count_tokens:
            return check_count(body, terms, out);
        case Endpoint::embed_one:
            return check_embed_one(body, terms, out);
        case Endpoint::embed_batch:
            return check_embed_batch(body, terms, out);
        case Endpoint::predict:
            return check_predict(body, terms, out);
        default:
            return;
    }
}

std::optional<Refusal> refusal(const Request& request, const Route& route, const Value& body,
                               const google::Tokens& tokens) {
    if (auto refused = google::front_refusal(request, route, tokens)) return refused;
    if (request.method() != "POST") return {};
    Findings findings(kWording);
    findings.when(body.is_null(), "Invalid JSON payload received. Unexpected end of string.");
    const Terms terms{model_of(route.model), route.model, route.dialect == Dialect::vertex};
    check(route, canonical(body), terms, findings);
    if (!findings.any()) return {};
    return Refusal{*findings.first(), &kVoice};
}

}  // namespace

const Voice kVoice{whole,
                   score,
                   plain,
                   google::error,
                   stream_error,
                   "",
                   "vary: Origin\r\nserver: scaffolding on HTTPServer2\r\n"};

const Speech kSpeech{&kVoice, refusal, understand};

std::string plain(const Ask& ask) {
    const bool vertex = ask.route.dialect == Dialect::vertex;
    switch (ask.route.endpoint) {
        case Endpoint::count_tokens:
            return R"({"totalTokens":9,"promptTokensDetails":[{"modality":"TEXT","tokenCount":9}]})";
        case Endpoint::embed_batch:
            return cat(R"({"embeddings":)", list_of(ask.inputs, cat(R"({"values":)", kVector, "}")),
                       "}");
        case Endpoint::embed_one:
            return cat(
                R"({"embedding":{"values":)", kVector, "}",
                vertex ? R"(,"usageMetadata":{"promptTokenCount":1},"truncated":false})" : "}");
        case Endpoint::predict:
            return cat(
                R"({"predictions":)",
                list_of(ask.inputs, cat(R"({"embeddings":{"values":)", kVector,
                                        R"(,"statistics":{"token_count":1,"truncated":false}}})")),
                R"(,"metadata":{"billableCharacterCount":4}})");
        case Endpoint::model:
            return model_entry(ask.route.model);
        default:
            return cat(R"({"models":[)", model_entry("gemini-fake"), "]}");
    }
}

}  // namespace ogem::fake::gemini
