// The models error-STATUS of the mock provider.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ogem::gateway::mock {

// The STATUS of "error-STATUS" if it is 400 to 599; nothing for every other name.
std::optional<int> error_status(std::string_view model);

// The body that goes with it, in OpenAI's shape; type and code as behaviour.md 4.16.
std::string error_body(int status);

}  // namespace ogem::gateway::mock
