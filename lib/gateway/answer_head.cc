#include "gateway/answer_head.h"

#include "base/text.h"

namespace ogem::gateway {

Result<void> check_answer_head(const wire::Headers& headers, bool stream) {
    const auto coding = wire::header(headers, "content-encoding");
    if (!coding.empty() && !equal_ignoring_case(coding, "identity"))
        return fail(Kind::upstream,
                    cat("the answer is compressed (", coding, ") although that was not asked for"));
    const auto type = wire::header(headers, "content-type");
    const auto wanted = stream ? "text/event-stream" : "application/json";
    if (type.empty() || starts_with_ignoring_case(type, wanted)) return {};
    if (!stream && !starts_with_ignoring_case(type, "text/")) return {};
    return fail(Kind::upstream, cat("the answer is ", type, ", not ", wanted));
}

}  // namespace ogem::gateway
