#include "api/models.h"

#include "json/writer.h"

#include <ctime>

namespace ogem::api {

namespace {

// Providers are not asked when a model was made; the start of this process is at least constant.
std::int64_t created() {
    static const auto started = static_cast<std::int64_t>(std::time(nullptr));
    return started;
}

void write_routes(json::Writer& out, const std::vector<const route::Endpoint*>& endpoints) {
    out.key("ogem").begin_object().key("aliases").begin_array();
    for (const auto& name : endpoints.front()->model->other_names) out.value(name);
    out.end_array().key("routes").begin_array();
    for (const auto* endpoint : endpoints) out.value(endpoint->route());
    out.end_array().end_object();
}

void write_model(json::Writer& out, std::string_view id, std::string_view owner,
                 const std::vector<const route::Endpoint*>& endpoints, bool with_routes) {
    out.begin_object().key("id").value(id).key("object").value("model").key("created").value(
        created());
    out.key("owned_by").value(owner);
    if (with_routes && !endpoints.empty()) write_routes(out, endpoints);
    out.end_object();
}

}  // namespace

std::string models_json(const route::Catalog& catalog, bool with_routes) {
    std::string text;
    json::Writer out(text);
    out.begin_object().key("object").value("list").key("data").begin_array();
    for (const auto& model : catalog.models())
        write_model(out, model.name, model.owned_by, model.endpoints, with_routes);
    out.end_array().end_object();
    return text;
}

Result<std::string> model_json(const route::Catalog& catalog, std::string_view id,
                               bool with_routes) {
    auto chain = catalog.resolve(id);
    if (!chain) return fail_as(chain);
    const auto& element = chain->front();
    std::string text;
    json::Writer out(text);
    write_model(out, id, element.candidates.front()->provider->name, element.candidates,
                with_routes);
    return text;
}

}  // namespace ogem::api
