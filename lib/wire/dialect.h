// A dialect, seen from outside: what wire/openai, wire/anthropic, wire/gemini and wire/azure have
// in common. Requests are pure functions (write_request of each dialect); streams are these two.
// Every dialect reads and writes both sides, so that any can face clients or providers.
#pragma once

#include "chat/capabilities.h"
#include "chat/event.h"
#include "chat/lifecycle.h"
#include "chat/request.h"
#include "wire/http.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire {

// Which model of which place a request is written for.
struct Place {
    std::string
        model;  // the provider's name of it; may be a whole "projects/.../endpoints/..." path
    std::string region;   // "us-central1", "global"; empty where the provider has none
    std::string project;  // of Google Cloud; empty elsewhere
    chat::Capabilities can;
};

// A request in a provider's dialect. The caller adds host, credentials and Content-Length.
struct Call {
    std::string path;  // below the host of the endpoint: "/v1/messages"
    Headers headers;   // those that the dialect demands, content-type among them
    std::string body;
    int copies = 1;  // to be sent so many times, each for one choice (`n` of a provider without it)
    std::vector<std::string> dropped;  // for x-ogem-dropped
    chat::AnswerState state;
};

// Bytes of a provider's stream in, events out. Not thread-safe; one per stream.
class StreamReader {
public:
    virtual ~StreamReader() = default;

    // `bytes` may be cut anywhere. What they complete is put into `out`; a failure is Events::fail,
    // after which nothing more is read.
    virtual void feed(std::string_view bytes, chat::Events& out) = 0;

    // The provider's body has ended properly (chunks or length complete). Ends or fails `out`.
    virtual void finish(chat::Events& out) = 0;
};

// Events in, bytes for a client out. Not thread-safe; one per stream.
class StreamWriter {
public:
    virtual ~StreamWriter() = default;

    // Appends what tells `event`; may be nothing. REQUIRES: an order that Lifecycle accepts. Failed
    // is told in-band, without anything that looks like a proper end.
    virtual void write(const chat::Event& event, std::string& out) = 0;
};

}  // namespace ogem::wire
