// How one client of Gemini's dialect wants its answer, and what fills the gaps of a provider.
#pragma once

#include <string>

namespace ogem::wire::gemini {

struct AnswerStyle {
    std::string model;              // as the client named it
    std::string id;                 // used where the provider gave none
    bool include_thoughts = false;  // reasoning is told, as parts with "thought":true
};

}  // namespace ogem::wire::gemini
