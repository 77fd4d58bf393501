// Which model answers when none was named. No I/O.
#pragma once

#include "json/value.h"

#include <string>

namespace ogem::cli {

// The first chat model of a /v1/models list: not one for embeddings, sound or images, and not the
// mock, whose echo would pass for an answer. "" when there is none.
std::string default_model(const json::Value& list);

}  // namespace ogem::cli
