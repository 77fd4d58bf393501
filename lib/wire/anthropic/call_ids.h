// Ids of tool calls as Anthropic takes them: [a-zA-Z0-9_-]+, each call of a conversation its own.
// Other providers' ids hold dots and colons, and some repeat from turn to turn.
#pragma once

#include "chat/request.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ogem::wire::anthropic {

// Not thread-safe; one per request.
class CallIds {
public:
    // Legal ids keep their names even if a changed one comes before them.
    explicit CallIds(const std::vector<chat::Message>& messages);

    // The id under which the next call, which the client calls `id`, is sent.
    std::string name_for(std::string_view id);

private:
    std::unordered_set<std::string> legal_;  // in the client's messages
    std::unordered_set<std::string> given_;
    std::unordered_map<std::string, int> last_number_;  // tried for a wanted name, so that many
                                                        // equal ids stay cheap
};

}  // namespace ogem::wire::anthropic
