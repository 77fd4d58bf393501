#include "wire/gemini/contents.h"

#include "wire/gemini/part_writer.h"
#include "wire/gemini/turns.h"

#include <algorithm>

namespace ogem::wire::gemini {

namespace {

// What Google documents for calls whose signature is lost; Gemini 3 refuses calls without one
// (ai.google.dev/gemini-api/docs/thought-signatures).
constexpr std::string_view kNoSignature = "skip_thought_signature_validator";

class ContentsWriter {
public:
    ContentsWriter(json::Writer& w, const Place& place, Service service)
        : w_(w), service_(service), wants_signatures_(wants_signatures(place)) {}

    Result<void> write(const Turn& turn) {
        switch (turn.kind) {
            case Turn::Kind::user:
                return write_user(turn);
            case Turn::Kind::model:
                if (auto written = write_model(turn); !written) return written;
                return write_results(turn);
            case Turn::Kind::results:
                break;
        }
        open("user");
        auto written = write_orphans(turn.messages);
        close();
        return written;
    }

    void write_nothing() {
        open("user");
        write_text_part(w_, kFiller);
        close();
    }

private:
    void open(std::string_view role) {
        w_.begin_object().key("role").value(role).key("parts").begin_array();
    }
    void close() { w_.end_array().end_object(); }

    Result<void> write_user(const Turn& turn) {
        open("user");
        bool has_text = false;
        for (const auto& spoken : turn.messages)
            if (auto written = write_parts(w_, spoken, service_, has_text); !written)
                return written;
        if (!has_text) write_text_part(w_, kFiller);
        close();
        return {};
    }

    Result<void> write_model(const Turn& turn) {
        open("model");
        bool first_call = true, has_text = false;
        for (const auto& spoken : turn.messages) {
            auto written = write_parts(w_, spoken, service_, has_text);
            if (!written) return written;
            for (const auto& call : spoken.message->calls) {
                const bool lost = call.signature.empty() && first_call && wants_signatures_;
                write_call(w_, call, lost ? kNoSignature : std::string_view(call.signature));
                first_call = false;
            }
        }
        close();
        return {};
    }

    Result<void> write_results(const Turn& turn) {
        if (turn.calls.empty()) return {};
        open("user");
        for (const auto& [call, result] : turn.calls)
            if (auto written = write_result(w_, call->name, result); !written) return written;
        auto written = write_orphans(turn.orphans);
        close();
        return written;
    }

    Result<void> write_orphans(const std::vector<Spoken>& orphans) {
        for (const auto& orphan : orphans) {
            const auto& name = orphan.message->name;
            auto written = write_result(w_, name.empty() ? "unknown" : name, orphan);
            if (!written) return written;
        }
        return {};
    }

    json::Writer& w_;
    Service service_;
    bool wants_signatures_;
};

bool has_text(const Spoken& spoken) {
    return std::ranges::any_of(spoken.message->content,
                               [](const chat::Part& part) { return !part.text.empty(); });
}

Result<void> write_system(json::Writer& w, const std::vector<Spoken>& system, Service service) {
    if (std::ranges::none_of(system, has_text)) return {};
    w.key("systemInstruction").begin_object().key("parts").begin_array();
    bool ignored = false;
    for (const auto& spoken : system)
        if (auto written = write_parts(w, spoken, service, ignored); !written) return written;
    w.end_array().end_object();
    return {};
}

}  // namespace

Result<void> write_contents(json::Writer& w, const chat::Request& request, const Place& place,
                            Service service) {
    const auto conversation = conversation_of(request);
    if (auto written = write_system(w, conversation.system, service); !written) return written;
    w.key("contents").begin_array();
    ContentsWriter contents(w, place, service);
    for (const auto& turn : conversation.turns)
        if (auto written = contents.write(turn); !written) return written;
    if (conversation.turns.empty()) contents.write_nothing();
    w.end_array();
    return {};
}

}  // namespace ogem::wire::gemini
