// The token sources of one worker, one for each identity: providers with the same credentials share
// a token, and a reload of the configuration does not ask for another. On the worker's loop, or
// before it runs.
#pragma once

#include "auth/token_source.h"

#include <memory>
#include <vector>

namespace ogem::auth {

class Keyring {
public:
    // `outward` may lead through an HTTP proxy; `direct` never does: a machine's token is nobody
    // else's business. All must outlive the sources.
    Keyring(net::Loop& loop, net::Sender& outward, net::Sender& direct, RefreshHabits habits = {})
        : loop_(loop), outward_(outward), direct_(direct), habits_(std::move(habits)) {}

    // A source lives as long as anybody holds it.
    std::shared_ptr<TokenSource> source_of(const google::Credentials& credentials);

private:
    net::Loop& loop_;
    net::Sender& outward_;
    net::Sender& direct_;
    const RefreshHabits habits_;
    std::vector<std::weak_ptr<TokenSource>> sources_;
};

}  // namespace ogem::auth
