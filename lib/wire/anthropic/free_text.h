// The free text of a custom tool, which Claude calls with {"input":"..."}: taken out of the JSON as
// it streams in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::wire::anthropic {

// Not thread-safe; one per call.
class FreeText {
public:
    // A piece of the JSON, cut anywhere; what it tells of the text.
    std::string feed(std::string_view json);

    // The JSON has ended; what has not been told yet. JSON of any other shape is told as it is.
    std::string finish();

private:
    bool enter_text();
    void take_text(std::string& out);

    static constexpr std::size_t kMostHeld = 16u << 20;  // bytes

    std::string held_;  // JSON that has not been told: the head, half an escape, another shape
    enum class Place : std::uint8_t { head, inside, behind, another_shape } place_ = Place::head;
};

}  // namespace ogem::wire::anthropic
