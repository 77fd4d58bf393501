#include "wire/gemini/logprobs.h"

#include "json/cursor.h"
#include "json/scan.h"
#include "json/writer.h"

#include <vector>

namespace ogem::wire::gemini {

namespace {

using json::Cursor;

struct Token {
    std::string text;
    std::string_view probability = "0";  // raw: the spelling of the number stays
};

Token read_token(std::string_view raw, std::string_view probability_name) {
    Token token;
    if (!raw.starts_with('{')) return token;
    Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == "token") token.text = json::string_of(value).value_or("");
        if (name == probability_name && json::number_of(value)) token.probability = value;
    }
    return token;
}

// The elements of the array `raw`, which may be anything.
std::vector<std::string_view> elements_of(std::string_view raw) {
    std::vector<std::string_view> elements;
    if (!raw.starts_with('[')) return elements;
    Cursor c(raw);
    for (c.enter_array(); c.next_element();) elements.push_back(c.value());
    if (c.failed()) elements.clear();
    return elements;
}

std::string_view member_of(std::string_view raw, std::string_view wanted) {
    if (!raw.starts_with('{')) return {};
    std::string_view found;
    Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == wanted) found = value;
    }
    return found;
}

// The members of a token without the braces around them.
void write_openai(json::Writer& w, const Token& token) {
    w.key("token").value(token.text).key("logprob").raw(token.probability);
    w.key("bytes").begin_array();
    for (const char byte : token.text) w.value(static_cast<int>(static_cast<unsigned char>(byte)));
    w.end_array();
}

void write_gemini(json::Writer& w, std::string_view raw) {
    const auto token = read_token(raw, "logprob");
    w.begin_object().key("token").value(token.text);
    w.key("logProbability").raw(token.probability).end_object();
}

}  // namespace

chat::Json tokens_of(std::string_view logprobs_result) {
    const auto chosen = elements_of(member_of(logprobs_result, "chosenCandidates"));
    const auto tops = elements_of(member_of(logprobs_result, "topCandidates"));
    if (chosen.empty()) return {};
    std::string out;
    json::Writer w(out);
    w.begin_array();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        w.begin_object();
        write_openai(w, read_token(chosen[i], "logProbability"));
        w.key("top_logprobs").begin_array();
        if (i < tops.size())
            for (const auto top : elements_of(member_of(tops[i], "candidates"))) {
                w.begin_object();
                write_openai(w, read_token(top, "logProbability"));
                w.end_object();
            }
        w.end_array().end_object();
    }
    w.end_array();
    return out;
}

chat::Json logprobs_result_of(std::string_view tokens) {
    const auto chosen = elements_of(tokens);
    if (chosen.empty()) return {};
    std::string out;
    json::Writer w(out);
    w.begin_object().key("chosenCandidates").begin_array();
    for (const auto token : chosen) write_gemini(w, token);
    w.end_array().key("topCandidates").begin_array();
    for (const auto token : chosen) {
        w.begin_object().key("candidates").begin_array();
        for (const auto top : elements_of(member_of(token, "top_logprobs"))) write_gemini(w, top);
        w.end_array().end_object();
    }
    w.end_array().end_object();
    return out;
}

}  // namespace ogem::wire::gemini
