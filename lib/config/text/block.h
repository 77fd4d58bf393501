// Reads one map of the configuration. Every key that is asked for is known; finish() complains
// about the others, so the list of keys exists once, in the code that reads them.
//   Block cache(loading, node, "cache", "");
//   cache.read("ttl", config.cache.ttl, Time{});
//   cache.finish();
#pragma once

#include "config/text/loading.h"
#include "config/text/values.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

class Block {
public:
    // `node` null or of type null is an empty map; E104 if it is something else, E102 for each key
    // given twice. `path` ("providers.openai") is for origins; `what` ("provider 'openai'") for
    // messages, empty at the top. `loading` and the node's document outlive this.
    Block(Loading& loading, const Node* node, std::string path, std::string what);

    // The value of `key` (a null node too), or null if it is not there.
    const Node* take(std::string_view key);

    // Sets `target` if `key` is there and is what `parse` wants; true if it did.
    template <class T, class Parse>
    bool read(std::string_view key, T& target, const Parse& parse);

    // A list of texts, or one text for a list of one. Each is checked by `parse`.
    using TextParser = Parsed<std::string> (*)(std::string_view);
    void read_list(std::string_view key, std::vector<std::string>& target,
                   TextParser parse = parse_text);

    // A map of texts, in the order of the file.
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    void read_pairs(std::string_view key, Pairs& target);

    // The map under `key`; empty if it is not there.
    Block block(std::string_view key);

    // Keys that nobody asked for: E101 with a suggestion, or E205 under `providers` if one is
    // called like a secret.
    void finish();

    void describe(std::string what) { what_ = std::move(what); }
    const std::vector<Entry>& entries() const { return entries_; }
    std::string path_of(std::string_view key) const;
    Place place() const { return place_; }

private:
    const Node* scalar(std::string_view key);
    bool usable(std::string_view key, const Node& node);  // a scalar with a value, or E104, E306
    void complain(std::string_view key, const Node& node, const Flaw& flaw);

    Loading& loading_;
    Place place_;
    std::string path_, what_;
    std::vector<Entry> entries_;  // empty where the node is not a map
    std::vector<std::string> known_;
};

template <class T, class Parse>
bool Block::read(std::string_view key, T& target, const Parse& parse) {
    const auto* node = scalar(key);
    if (!node) return false;
    auto value = parse(node->text);
    if (!value) {
        complain(key, *node, value.error());
        return false;
    }
    target = static_cast<T>(std::move(*value));
    loading_.came_from(path_of(key), *node);
    return true;
}

}  // namespace ogem::config
