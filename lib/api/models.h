// GET /v1/models and /v1/models/{id} in OpenAI's shape (wire/openai.md section 6).
#pragma once

#include "base/result.h"
#include "route/catalog.h"

#include <string>
#include <string_view>

namespace ogem::api {

// Every name a client may type without a provider. `with_routes` adds to each item, for our own
// command line, "ogem":{"aliases":[...],"routes":["provider/region/model",...]}.
std::string models_json(const route::Catalog& catalog, bool with_routes);

// One model; `id` may carry a provider and a region. Errors: as Catalog::resolve().
Result<std::string> model_json(const route::Catalog& catalog, std::string_view id,
                               bool with_routes);

}  // namespace ogem::api
