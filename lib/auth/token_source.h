// The access token of one identity: kept in memory, renewed before it ends, asked for once however
// many requests want it.
//
// Belongs to one loop, like everything of net: each worker has its own source and renews for
// itself, so that nothing here is shared or locked; a token an hour and worker is nothing to
// Google. Made by a Keyring, held by shared_ptr: a request that waits keeps its source alive, a
// renewal that nobody waits for ends with it.
//
// Invariants:
//  1. At most one request to the token endpoint is under way.
//  2. A token that is still good is served at once, whatever happens to its renewal.
//  3. Nobody is asked again while a failed renewal rests: requests fail at once meanwhile,
//  unless 2.
//  4. Tokens are in memory only. They are not logged, and not stored.
#pragma once

#include "auth/authorization.h"
#include "auth/google/token_answer.h"
#include "auth/token_age.h"
#include "base/task.h"
#include "net/crowd.h"
#include "net/sender.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace ogem::auth {

// How a source goes about it. The defaults are for everyone but tests.
struct RefreshHabits {
    std::function<Moment()> now;   // empty: the loop's moment and the system's clock
    Duration patience = 10s;       // for one answer
    int tries = 3;                 // of one renewal, while failures may pass
    Duration pause = 1s;           // between tries, doubled each time; longer if they ask for it
    Duration rest = 5s;            // after a failed renewal, doubled each time
    Duration longest_rest = 1min;  // and at once where only a human can help
};

class TokenSource : public std::enable_shared_from_this<TokenSource> {
public:
    // `loop` and `sender` must outlive the source. The sender for a metadata server goes straight
    // there, past any HTTP proxy.
    TokenSource(net::Loop& loop, net::Sender& sender, google::Credentials credentials,
                RefreshHabits habits = {});

    // A token that is good now. Waits, until `deadline` (the loop's time), only where there is
    // none. Errors: unauthorized: a human has to do something, the message says what; upstream,
    // connection, tls, timeout: Google could not be asked, retry_after says when it will be again.
    Task<Result<Authorization>> authorization(TimePoint deadline);

    // The API has refused what authorization() gave (401). True: ask again, there is or will be
    // another token; false: another one was refused within the last minute, it is not the token.
    bool refused(const Authorization& used);

    // As they were given.
    const google::Credentials& credentials() const { return given_; }

private:
    struct Held {
        google::Token token;
        Moment asked_for;
        std::uint64_t serial;
    };

    Moment now() const;
    Freshness freshness() const;
    Authorization held_authorization() const;
    std::unexpected<Error> resting_failure() const;

    void begin_refresh();
    Task<> refresh();
    Task<google::TokenResult> ask_until_it_works();
    void settle(google::TokenResult result);
    void take(google::Token token);
    void rest_after(const google::Failure& failure);

    net::Loop& loop_;
    net::Sender& sender_;
    const google::Credentials given_;
    google::Credentials credentials_;  // with the latest refresh token
    const RefreshHabits habits_;

    std::optional<Held> held_;
    std::uint64_t serials_ = 0;
    std::optional<TimePoint> last_refused_;

    Error failure_;         // of the last renewal, if there is no token
    TimePoint not_before_;  // the next renewal
    Duration rest_;         // after the next failure
    bool told_ = false;     // the log knows that renewals fail
    bool refreshing_ = false;
    Moment asked_at_;
    net::Crowd waiting_;
    Task<> refresh_;  // last: destroyed before what it uses
};

}  // namespace ogem::auth
