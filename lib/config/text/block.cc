#include "config/text/block.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace ogem::config {

namespace {

std::string_view kind_of(const Node& node) {
    switch (node.type) {
        case Node::Type::null:
            return "nothing";
        case Node::Type::scalar:
            return "a single value";
        case Node::Type::list:
            return "a list";
        case Node::Type::map:
            return "a map";
    }
    return "";
}

// A key under `providers` that can only be meant to hold a secret.
bool is_name_of_secret(std::string_view key) {
    std::string name = to_lower(key);
    std::erase_if(name, [](char c) { return c == '_' || c == '-'; });
    constexpr std::array kNames{"apikey", "token", "secret", "password", "authorization"};
    return name == "key" || std::any_of(kNames.begin(), kNames.end(),
                                        [&](const char* end) { return name.ends_with(end); });
}

}  // namespace

Block::Block(Loading& loading, const Node* node, std::string path, std::string what)
    : loading_(loading), path_(std::move(path)), what_(std::move(what)) {
    if (!node) return;
    place_ = *node;
    if (node->type == Node::Type::map) {
        entries_ = node->entries;
    } else if (node->type != Node::Type::null) {
        loading_.complaints.error(place_, "E104",
                                  cat(what_.empty() ? "the configuration" : what_,
                                      " must be a map of keys, not ", kind_of(*node)));
    }
    std::map<std::string_view, int> first_line;
    for (const auto& [key, value] : entries_)
        if (const auto [at, fresh] = first_line.emplace(key->text, key->line); !fresh)
            loading_.complaints.error(*key, "E102",
                                      cat("key ", shown_name(key->text),
                                          " is given twice; it first stands at line ", at->second));
}

std::string Block::path_of(std::string_view key) const {
    return path_.empty() ? std::string(key) : cat(path_, '.', key);
}

const Node* Block::take(std::string_view key) {
    known_.emplace_back(key);
    for (const auto& [name, value] : entries_)
        if (name->text == key) return value;
    return nullptr;
}

bool Block::usable(std::string_view key, const Node& node) {
    if (node.type == Node::Type::scalar) return true;
    if (node.type == Node::Type::null) {
        loading_.complaints.error(node, "E306",
                                  cat(key, " has no value; give one or remove the line"));
    } else {
        loading_.complaints.error(node, "E104",
                                  cat(key, " must be a single value, not ", kind_of(node)));
    }
    return false;
}

const Node* Block::scalar(std::string_view key) {
    const auto* node = take(key);
    return node && usable(key, *node) ? node : nullptr;
}

void Block::complain(std::string_view key, const Node& node, const Flaw& flaw) {
    loading_.complaints.error(node, flaw.code, cat(key, ": ", flaw.reason));
}

void Block::read_list(std::string_view key, std::vector<std::string>& target, TextParser parse) {
    const auto* node = take(key);
    if (!node) return;
    if (node->type == Node::Type::map) {
        loading_.complaints.error(*node, "E104", cat(key, " must be a list, not a map"));
        return;
    }
    target.clear();
    std::vector<const Node*> items = node->items;
    if (node->type == Node::Type::scalar) items.push_back(node);
    for (const auto* item : items) {
        if (!usable(key, *item)) continue;
        if (auto value = parse(item->text)) {
            target.push_back(std::move(*value));
        } else {
            complain(key, *item, value.error());
        }
    }
    loading_.came_from(path_of(key), *node);
}

void Block::read_pairs(std::string_view key, Pairs& target) {
    const auto* node = take(key);
    if (!node) return;
    const Block pairs(loading_, node, path_of(key), std::string(key));
    for (const auto& [name, value] : pairs.entries())
        if (usable(name->text, *value)) target.emplace_back(name->text, value->text);
    loading_.came_from(path_of(key), *node);
}

Block Block::block(std::string_view key) {
    return Block(loading_, take(key), path_of(key), std::string(key));
}

void Block::finish() {
    const bool in_providers = path_.starts_with("providers.");
    for (const auto& [key, value] : entries_) {
        if (loading_.complaints.full()) return;
        if (std::find(known_.begin(), known_.end(), key->text) != known_.end()) continue;
        if (in_providers && is_name_of_secret(key->text)) {
            loading_.complaints.error(
                *key, "E205",
                cat(shown_name(key->text),
                    " must not stand in the configuration; put the key into an environment "
                    "variable and name that with api_key_env"));
            continue;
        }
        loading_.complaints.error(
            *key, "E101",
            cat("unknown key ", shown_name(key->text), what_.empty() ? "" : " in ", what_,
                did_you_mean(key->text, known_)));
    }
}

}  // namespace ogem::config
