// Asking providers which models they have (contract sections 4 and 9.17): those configured with
// `discover: true`, and, where nothing is configured, OpenAI-compatible servers of this machine.
#pragma once

#include "config/config.h"
#include "gateway/model_list.h"
#include "net/loop.h"
#include "net/sender.h"

#include <memory>
#include <string>
#include <vector>

namespace ogem::gateway {

// What our own GET /v1/models says in `Server`: one ogemd must not take another for llama.cpp.
inline constexpr std::string_view kServerName = "ogemd";

// What one provider said.
struct Finding {
    std::string provider;
    std::string base_url;
    bool local = false;  // found on this machine, not configured
    std::vector<std::string> models;
};

// The names of the provider's list of models, asked for as its dialect does. `local`: another
// ogemd does not count. Errors: those of the Sender; upstream, for any status but 200, more than
// 1 MiB, or what is no list of models.
Task<Result<std::vector<std::string>>> list_models(net::Loop& loop, net::Sender& sender,
                                                   config::Provider provider, Duration patience,
                                                   bool local);

// The servers of this machine that may be worth a question, as providers; none where there is a
// configuration, or a provider or one of our own listeners ("127.0.0.1:8080") has the port.
std::vector<config::Provider> local_servers(const config::Config& config,
                                            const std::vector<std::string>& listeners);

// The configured providers worth a question: `discover: true`, a dialect that has such a list, key
// there.
std::vector<config::Provider> discoverable(const config::Config& config);

// Asks them all at the same time: 10 s for a provider, 300 ms for a server of this machine. Logs a
// line for each that answered, a warning for each configured one that did not.
Task<std::vector<Finding>> discover(net::Loop& loop, net::Sender& sender,
                                    std::shared_ptr<const config::Config> config,
                                    std::vector<std::string> listeners);

// `config` with the models found, in the region that has the provider's name. What is configured
// wins over what was found; findings of providers that `config` no longer has are left out.
config::Config with_findings(config::Config config, const std::vector<Finding>& findings);

}  // namespace ogem::gateway
