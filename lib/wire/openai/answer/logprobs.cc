#include "wire/openai/answer/logprobs.h"

#include "base/text.h"

namespace ogem::wire::openai {

bool is_logprobs(std::string_view name) {
    return name == kLogprobs || name == kRefusalLogprobs;
}

chat::Json logprobs_of(const std::vector<chat::Extra>& also) {
    std::string_view content = "null", refusal = "null";
    for (const auto& extra : also) {
        if (extra.name == kLogprobs) content = extra.value;
        if (extra.name == kRefusalLogprobs) refusal = extra.value;
    }
    if (content == "null" && refusal == "null") return "null";
    return cat(R"({"content":)", content, R"(,"refusal":)", refusal, '}');
}

chat::Json logprobs_of(std::string_view name, const chat::Json& tokens) {
    return logprobs_of({chat::Extra{std::string(name), tokens}});
}

}  // namespace ogem::wire::openai
