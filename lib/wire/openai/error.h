// The error object of OpenAI's dialect, as clients of ours read it:
// {"error":{"message","type","param","code","ogem":{"who","attempts":[...]}}}   (contract section
// 6). All keys are always there; `param` and `code` may be null, as in OpenAI's own.
#pragma once

#include <string>
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

}  // namespace ogem::wire::openai
