#include "wire/openai/response.h"

#include "base/text.h"
#include "json/scan.h"
#include "json/writer.h"
#include "wire/openai/usage.h"

namespace ogem::wire::openai {

namespace {

Error error_inside(std::string_view raw) {
    auto words = read_error_words(raw);
    if (words.message.empty())
        words.message = "upstream answered 200 with an error without a message";
    return Error{words.status ? kind_of_status(words.status) : Kind::upstream,
                 std::move(words.message),
                 words.status ? words.status : 200,
                 {}};
}

Spliced with_shown_model(std::string_view body, std::optional<std::string_view> model,
                         std::string_view shown_model) {
    if (!model || shown_model.empty()) return {body, {}, {}};
    return splice(body, *model, json::quoted(shown_model));
}

}  // namespace

Result<Answer> read_answer(std::string_view body, std::string_view shown_model) {
    thread_local std::vector<json::Member> members;  // kept, so that an answer allocates once
    if (!json::scan_object(body, members))
        return fail(
            Error{Kind::upstream, cat("upstream answered 200 with ", look_of(body)), 200, {}});
    const auto error = json::find(members, "error");
    if (error && *error != "null") return fail(error_inside(*error));
    Answer answer;
    answer.body = with_shown_model(body, json::find(members, "model"), shown_model);
    if (const auto usage = json::find(members, "usage")) answer.usage = read_usage(*usage);
    return answer;
}

}  // namespace ogem::wire::openai
