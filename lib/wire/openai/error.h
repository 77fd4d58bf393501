// The error object of OpenAI's dialect, as clients of ours read it:
// {"error":{"message","type","param","code","ogem":{"who","attempts":[...]}}}   (contract section
// 6)
#pragma once

#include <string>
#include <vector>

namespace ogem::wire::openai {

struct AttemptNote {
    std::string route;  // "openai/openai/gpt-4"
    int status = 0;     // 0: none came
    std::string outcome, message;
    double ms = 0;
};

struct ErrorObject {
    std::string message, type;
    std::string param, code;   // empty: null
    std::string who = "ogem";  // client | ogem | provider
    std::vector<AttemptNote> attempts;
};

std::string to_json(const ErrorObject& error);

}  // namespace ogem::wire::openai
