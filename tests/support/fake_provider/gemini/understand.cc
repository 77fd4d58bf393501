#include "gemini/gemini.h"
#include "gemini/rules.h"

#include <algorithm>

namespace ogem::fake::gemini {

namespace {

using json::Value;

void read_contents(const Value& contents, Talk& talk) {
    for (const auto& content : contents) {
        std::string said;
        std::vector<std::string> results;
        for (const auto& part : items_at(content, "parts")) {
            said += text_at(part, "text");
            const auto& response = member_at(member_at(part, "functionResponse"), "response");
            if (!response.is_object()) continue;
            const auto output = text_at(response, "output");
            results.push_back(output.empty() ? response.dump() : output);
        }
        const bool model = text_at(content, "role") == "model";
        // Words that follow results in a content of their own belong to the same turn.
        if (!results.empty() || model) talk.results = results;
        if (!model && !said.empty()) talk.said = said;
        if (!model && !said.empty() && said != " " && results.empty()) talk.results.clear();
    }
}

void read_tools(const Value& body, Talk& talk) {
    for (const auto& tool : items_at(body, "tools"))
        for (const auto& function : items_at(tool, "functionDeclarations")) {
            const bool newer = function.contains("parametersJsonSchema");
            talk.tools.push_back(
                {text_at(function, "name"),
                 member_at(function, newer ? "parametersJsonSchema" : "parameters")});
        }
    const auto& config = member_at(member_at(body, "toolConfig"), "functionCallingConfig");
    talk.may_call = text_at(config, "mode") != "NONE";
    talk.must_call = text_at(config, "mode") == "ANY";
    const auto& allowed = items_at(config, "allowedFunctionNames");
    if (allowed.size() == 1) talk.only = allowed[0].get<std::string>();
}

void read_generation(const Value& config, Ask& ask) {
    auto& talk = ask.talk;
    for (const auto& stop : items_at(config, "stopSequences")) talk.stops.push_back(stop);
    const auto& most = member_at(config, "maxOutputTokens");
    if (most.is_number_unsigned()) talk.most_words = most.get<std::size_t>();
    const auto& count = member_at(config, "candidateCount");
    if (count.is_number_unsigned())
        ask.choices = std::clamp<std::size_t>(count.get<std::size_t>(), 1, 8);
    if (text_at(config, "responseMimeType") == "application/json") {
        const bool newer = config.contains("responseJsonSchema");
        talk.format = member_at(config, newer ? "responseJsonSchema" : "responseSchema");
    }
    const auto& thinking = member_at(config, "thinkingConfig");
    talk.thinking = thinking.is_object() && member_at(thinking, "thinkingBudget") != 0;
    talk.hide_thoughts = member_at(thinking, "includeThoughts") != true;
}

std::size_t inputs_of(const Value& body) {
    const auto requests = items_at(body, "requests").size();
    return std::max<std::size_t>({requests, items_at(body, "instances").size(), 1});
}

}  // namespace

void understand(const Value& raw, Ask& ask) {
    const auto body = canonical(raw);
    ask.stream = ask.route.stream;
    ask.inputs = inputs_of(body);
    read_contents(items_at(body, "contents"), ask.talk);
    read_tools(body, ask.talk);
    read_generation(member_at(body, "generationConfig"), ask);
}

}  // namespace ogem::fake::gemini
