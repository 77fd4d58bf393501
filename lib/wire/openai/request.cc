#include "wire/openai/request.h"

#include "base/text.h"
#include "json/writer.h"

namespace ogem::wire::openai {

namespace {

// What to write between the opening brace and the rest, where the body names no model.
std::string model_member(std::string_view rest, std::string_view upstream_model) {
    const bool alone = trim(rest).starts_with('}');
    return cat("\"model\":", json::quoted(upstream_model), alone ? "" : ",");
}

}  // namespace

Spliced with_model(std::string_view body, const chat::Envelope& envelope,
                   std::string_view upstream_model) {
    if (!envelope.model_text.empty())
        return splice(body, envelope.model_text, json::quoted(upstream_model));
    const auto rest = body.substr(body.find('{') + 1);
    return splice(body, rest.substr(0, 0), model_member(rest, upstream_model));
}

}  // namespace ogem::wire::openai
