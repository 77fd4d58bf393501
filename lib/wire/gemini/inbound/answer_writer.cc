#include "wire/gemini/inbound/answer_writer.h"

#include "wire/gemini/finish_reason.h"
#include "wire/gemini/inbound/candidate.h"

#include <algorithm>

namespace ogem::wire::gemini {

namespace {

using chat::AnswerChoice;

std::string_view extra(const AnswerChoice& choice, std::string_view name) {
    const auto found = std::ranges::find(choice.also, name, &chat::Extra::name);
    return found == choice.also.end() ? std::string_view() : found->value;
}

void write_choice(json::Writer& w, const AnswerChoice& choice, int index, bool include_thoughts) {
    begin_candidate(w);
    if (include_thoughts && !choice.reasoning.empty()) write_text(w, choice.reasoning, true);
    for (const auto* text : {&choice.text, &choice.refusal})
        if (!text->empty()) write_text(w, *text, false);
    write_images(w, extra(choice, "images"));
    for (const auto& call : choice.calls) write_function_call(w, call);
    end_candidate(w, index, reason_of(choice.finish), extra(choice, "logprobs"));
}

bool is_blocked(const chat::Answer& answer) {
    if (answer.choices.size() != 1) return false;
    const auto& choice = answer.choices[0];
    return choice.finish == chat::Finish::content_filter && !choice.refusal.empty() &&
           choice.text.empty() && choice.calls.empty() && choice.also.empty();
}

}  // namespace

std::string write_answer(const chat::Answer& answer, const AnswerStyle& style) {
    std::string out;
    json::Writer w(out);
    w.begin_object();
    if (is_blocked(answer)) {
        write_blocked(w, answer.choices[0].refusal);
    } else {
        w.key("candidates").begin_array();
        for (std::size_t i = 0; i < answer.choices.size(); ++i)
            if (answer.choices[i].seen)
                write_choice(w, answer.choices[i], static_cast<int>(i), style.include_thoughts);
        w.end_array();
    }
    write_tail(w, answer.usage, style, answer.id);
    w.end_object();
    return out;
}

}  // namespace ogem::wire::gemini
