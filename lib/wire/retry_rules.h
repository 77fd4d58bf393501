// What may be done after a provider's failure, as far as its status alone tells (spec:
// wire/ratelimits section 3). Dialects that know more overrule it.
#pragma once

#include "chat/failure.h"

namespace ogem::wire {

struct RetryRule {
    chat::Retry retry = chat::Retry::once;
    bool maybe_charged = false;
    Duration disable_for{0};
};

// The rule for an HTTP status; `hinted` says that the provider told when to come back.
RetryRule rule_of(int status, bool hinted);

// Of a quota that no waiting brings back soon: this credential is left alone for `stated`, or for
// an hour where the provider says no time.
RetryRule out_of_quota(Duration stated);

}  // namespace ogem::wire
