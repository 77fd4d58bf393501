#include "config/parts/models.h"

#include "base/text.h"
#include "config/parts/knobs.h"

#include <map>
#include <string_view>

namespace ogem::config {

namespace {

// A comma ends an element of a fallback chain, so a name with one could never be asked for.
bool check_name(Loading& loading, std::string_view name, Place place) {
    const bool bad = name.find(',') != std::string_view::npos || trim(name) != name;
    if (bad)
        loading.complaints.error(
            place, "E207",
            cat("model name ", shown_name(name),
                " holds a comma, or space at an end; no client could type it"));
    return !bad;
}

void read_price(Block block, Model& model) {
    Price price;
    block.read("input", price.input, Number{});
    block.read("output", price.output, Number{});
    block.read("cached_input", price.cached_input, Number{});
    block.finish();
    model.price = price;
}

Place place_of(Block& block, std::string_view key) {
    const auto* node = block.take(key);
    return node ? Place(*node) : block.place();
}

void read_names(Loading& loading, Block& block, PlacedModel& placed) {
    auto& model = placed.model;
    block.read("name", model.name, parse_text);
    const auto name_place = place_of(block, "name");
    block.read_list("other_names", model.other_names);
    placed.names.emplace_back(model.name, name_place);
    const auto* others = block.take("other_names");
    for (std::size_t i = 0; i < model.other_names.size(); ++i) {
        const bool itemised = others->items.size() == model.other_names.size();
        placed.names.emplace_back(model.other_names[i], itemised ? *others->items[i] : *others);
    }
    for (const auto& [name, place] : placed.names) check_name(loading, name, place);
}

void read_details(Block& block, PlacedModel& placed) {
    auto& model = placed.model;
    model.rate_key = model.name;
    block.read("rate_key", model.rate_key, parse_text);
    block.read("rpm", model.rpm, Whole{});
    block.read("tpm", model.tpm, Whole{});
    placed.rpm = place_of(block, "rpm");
    placed.tpm = place_of(block, "tpm");
    block.read("weight", model.weight, Number{});
    block.read("max_output_tokens", model.max_output_tokens, Whole{1});
    if (block.take("price")) read_price(block.block("price"), model);
    if (!block.take("capabilities")) return;
    auto capabilities = block.block("capabilities");
    read_knobs(capabilities, model.capabilities);
    capabilities.finish();
}

// `- gpt-4` is short for `- name: gpt-4`.
PlacedModel model_of_name(Loading& loading, const Node& node, const std::string& path) {
    PlacedModel placed;
    placed.place = placed.rpm = placed.tpm = node;
    placed.model.name = placed.model.rate_key = node.text;
    placed.names.emplace_back(node.text, node);
    check_name(loading, node.text, node);
    loading.came_from(cat(path, ".models.", node.text, ".name"), node);
    return placed;
}

std::string name_in(const Node& node) {
    for (const auto& [key, value] : node.entries)
        if (key->text == "name") return value->text;
    return "";
}

PlacedModel read_model(Loading& loading, const Node& node, const std::string& path) {
    if (node.type == Node::Type::scalar && !trim(node.text).empty())
        return model_of_name(loading, node, path);
    const auto name = name_in(node);
    Block block(loading, &node, cat(path, ".models.", name),
                name.empty() ? "a model without a name" : cat("model ", shown_name(name)));
    PlacedModel placed;
    placed.place = node;
    if (!block.take("name") && node.type != Node::Type::scalar)
        loading.complaints.error(node, "E208", "a model needs a name");
    read_names(loading, block, placed);
    read_details(block, placed);
    block.finish();
    return placed;
}

// Names that select two models of one region: nobody could tell which is meant (behaviour 4.10).
void complain_about_collisions(Loading& loading, const PlacedModels& models) {
    std::map<std::string_view, Place> first;
    for (const auto& placed : models)
        for (const auto& [name, place] : placed.names) {
            if (name.empty()) continue;
            const auto [at, fresh] = first.emplace(name, place);
            if (!fresh)
                loading.complaints.error(
                    place, "E206",
                    cat("the name ", shown_name(name),
                        " is taken in this region by a model at line ", at->second.line));
        }
}

void compare(Loading& loading, std::string_view limit, std::int64_t here, std::int64_t there,
             Place place, Place other, std::string_view rate_key) {
    if (here == 0 || there == 0 || here == there) return;
    loading.complaints.warning(place, "W310",
                               cat("rate_key ", shown_name(rate_key), " has ", limit, ' ', here,
                                   " here but ", there, " at line ", other.line));
}

void compare_limits(Loading& loading, const PlacedModels& models) {
    std::map<std::string_view, const PlacedModel*> first;
    for (const auto& placed : models) {
        const auto& model = placed.model;
        const auto [at, fresh] = first.emplace(model.rate_key, &placed);
        if (fresh) continue;
        const auto& other = *at->second;
        compare(loading, "rpm", model.rpm, other.model.rpm, placed.rpm, other.rpm, model.rate_key);
        compare(loading, "tpm", model.tpm, other.model.tpm, placed.tpm, other.tpm, model.rate_key);
    }
}

}  // namespace

PlacedModels read_models(Loading& loading, const Node* list, const std::string& path) {
    PlacedModels models;
    if (!list || list->type == Node::Type::null) return models;
    if (list->type != Node::Type::list) {
        loading.complaints.error(*list, "E104", "models must be a list; begin each with a dash");
        return models;
    }
    for (const auto* item : list->items) models.push_back(read_model(loading, *item, path));
    // Within one list a name can be taken twice even where the other list would replace it.
    complain_about_collisions(loading, models);
    return models;
}

std::vector<Model> merge_models(Loading& loading, const PlacedModels& defaults,
                                const PlacedModels& own) {
    PlacedModels merged = defaults;
    std::map<std::string_view, std::size_t> at;
    for (std::size_t i = 0; i < defaults.size(); ++i) at.emplace(defaults[i].model.name, i);
    for (const auto& placed : own) {
        if (const auto same = at.find(placed.model.name); same != at.end()) {
            merged[same->second] = placed;
        } else {
            merged.push_back(placed);
        }
    }
    complain_about_collisions(loading, merged);
    compare_limits(loading, merged);
    std::vector<Model> models;
    for (auto& placed : merged) models.push_back(std::move(placed.model));
    return models;
}

}  // namespace ogem::config
