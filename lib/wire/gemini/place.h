// Gemini's two services, and where each of them keeps a model (spec wire/gemini section 1).
#pragma once

#include "base/result.h"
#include "wire/dialect.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::wire::gemini {

enum class Service : std::uint8_t {
    studio,  // the Gemini API of AI Studio: an API key, no project, no region
    vertex   // Google Cloud: project, location, OAuth token
};

// generativelanguage.googleapis.com, or the host of the location: the one that a whole
// "projects/.../endpoints/..." path names, else the region. Errors: invalid: no such location.
Result<std::string> host_of(Service service, const Place& place);

// "/v1beta/models/gemini-2.5-flash" below which ":generateContent" and the like are. Studio takes
// "models/m" and "tunedModels/m" as well. The version is that of the capabilities (`api_version`),
// else v1beta for studio and v1 for Vertex. Errors: invalid: a model name, project or version that
// has no place in a path.
Result<std::string> model_path(Service service, const Place& place);

// The model belongs to Gemini 3 or later, whose calls must carry a signature: by the form of its
// thinking, else by its name.
bool wants_signatures(const Place& place);

}  // namespace ogem::wire::gemini
