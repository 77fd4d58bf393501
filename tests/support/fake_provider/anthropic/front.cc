#include "anthropic/rules.h"
#include "base/text.h"

#include <algorithm>

namespace ogem::fake::anthropic {

namespace {

// Those whose names start so; anything else is unknown.
constexpr std::string_view kBetas[] = {"message-batches-2024-09-24",
                                       "prompt-caching-2024-07-31",
                                       "pdfs-2024-09-25",
                                       "token-counting-2024-11-01",
                                       "output-128k-2025-02-19",
                                       "files-api-2025-04-14",
                                       "mcp-client-2025-11-20",
                                       "interleaved-thinking-2025-05-14",
                                       "extended-cache-ttl-2025-04-11",
                                       "context-1m-2025-08-07",
                                       "context-management-2025-06-27",
                                       "model-context-window-exceeded-2025-08-26",
                                       "fast-mode-2026-02-01",
                                       "output-300k-2026-03-24",
                                       "mid-conversation-tool-changes-2026-07-01",
                                       "oauth-2025-04-20",
                                       "claude-code-20250219",
                                       "fine-grained-tool-streaming-2025-05-14",
                                       "token-efficient-tools-2025-02-19"};

void check_key(const Request& request, Findings& out) {
    const auto bearer = request.header("authorization");
    auto key = request.header("x-api-key");  // it wins where both are there
    if (key.empty() && starts_with_ignoring_case(bearer, "bearer ")) key = trim(bearer.substr(7));
    if (key.empty()) out.say({401, "x-api-key header is required"});
    if (key.find("invalid") != std::string_view::npos) out.say({401, "invalid x-api-key"});
}

void check_version(std::string_view version, Findings& out) {
    if (version.empty()) return out.say("anthropic-version: header is required");
    if (version != "2023-06-01" && version != "2026-10-21")
        out.say(cat("anthropic-version: \"", version, "\" is not a valid version"));
}

void check_betas(std::string_view betas, Findings& out) {
    if (betas.empty()) return;
    for (const auto beta : split(betas, ','))
        if (std::ranges::find(kBetas, trim(beta)) == std::end(kBetas))
            out.say(cat("Unexpected value(s) `", trim(beta),
                        "` for the `anthropic-beta` header. Please consult our documentation at "
                        "docs.anthropic.com or try again without the header."));
}

}  // namespace

void check_front(const Request& request, Findings& out) {
    check_key(request, out);
    check_version(request.header("anthropic-version"), out);
    check_betas(request.header("anthropic-beta"), out);
    if (!starts_with_ignoring_case(request.header("content-type"), "application/json"))
        out.say("content-type: must be application/json");
}

}  // namespace ogem::fake::anthropic
