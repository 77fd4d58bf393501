// Providers that answer from a script: net::Sender without a socket.
#pragma once

#include "net/loop.h"
#include "net/sender.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ogem::test {

// What a provider does with one request, step by step.
struct Script {
    struct Piece {
        std::string bytes;
        Duration after{0};
    };
    int status = 200;
    wire::Headers headers;
    Duration head_after{0};
    std::optional<Error> refused;            // instead of a head
    net::Sent sent = net::Sent::everything;  // of the request, by then
    std::vector<Piece> pieces;
    std::optional<Error> broken;  // instead of the body's proper end
    bool stalls = false;          // says nothing after the last piece: the idle timeout tells
};

Script whole(int status, std::string body);        // a whole answer
Script streamed(std::vector<std::string> pieces);  // of text/event-stream
Script refusal(Kind kind, std::string message);    // no head ever comes
Script with_header(Script script, std::string name, std::string value);

// One request that reached a provider.
struct Asked {
    std::string authority;  // "one.test", "127.0.0.1:11434"
    std::string credential_class;
    std::string head, body;
    net::Deadlines deadlines;
    bool closed = false;          // its Transfer was destroyed
    bool no_more_needed = false;  // and before that the caller was content
    std::size_t pieces_read = 0;
};

class ScriptedSender final : public net::Sender {
public:
    explicit ScriptedSender(net::Loop& loop) : loop_(loop) {}

    // The next request to `authority` goes so; plans for one authority queue up. A request that
    // nobody planned for is refused like a closed port.
    void plan(const std::string& authority, Script script) {
        plans_[authority].push_back(std::move(script));
    }

    std::unique_ptr<net::Transfer> send(net::UpstreamRequest request,
                                        net::Deadlines deadlines) override;

    // In the order they were sent.
    const std::vector<std::shared_ptr<Asked>>& asked() const { return asked_; }
    std::vector<std::string> authorities() const;

private:
    Script next_script(const std::string& authority);

    net::Loop& loop_;
    std::map<std::string, std::deque<Script>> plans_;
    std::vector<std::shared_ptr<Asked>> asked_;
};

}  // namespace ogem::test
