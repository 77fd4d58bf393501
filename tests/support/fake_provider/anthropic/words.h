// How Anthropic says what is wrong: error bodies, and the sentences of its validation.
#pragma once

#include "check/findings.h"

#include <string>

namespace ogem::fake::anthropic {

extern const Wording kWording;

std::string error(const Trouble& trouble);

}  // namespace ogem::fake::anthropic
