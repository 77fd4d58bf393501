#include "config/parts/builtin.h"

#include "base/text.h"

namespace ogem::config {

namespace {

constexpr std::string_view kGoogle = "https://{region}-aiplatform.googleapis.com";

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

}  // namespace

const std::vector<Builtin>& builtins() {
    static const std::vector<Builtin> list{
        {"openai", Protocol::openai, "https://api.openai.com/v1", "OPENAI_API_KEY",
         BatchMode::native, false},
        {"studio", Protocol::gemini, "https://generativelanguage.googleapis.com",
         "GENAI_STUDIO_API_KEY", BatchMode::native, false},
        {"vertex", Protocol::vertex, kGoogle, "", BatchMode::off, true},
        {"claude", Protocol::anthropic, "https://api.anthropic.com", "CLAUDE_API_KEY",
         BatchMode::native, false},
        {"vclaude", Protocol::vertex_anthropic, kGoogle, "", BatchMode::off, true},
        {"azure", Protocol::azure, "", "AZURE_OPENAI_API_KEY", BatchMode::native, true},
        {"mock", Protocol::mock, "", "", BatchMode::off, false},
    };
    return list;
}

const Builtin* builtin(std::string_view name) {
    for (const auto& known : builtins())
        if (known.name == name) return &known;
    return nullptr;
}

std::string expand(std::string_view base_url, std::string_view region, std::string_view project) {
    std::string url(base_url);
    if (region == "global") replace_all(url, "{region}-", "");
    if (region == "us" || region == "eu")
        replace_all(url, "{region}-aiplatform.", "aiplatform.{region}.rep.");
    replace_all(url, "{region}", region);
    replace_all(url, "{project}", project);
    return url;
}

Provider provider_named(std::string_view name) {
    Provider provider;
    provider.name = name;
    if (const auto* known = builtin(name)) {
        provider.protocol = known->protocol;
        provider.base_url = known->base_url;
        provider.batch = known->batch;
    }
    return provider;
}

}  // namespace ogem::config
