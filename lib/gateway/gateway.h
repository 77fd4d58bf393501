// One request's life from acceptance to last byte. One Gateway per worker; chat.cc is the story to
// read first.
#pragma once

#include "auth/keyring.h"
#include "chat/envelope.h"
#include "gateway/generation.h"
#include "gateway/reply.h"
#include "gateway/shared.h"
#include "net/memory.h"
#include "net/sender.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ogem::net {
class Loop;
}

namespace ogem::gateway {

// A request as a face hands it over. Headers and body are the face's and outlive the answer; the
// body has json::kPadding readable bytes after its end.
struct Incoming {
    Operation operation = Operation::chat;
    std::string request_id;
    const wire::Headers* headers = nullptr;
    std::string_view body;
    TimePoint arrived;
};

class Gateway {
public:
    // All must outlive the gateway and every request. Without a `memory` nothing is counted.
    Gateway(net::Loop& loop, net::Sender& sender, auth::Keyring& keyring, Shared& shared,
            net::WorkerMemory* memory = nullptr)
        : loop_(loop), sender_(sender), keyring_(keyring), shared_(shared), memory_(memory) {}

    // The configuration for requests that begin from now on. REQUIRES: called before the first
    // request.
    void use(std::shared_ptr<const Generation> generation);
    const std::shared_ptr<const Generation>& generation() const { return generation_; }

    // Providers are being asked which models they have: until told otherwise, a request for a model
    // that nobody knows waits, at most as long as it may live.
    void expect_models(bool expected) { models_to_come_ = expected; }

    // Answers `incoming` into `sink`. Destroying the Task cancels the request and closes its
    // upstream connection.
    Task<> answer(Incoming incoming, ReplySink& sink);

private:
    friend class Exchange;
    friend class Embedding;
    friend class ForeignEndpoint;
    friend class PassThrough;
    friend class Translation;

    Result<std::shared_ptr<const route::Chain>> chain_of(const std::string& typed);

    net::Loop& loop_;
    net::Sender& sender_;
    auth::Keyring& keyring_;
    Shared& shared_;
    net::WorkerMemory* const memory_;
    std::shared_ptr<const Generation> generation_;
    std::shared_ptr<auth::TokenSource> google_;  // of generation_; null: it has no credentials
    // What clients typed lately, resolved in generation_.
    std::unordered_map<std::string, std::shared_ptr<const route::Chain>> chains_;
    bool models_to_come_ = false;
};

}  // namespace ogem::gateway
