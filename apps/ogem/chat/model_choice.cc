#include "ogem/chat/model_choice.h"

#include "ogem/output/members.h"

#include <algorithm>
#include <string_view>

namespace ogem::cli {

namespace {

constexpr std::string_view kNotForChat[] = {"embed",  "whisper", "tts",   "dall-e",   "moderation",
                                            "image",  "rerank",  "audio", "realtime", "transcribe",
                                            "imagen", "veo",     "@batch"};

bool can_chat(const json::Value& model) {
    const auto id = text_in(model, "id");
    if (id.empty() || id.starts_with("mock/") || text_in(model, "owned_by") == "mock") return false;
    return std::ranges::none_of(kNotForChat, [&](auto word) { return id.contains(word); });
}

}  // namespace

std::string default_model(const json::Value& list) {
    const auto& data = member(list, "data");
    const auto found = std::ranges::find_if(data, can_chat);
    return found == data.end() ? std::string() : text_in(*found, "id");
}

}  // namespace ogem::cli
