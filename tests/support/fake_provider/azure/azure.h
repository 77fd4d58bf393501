// Azure OpenAI: OpenAI's dialect behind another door, with versions.
#pragma once

#include "speech.h"

namespace ogem::fake::azure {

extern const Speech kSpeech;

}  // namespace ogem::fake::azure
