#include "wire/openai/request.h"

#include "base/text.h"
#include "json/scan.h"
#include "json/writer.h"

namespace ogem::wire::openai {

namespace {

// What to write between the opening brace and the rest, where the body names no model.
std::string model_member(std::string_view rest, std::string_view upstream_model) {
    const bool alone = trim(rest).starts_with('}');
    return cat("\"model\":", json::quoted(upstream_model), alone ? "" : ",");
}

}  // namespace

std::string with_model(std::string_view body, const chat::Envelope& envelope,
                       std::string_view upstream_model) {
    std::string out;
    out.reserve(body.size() + upstream_model.size() + json::kPadding);
    const bool has_model = !envelope.model_text.empty();
    const auto at = has_model ? static_cast<std::size_t>(envelope.model_text.data() - body.data())
                              : body.find('{') + 1;
    const auto rest = body.substr(at + envelope.model_text.size());
    out.append(body.substr(0, at));
    if (has_model) {
        json::append_string(out, upstream_model);
    } else {
        out += model_member(rest, upstream_model);
    }
    return out.append(rest);
}

}  // namespace ogem::wire::openai
