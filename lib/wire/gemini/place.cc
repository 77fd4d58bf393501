#include "wire/gemini/place.h"

#include "base/text.h"
#include "wire/google_host.h"

#include <algorithm>

namespace ogem::wire::gemini {

namespace {

Result<std::string> studio_resource(std::string_view model) {
    const bool whole = model.starts_with("models/") || model.starts_with("tunedModels/");
    const auto slash = whole ? model.find('/') + 1 : 0;
    const auto name = model.substr(slash);
    auto segment = model_segments(name);
    if (!segment) return fail_as(segment);
    if (name.find('/') != std::string_view::npos)
        return fail(Kind::invalid,
                    cat("\"", model.substr(0, 200), "\" is not the name of a model"));
    return cat(whole ? model.substr(0, slash) : "models/", *segment);
}

}  // namespace

Result<std::string> host_of(Service service, const Place& place) {
    if (service == Service::studio) return "generativelanguage.googleapis.com";
    return google_host(location_of(place.model, place.region));
}

Result<std::string> model_path(Service service, const Place& place) {
    const bool studio = service == Service::studio;
    auto version = place.can.api_version;
    if (version.empty()) version = studio ? "v1beta" : "v1";
    if (version.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string::npos)
        return fail(Kind::invalid, cat("\"", version, "\" is not a version of the Gemini API"));
    auto resource = studio ? studio_resource(place.model)
                           : vertex_resource(place.model, place.project, place.region, "google");
    if (!resource) return resource;
    return cat('/', version, '/', *resource);
}

bool wants_signatures(const Place& place) {
    if (place.can.thinking == chat::Thinking::level) return true;
    constexpr std::string_view kFamily = "gemini-";
    const auto name = std::string_view(place.model).substr(place.model.find_last_of('/') + 1);
    if (!name.starts_with(kFamily)) return false;
    const auto digits = name.substr(kFamily.size());
    const auto end = std::min(digits.find_first_not_of("0123456789"), digits.size());
    return end > 1 || (end == 1 && digits.front() >= '3');
}

}  // namespace ogem::wire::gemini
