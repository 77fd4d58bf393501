#include "gateway/mock/choices.h"

#include "base/text.h"
#include "gateway/mock/arguments.h"
#include "gateway/mock/tokens.h"

#include <algorithm>

namespace ogem::gateway::mock {

namespace {

using Choice = chat::AnswerChoice;
using chat::Finish;

constexpr std::size_t kMostChoices = 2048;
constexpr std::size_t kLongestAnswer = 32u << 20;  // bytes of payload, all choices together

// Cuts `choice` at the first stop text, then at the token limit.
void cut(Choice& choice, const Request& request) {
    auto end = choice.text.size();
    for (const auto& stop : request.stop)
        if (!stop.empty()) end = std::min(end, choice.text.find(stop));
    choice.text.resize(end);
    if (request.max_tokens == 0) return;
    const auto kept = first_tokens(choice.text, request.max_tokens).size();
    if (kept < choice.text.size()) choice.finish = Finish::length;
    choice.text.resize(kept);
}

Choice text_choice(std::string text, const Request& request) {
    Choice choice;
    choice.text = std::move(text);
    choice.seen = true;
    cut(choice, request);
    return choice;
}

Result<Choice> tool_choice(std::string_view id, const Request& request) {
    if (request.tool_result) return text_choice(*request.tool_result, request);
    if (!request.function)
        return fail(Kind::invalid, "tools: mock/tools has no function to call; give it one");
    const auto* parameters = member(*request.function, "parameters");
    const json::Value none = json::Value::object();
    Choice choice;
    choice.seen = true;
    choice.finish = Finish::tool_calls;
    auto& call = choice.calls.emplace_back();
    call.id = cat("call_", id);
    call.name = request.function->at("name").get<std::string>();
    call.arguments = (parameters ? example_of(*parameters) : none).dump();
    return choice;
}

void add_copies(const Choice& choice, int n, Choices& choices) {
    for (; n > 0; --n) {
        choices.push_back(choice);
        for (auto& call : choices.back().calls) append(call.id, '_', choices.size() - 1);
    }
}

}  // namespace

Result<Choices> plan_choices(std::string_view model, std::string_view id, const Request& request,
                             const Pace& pace) {
    const auto count = request.texts.size() * static_cast<std::size_t>(request.n);
    if (count > kMostChoices) return fail(Kind::invalid, "n: more than 2,048 choices in all");
    Choices choices;
    for (const auto& text : request.texts) {
        Result<Choice> choice;
        if (model == "tools") {
            choice = tool_choice(id, request);
        } else {
            choice = text_choice(model == "lorem" ? lorem(pace.tokens) : text, request);
        }
        if (!choice) return fail_as(choice);
        if (payload(*choice).size() > kLongestAnswer / count)
            return fail(Kind::invalid, "the answer would be longer than 32 MiB");
        add_copies(*choice, request.n, choices);
    }
    return choices;
}

const std::string& payload(const Choice& choice) {
    return choice.calls.empty() ? choice.text : choice.calls.front().arguments;
}

std::int64_t longest(const Choices& choices) {
    std::int64_t tokens = 0;
    for (const auto& choice : choices) tokens = std::max(tokens, count_tokens(payload(choice)));
    return tokens;
}

chat::Usage usage_of(const Request& request, const Choices& choices) {
    chat::Usage usage{.prompt_tokens = request.prompt_tokens};
    for (const auto& choice : choices) usage.completion_tokens += count_tokens(payload(choice));
    return usage;
}

}  // namespace ogem::gateway::mock
