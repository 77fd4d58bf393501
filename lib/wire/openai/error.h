// The error object of OpenAI's dialect, as clients of ours read it:
// {"error":{"message","type","param","code","ogem":{"who","attempts":[...]}}}   (contract section
// 6). All keys are always there; `param` and `code` may be null, as in OpenAI's own.
#pragma once

#include "chat/failure.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

struct AttemptNote {
    std::string route;  // "openai/openai/gpt-4"
    int status = 0;     // 0: none came, written as null
    std::string outcome, message;
    double ms = 0;  // written with one decimal
};

struct ErrorObject {
    std::string message, type;
    std::string param, code;   // empty: null
    std::string who = "ogem";  // client | ogem | provider
    std::vector<AttemptNote> attempts;
};

// One line, without a newline.
std::string to_json(const ErrorObject& error);

// What a kind of failure is in OpenAI's dialect (behaviour.md 4.16; spec: wire/openai section 4).
struct KindWords {
    int status;
    std::string_view type, code;  // an empty code is null
};
KindWords words_of(Kind kind);

// Those words where a failure has none of its own. A failure that names its type and no code has
// none.
void fill_words(Kind kind, std::string& type, std::string& code);

// {"error":{"message","type","param","code"}} as a provider says it, on one line; an empty param or
// code is null.
std::string error_body(std::string_view message, std::string_view type, std::string_view code,
                       std::string_view param = {});
std::string error_body(const chat::Failure& failure);

}  // namespace ogem::wire::openai
