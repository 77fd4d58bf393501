// Calls of functions and what they returned: in turn, as many, by the same names in the same order;
// and the signatures of thought that Gemini 3 wants back with the calls of the turn at hand.
#include "base/text.h"
#include "gemini/rules.h"
#include "say/reply.h"
#include "say/talk.h"

namespace ogem::fake::gemini {

namespace {

using json::Value;

constexpr std::string_view kSkip = "skip_thought_signature_validator";

std::vector<Value> having(const Value& content, const char* member) {
    std::vector<Value> found;
    for (const auto& part : items_at(content, "parts"))
        if (part.is_object() && part.contains(member)) found.push_back(part);
    return found;
}

bool is_model(const Value& content) {
    return text_at(content, "role") == "model";
}

void check_answer(const std::vector<Value>& calls, const std::vector<Value>& answers,
                  Findings& out) {
    out.when(calls.size() != answers.size(),
             "Please ensure that the number of function response parts is equal to the number of "
             "function call parts of the function call turn.");
    for (std::size_t i = 0; i < std::min(calls.size(), answers.size()); ++i) {
        const auto& call = calls[i]["functionCall"];
        const auto& answer = answers[i]["functionResponse"];
        out.when(text_at(call, "name") != text_at(answer, "name"),
                 cat("Please ensure that function response parts come in the order of the function "
                     "calls: expected `",
                     text_at(call, "name"), "`, found `", text_at(answer, "name"), "`."));
        const auto id = text_at(call, "id");
        out.when(!id.empty() && text_at(answer, "id") != id,
                 cat("The function response must carry the id of its function call: ", id));
    }
}

void check_order(const Value& contents, const Terms& terms, Findings& out) {
    std::vector<Value> open;  // calls that wait for their answers
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const auto calls = having(contents[i], "functionCall");
        const auto answers = having(contents[i], "functionResponse");
        out.when(!calls.empty() && !is_model(contents[i]),
                 "Function calls are only allowed in contents of role model.");
        out.when(!answers.empty() && is_model(contents[i]),
                 "Function responses are not allowed in contents of role model.");
        out.when(!calls.empty() && (i == 0 || is_model(contents[i - 1])),
                 "Please ensure that function call turn comes immediately after a user turn or "
                 "after a function response turn.");
        out.when(
            !answers.empty() && open.empty(),
            "Please ensure that function response turn comes immediately after a function call "
            "turn.");
        if (!open.empty()) check_answer(open, answers, out);
        out.when(!answers.empty() && terms.model.demands_signatures() &&
                     answers.size() != items_at(contents[i], "parts").size(),
                 "Function response parts cannot be mixed with other parts.");
        open = calls;
    }
    out.when(!open.empty(),
             "Please ensure that the number of function response parts is equal to "
             "the number of function call parts of the function call turn.");
}

void check_signature(const Value& part, std::size_t position, const Terms& terms, Findings& out) {
    const auto name = text_at(part["functionCall"], "name");
    const auto signature = text_at(part, "thoughtSignature");
    if (signature.empty())
        return out.say(cat(
            "Function call is missing a thought_signature in functionCall parts. This is required "
            "for tools to work correctly, and missing thought_signature may lead to degraded model "
            "performance. Additional data, function call `default_api:",
            name, "` , position ", position + 1,
            ". Please refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more "
            "details."));
    out.when(signature != kSkip && signature != call_signature(terms.model_name, name),
             "Corrupted thought signature.");
}

// The turn at hand begins with the last words of the user.
std::size_t start_of_turn(const Value& contents) {
    for (std::size_t i = contents.size(); i-- > 0;) {
        const auto& parts = items_at(contents[i], "parts");
        const bool answers = !having(contents[i], "functionResponse").empty();
        if (!is_model(contents[i]) && !answers && !parts.empty()) return i;
    }
    return 0;
}

}  // namespace

std::string call_signature(std::string_view model, std::string_view name) {
    return signature_of(model, name);
}

void check_calls(const Value& contents, const Terms& terms, Findings& out) {
    check_order(contents, terms, out);
    if (!terms.model.demands_signatures()) return;
    for (auto i = start_of_turn(contents); i < contents.size(); ++i) {
        const auto calls = having(contents[i], "functionCall");
        if (!calls.empty()) check_signature(calls[0], i, terms, out);
    }
}

}  // namespace ogem::fake::gemini
