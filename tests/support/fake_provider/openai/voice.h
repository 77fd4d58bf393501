// How OpenAI answers, and those who speak like it; on Azure's routes, how Azure does. A model
// answers as the dated snapshot behind its name.
#pragma once

#include "play/planner.h"

namespace ogem::fake::openai {

extern const Voice kVoice;
extern const Voice kAzureVoice;

std::string models_answer(const std::vector<std::string>& models);
std::string model_answer(std::string_view model);

}  // namespace ogem::fake::openai
