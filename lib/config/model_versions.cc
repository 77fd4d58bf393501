#include "config/model_versions.h"

#include "base/text.h"
#include "config/parts/shipped.h"
#include "config/text/block.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <map>

namespace ogem::config {

namespace {

using Names = std::map<std::string, std::string, std::less<>>;

struct Versions {
    Names dates;   // by the name without one
    Names vertex;  // Anthropic's name -> Google's
};

void read_list(Loading& loading, const Node& list, std::string_view value_key, Names& names) {
    for (const auto* item : list.items) {
        Block block(loading, item, "", "");
        std::string name, value;
        block.read("name", name, parse_text);
        block.read(value_key, value, parse_text);
        block.finish();
        names.emplace(std::move(name), std::move(value));
    }
}

Versions read_shipped() {
    const auto document = read_yaml(shipped::model_versions, "model-versions.yaml");
    assert(document);
    const Sources nothing;
    Loading loading(nothing);
    Block top(loading, document->root, "", "");
    Versions versions;
    read_list(loading, *top.take("versions"), "version", versions.dates);
    read_list(loading, *top.take("vertex"), "is", versions.vertex);
    top.finish();
    assert(loading.complaints.errors() == 0);
    return versions;
}

const Versions& shipped_versions() {
    static const auto versions = read_shipped();
    return versions;
}

bool is_date(std::string_view text) {
    return text.size() == 8 && text.starts_with("20") &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string versioned_name(std::string_view name, Protocol protocol) {
    const bool google = protocol == Protocol::vertex_anthropic;
    if ((!google && protocol != Protocol::anthropic) || name.find('/') != std::string_view::npos)
        return std::string(name);
    const auto& versions = shipped_versions();
    std::string dated(name);
    if (const auto date = versions.dates.find(name); date != versions.dates.end())
        append(dated, '-', date->second);
    if (!google) return dated;
    if (const auto own = versions.vertex.find(dated); own != versions.vertex.end())
        return own->second;
    const auto hyphen = dated.rfind('-');
    if (dated.starts_with("claude-") && is_date(std::string_view(dated).substr(hyphen + 1)))
        dated[hyphen] = '@';
    return dated;
}

}  // namespace ogem::config
