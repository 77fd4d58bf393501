// Where Google Cloud answers for a location, and the paths of models below it: Gemini, and Claude
// on Vertex alike (spec wire/gemini section 1, wire/vertex-auth section 6).
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace ogem::wire {

// "us-central1-aiplatform.googleapis.com" of "us-central1", "aiplatform.googleapis.com" of
// "global", "aiplatform.eu.rep.googleapis.com" of the multi-regions "eu" and "us". Errors: invalid,
// for what is no location (it would become a part of the host).
Result<std::string> google_host(std::string_view location);

// The location that a whole resource name ("projects/p/locations/us-east1/endpoints/1") says, else
// `region`.
std::string_view location_of(std::string_view resource, std::string_view region);

// The path below /v1/ of a model:
// "projects/p/locations/eu/publishers/google/models/gemini-2.5-pro". `model` may also be a whole
// resource name ("projects/...", kept), "publishers/a/models/m" or "a/m" (the same). Errors:
// invalid, as model_segments.
Result<std::string> vertex_resource(std::string_view model, std::string_view project,
                                    std::string_view location, std::string_view publisher);

// `name`, which a client may have typed, as a part of a path: everything but letters, digits and
// "-._~@" is percent-encoded, '/' separates segments. Errors: invalid, for a segment that is empty,
// "." or holds "..", and for '?', '&', '#', '%' and control characters, none of which has a place
// in a name.
Result<std::string> model_segments(std::string_view name);

}  // namespace ogem::wire
