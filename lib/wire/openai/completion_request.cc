#include "wire/openai/completion_request.h"

#include "base/text.h"
#include "wire/openai/request/read_sampling.h"

namespace ogem::wire::openai {

namespace {

constexpr std::int64_t kDefaultMaxTokens = 16;  // OAPI: max_tokens of completions

std::unexpected<Error> no_tokens(const Spot& spot) {
    return spot.refuse("token numbers mean something to OpenAI's models only; send text");
}

// A prompt as text, alone or in a list of one.
Result<void> read_prompt(const Spot& spot, std::string& prompt) {
    if (spot.is_string()) return take(spot, prompt);
    int count = 0;
    auto read = each_element(spot, [&](const Spot& element) -> Result<void> {
        if (!element.is_string()) return no_tokens(spot);
        if (++count > 1)
            return spot.refuse("this model takes one prompt at a time; send one request for each");
        return take(element, prompt);
    });
    if (read && count == 0) return spot.refuse("must be text");
    return read;
}

Result<void> read_suffix(const Spot& member) {
    std::string suffix;
    auto taken = take(member, suffix);
    if (!taken || suffix.empty()) return taken;
    return member.refuse("this model cannot insert text before a suffix");
}

struct Reader {
    CompletionRequest request;
    std::string prompt;
    bool prompt_seen = false, echo = false;

    Result<void> read_member(const Spot& member) {
        const auto name = member.name;
        if (name == "model") return take(member, request.chat.model);
        if (name == "echo") return take(member, echo);
        if (name == "suffix") return read_suffix(member);
        if (name == "prompt") {
            prompt_seen = true;
            return read_prompt(member, prompt);
        }
        const auto known = read_sampling(member, request.chat);
        if (!known) return fail(known.error());
        if (!*known) request.chat.rest.push_back({std::string(name), std::string(member.raw)});
        return {};
    }

    void settle() {
        auto& message = request.chat.messages.emplace_back();
        message.plain = true;
        message.content.emplace_back().text = prompt;
        if (echo) request.echo = std::move(prompt);
        auto& sampling = request.chat.sampling;
        if (sampling.max_tokens) return;
        sampling.max_tokens = kDefaultMaxTokens;
        sampling.old_max_tokens = true;
    }
};

}  // namespace

Result<CompletionRequest> read_completion_request(std::string_view body) {
    const Spot spot{trim(body)};
    Reader reader;
    auto read = each_member(spot, [&](const Spot& member) { return reader.read_member(member); });
    if (!read) return fail_as(read);
    if (!reader.prompt_seen) return spot.lacks("prompt");
    reader.settle();
    settle_user(reader.request.chat);
    return std::move(reader.request);
}

}  // namespace ogem::wire::openai
