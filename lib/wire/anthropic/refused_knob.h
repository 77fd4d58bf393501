// Which member of a request a model refuses, read from Anthropic's words. The models' gates move
// faster than any table, and nothing but the text tells them (anthropic.md section 2).
#pragma once

#include <string_view>

namespace ogem::wire::anthropic {

// `message` in lower case, of a 400. Empty: the refusal is not about a knob that we could do
// without.
std::string_view refused_knob(std::string_view message);

}  // namespace ogem::wire::anthropic
