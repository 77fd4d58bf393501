// The models of a region as they stand in the file, each with its places, so that what is wrong
// between two of them can be said where they stand.
#pragma once

#include "config/text/block.h"

#include <string>
#include <utility>
#include <vector>

namespace ogem::config {

struct PlacedModel {
    Model model;
    Place place, rpm, tpm;
    std::vector<std::pair<std::string, Place>> names;  // its name and aliases
};
using PlacedModels = std::vector<PlacedModel>;

// The list under `models`; `path` is that of the region. E104, E206 to E208, E3xx.
PlacedModels read_models(Loading& loading, const Node* list, const std::string& path);

// behaviour 4.9: the template first, then the region's own; an entry of the same name takes the
// place of the template's. E206 where an alias of one is a name of another; W310 where models that
// share a rate_key have different limits.
std::vector<Model> merge_models(Loading& loading, const PlacedModels& defaults,
                                const PlacedModels& own);

}  // namespace ogem::config
