#include "wire/google_host.h"

#include "base/text.h"
#include "wire/url.h"

#include <algorithm>

namespace ogem::wire {

namespace {

bool is_label(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_refused(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f ||
           std::string_view("?&#%\\").find(c) != std::string_view::npos;
}

// '@' stays as it is: names of Claude's models have one.
void append_encoded(std::string& out, std::string_view segment) {
    bool first = true;
    for (const auto piece : split(segment, '@')) {
        append(out, first ? "" : "@", percent_encoded(piece));
        first = false;
    }
}

}  // namespace

Result<std::string> google_host(std::string_view location) {
    if (location == "global") return "aiplatform.googleapis.com";
    if (location == "us" || location == "eu")
        return cat("aiplatform.", location, ".rep.googleapis.com");
    const bool fits = !location.empty() && location.size() <= 40 && location.front() != '-' &&
                      std::ranges::all_of(location, is_label);
    if (!fits)
        return fail(Kind::invalid, cat("\"", location.substr(0, 80),
                                       "\" is not a location of Google Cloud, as us-central1 is"));
    return cat(location, "-aiplatform.googleapis.com");
}

std::string_view location_of(std::string_view resource, std::string_view region) {
    constexpr std::string_view kMark = "/locations/";
    const auto at = resource.find(kMark);
    if (!resource.starts_with("projects/") || at == std::string_view::npos) return region;
    const auto rest = resource.substr(at + kMark.size());
    return rest.substr(0, rest.find('/'));
}

Result<std::string> vertex_resource(std::string_view model, std::string_view project,
                                    std::string_view location, std::string_view publisher) {
    if (model.starts_with("projects/")) return model_segments(model);
    std::string name(model);
    if (!model.starts_with("publishers/")) {
        const auto slash = model.find('/');
        const bool names_one = slash != std::string_view::npos && !model.starts_with("models/");
        if (names_one) publisher = model.substr(0, slash);
        name = cat("publishers/", publisher, "/models/", model.substr(slash + 1));
    }
    return model_segments(cat("projects/", project, "/locations/", location, '/', name));
}

Result<std::string> model_segments(std::string_view name) {
    std::string out;
    for (const auto segment : split(name, '/')) {
        const bool tricky = segment.empty() || segment == "." ||
                            segment.find("..") != std::string_view::npos ||
                            std::ranges::any_of(segment, is_refused);
        if (tricky)
            return fail(Kind::invalid,
                        cat("\"", name.substr(0, 200), "\" is not the name of a model"));
        if (!out.empty()) out += '/';
        append_encoded(out, segment);
    }
    return out;
}

}  // namespace ogem::wire
