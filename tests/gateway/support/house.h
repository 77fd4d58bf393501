// A whole gateway without a socket: providers by script, one client that keeps what it is told.
#pragma once

#include "gateway/gateway.h"
#include "gateway/support/scripted_sender.h"
#include "gateway/support/string_sink.h"
#include "net/loop.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace ogem::test {

// A provider NAME at http://NAME.test/v1 with the key sk-NAME and the models given.
config::Provider provider(std::string name, std::vector<std::string> models = {"gpt"});

// Those providers and nothing else.
std::shared_ptr<config::Config> config_of(std::vector<config::Provider> providers);

// One request's life. Make a House for each; `traffic` may be shared to see what several leave.
class House {
public:
    explicit House(std::shared_ptr<const config::Config> config,
                   std::shared_ptr<gateway::Traffic> traffic = {},
                   gateway::GoogleIdentity google = {});
    explicit House(std::initializer_list<std::string> providers);

    void plan(const std::string& name, Script script) {
        providers.plan(name + ".test", std::move(script));
    }

    // Asks, and runs until the answer is complete. The test fails rather than hangs.
    void ask(std::string body, wire::Headers headers = {});
    // Asks, and leaves after `stay`: the request's Task is destroyed.
    void ask_and_leave(std::string body, Duration stay);

    // Names of the providers asked, in order: "one two".
    std::string asked() const;
    const Asked& request(std::size_t index) const { return *providers.asked().at(index); }

    net::Loop loop;
    ScriptedSender providers{loop};
    StringSink client{loop};
    gateway::Shared shared;
    auth::Keyring keyring{loop, providers, providers};
    net::Memory all_memory{1LL << 40};
    net::WorkerMemory memory{all_memory};
    gateway::Gateway gateway{loop, providers, keyring, shared, &memory};
    gateway::Operation operation = gateway::Operation::chat;

private:
    Task<> live(gateway::Incoming incoming);
    void begin(std::string body, wire::Headers headers);
    void run(Duration patience);

    std::shared_ptr<gateway::Traffic> traffic_;
    wire::Headers headers_;  // of the request being answered, as its face would hold them
    std::string body_;
    Task<> task_;
};

}  // namespace ogem::test
