// The knobs under `capabilities:` of a model, and of the shipped table: each with its values. The
// only list of them in this folder.
#pragma once

#include "config/capabilities.h"
#include "config/text/block.h"

namespace ogem::config {

// Reads every knob that `block` holds into `knobs`, spelled in one way ("true" for "yes"). E101,
// E301, E302, E305 to E307.
void read_knobs(Block& block, Knobs& knobs);

}  // namespace ogem::config
