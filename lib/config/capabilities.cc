#include "config/capabilities.h"

#include "base/text.h"
#include "config/names.h"
#include "config/parts/knobs.h"
#include "config/parts/shipped.h"

#include <algorithm>
#include <cassert>
#include <optional>

namespace ogem::config {

namespace {

struct Entry {
    std::string match;
    std::optional<Protocol> protocol;
    Knobs knobs;
};

std::vector<Entry> read_shipped() {
    const auto document = read_yaml(shipped::model_capabilities, "model-capabilities.yaml");
    assert(document);
    const Sources nothing;
    Loading loading(nothing);
    Block top(loading, document->root, "", "");
    std::vector<Entry> entries;
    for (const auto* item : top.take("models")->items) {
        Block block(loading, item, "", "");
        Entry entry;
        block.read("match", entry.match, parse_text);
        Protocol protocol{};
        if (block.read("protocol", protocol, protocols())) entry.protocol = protocol;
        read_knobs(block, entry.knobs);
        block.finish();
        entries.push_back(std::move(entry));
    }
    assert(loading.complaints.errors() == 0);
    // The strongest last: those of a protocol, then the longest pattern.
    std::ranges::stable_sort(entries, {}, [](const Entry& entry) {
        return std::pair(entry.protocol.has_value(), entry.match.size());
    });
    return entries;
}

const std::vector<Entry>& shipped_entries() {
    static const auto entries = read_shipped();
    return entries;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view text) {
    // Where to go on when a '*' has to take one character more.
    std::size_t p = 0, t = 0, star = std::string_view::npos, taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p, ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

Knobs shipped_capabilities(std::string_view name, Protocol protocol) {
    const auto plain = to_lower(name.substr(name.find_last_of('/') + 1));
    Knobs knobs;
    for (const auto& entry : shipped_entries()) {
        if (entry.protocol && *entry.protocol != protocol) continue;
        if (!matches(entry.match, plain)) continue;
        for (const auto& [knob, value] : entry.knobs) knobs.insert_or_assign(knob, value);
    }
    return knobs;
}

Knobs capabilities_of(const Model& model, Protocol protocol) {
    auto knobs = shipped_capabilities(model.name, protocol);
    if (model.max_output_tokens > 0)
        knobs["max_output_tokens"] = std::to_string(model.max_output_tokens);
    for (const auto& [knob, value] : model.capabilities) knobs.insert_or_assign(knob, value);
    return knobs;
}

}  // namespace ogem::config
