// One request to a daemon and its answer as it comes. Destroying an Exchange hangs up, which makes
// the daemon cancel the request upstream. Belongs to one thread.
#pragma once

#include "client/response_reader.h"
#include "client/unix_socket.h"
#include "wire/http.h"

#include <string>
#include <string_view>

namespace ogem::client {

// The level of the control API that this client was written for; it is sent as Ogem-Api.
constexpr int kApiLevel = 1;

class Exchange {
public:
    // Sends `request` to the daemon at `socket` and waits for the head of the answer. Length and
    // connection headers are added here. Errors: those of UnixSocket and ResponseReader. An answer
    // with an error status is not an Error.
    static Result<Exchange> start(const std::string& socket, const wire::HttpRequest& request,
                                  const Patience& patience);

    int status() const { return reader_.status(); }
    const wire::Headers& headers() const { return reader_.headers(); }

    // The next bytes of the body; none once it is complete. json::kPadding readable bytes follow
    // them; valid until the next call. Errors: connection, if the body ends before its end.
    Result<std::string_view> next(const Patience& patience);

private:
    Exchange(UnixSocket socket, bool to_head) : socket_(std::move(socket)), reader_(to_head) {}

    Result<void> receive(const Patience& patience);

    UnixSocket socket_;
    ResponseReader reader_;
    std::string body_;    // received and not handed out
    std::string handed_;  // the last bytes handed out
};

// The whole answer. Errors: also too_large, beyond 64 MiB.
Result<wire::HttpResponse> fetch(const std::string& socket, const wire::HttpRequest& request,
                                 const Patience& patience);

// The rest of the body of `exchange`, for instance an error's. Errors: as of fetch().
Result<std::string> rest_of(Exchange& exchange, const Patience& patience);

wire::HttpRequest get(std::string target);
wire::HttpRequest post(std::string target, std::string json = {});

}  // namespace ogem::client
