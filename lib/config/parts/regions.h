// The regions of one provider: its template, its real regions, and what each inherits.
#pragma once

#include "config/text/block.h"

namespace ogem::config {

// Fills provider.regions from the key `regions` of `block`, in the order of the file, with the
// template `default` merged into each and every address made whole. `key` is where the provider
// stands. Needs provider's name, protocol, base_url and discover. E203, E204, E207, E209.
void read_regions(Loading& loading, Block& block, const Node& key, Provider& provider);

// The one region of a provider for which nothing lists regions.
void add_own_region(Loading& loading, Provider& provider, Place place);

// E207 for a name that clients could not type between slashes and commas.
void check_segment(Loading& loading, const Node& key, std::string_view what);

// Models of the built-in `mock` that are always listed; error-STATUS needs no listing.
std::vector<Model> mock_models();

}  // namespace ogem::config
