// One client's connection: reads its requests one after another and writes the answers, with limits
// on size and time. A handler sees one request at a time and answers it with reply(), or with
// begin_stream(), write() and finish(). Belongs to one loop; owned by its Server.
#pragma once

#include "base/clock.h"
#include "base/task.h"
#include "net/http1.h"
#include "net/memory.h"
#include "net/scratch.h"
#include "net/socket.h"
#include "net/wait.h"
#include "wire/http.h"
#include "wire/pieces.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::net {

class Connection;

struct Peer {
    bool unix_socket = false;
    std::uint32_t uid = 0;  // of the process at the other end; Unix sockets only
    std::int32_t pid = 0;   // for display only
};

// Who answers requests. A request is over when the Task ends; the Task is destroyed if the client
// goes before that. An empty Task: it has been answered already.
struct Handler {
    Task<> (*handle)(void* self, Connection& connection) = nullptr;
    void* self = nullptr;
};

struct ServerLimits {
    MessageLimits message;
    Duration head_timeout = 30s;       // from the first byte of a request to the end of its head
    Duration body_timeout = 30s;       // between two pieces of a body
    Duration request_timeout = 10min;  // from the first byte of a request to the last of its body
    Duration idle_timeout = 75s;       // between two requests
    std::size_t max_pending =
        256 * 1024;  // bytes of an answer kept for a slow reader before its writer must wait
    WorkerMemory* memory = nullptr;  // outlives the server; none: nothing is counted
};

class Connection {
public:
    Connection(Socket socket, Peer peer, const ServerLimits& limits, Handler handler);
    Connection(const Connection&) = delete;

    Loop& loop() const { return socket_.watch().loop(); }
    const Peer& peer() const { return peer_; }

    // The request being answered. Its body has json::kPadding readable bytes after its end, and may
    // be moved from.
    wire::HttpRequest& request() { return request_; }
    void forget_body();  // nobody will look at it again, although the answer goes on

    // A whole answer in one gathered write. `fields` are complete header lines ("A: b\r\n") without
    // Content-Length, Connection and Date, which are added here. No body goes out for HEAD.
    void reply(int status, std::string_view fields, const wire::Pieces& body);

    // A streamed answer: the head waits for the first write(), to leave with it.
    void begin_stream(int status, std::string_view fields);
    void write(std::string_view bytes);
    void finish(std::string_view last_bytes = {});  // the body's proper end
    void cut();  // what was written goes out, then the connection breaks: the client must not take
                 // it for complete

    bool head_sent() const { return head_sent_; }
    bool must_wait() const { return pending_.size() - sent_ > may_pend(); }
    bool gone() const { return broken_ || socket_.watch().hung_up(); }

    // Until a slow reader has taken most of what is pending. False: it did not by `deadline`, or it
    // has gone and the handler may not go on without it.
    Task<bool> drained(TimePoint deadline);

    // Whether the handler goes on although the client leaves (policy on_client_gone). Writes then
    // go nowhere.
    void go_on_without_client(bool goes_on) { immune_ = goes_on; }

    // --- for its Server ---
    Task<> run();  // until the client leaves, an error, or close_when_idle()
    void close_when_idle() { closing_ = true; }  // no further request is read
    bool busy() const { return busy_; }

private:
    Task<bool> read_request();
    Task<bool> answer_request();
    bool take(Result<std::size_t> used, char* bytes, std::size_t size);
    bool start_body(bool nothing_yet);
    std::size_t may_pend() const;
    void count_memory();
    Result<void> decode_body();
    void refuse(int status, std::string_view type, std::string_view code,
                const std::string& message, std::string_view who = "client",
                std::string_view fields = {});
    void refuse_overloaded();
    Task<> linger();
    void send(std::string_view head, const wire::Pieces& body, std::string_view tail);
    void flush();
    void append_head(std::string& out, int status, std::string_view fields) const;
    bool keeps_alive() const { return keep_alive_ && !closing_; }

    Socket socket_;
    const Peer peer_;
    const ServerLimits& limits_;
    const Handler handler_;

    MessageReader reader_;
    Unread unread_;  // the start of a pipelined request, or half a chunk head
    wire::HttpRequest request_;
    std::string stream_head_;  // of begin_stream(), not yet sent

    std::string pending_;  // written by the handler, not yet taken by the kernel, from sent_ on
    std::size_t sent_ = 0;
    Signal flushed_;
    MemoryShare memory_;  // of everything above

    bool keep_alive_ = false;
    bool old_http_ = false;  // HTTP/1.0: no chunks
    bool head_request_ = false;
    bool head_sent_ = false;
    bool chunked_ = false;
    bool closing_ = false;  // no further request
    bool refused_ = false;  // the request was not read to its end
    bool broken_ = false;
    bool busy_ = false;
    bool immune_ = false;
};

}  // namespace ogem::net
