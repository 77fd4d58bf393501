#include "wire/openai/request_writer.h"

#include "wire/openai/request/write_message.h"
#include "wire/openai/request/write_tools.h"

#include <algorithm>
#include <array>

namespace ogem::wire::openai {

namespace {

using chat::Request;

// Members of CreateChatCompletionRequest (OAPI) that chat::Request does not model.
constexpr std::array<std::string_view, 13> kKnown{"logit_bias",
                                                  "metadata",
                                                  "modalities",
                                                  "audio",
                                                  "prediction",
                                                  "store",
                                                  "verbosity",
                                                  "prompt_cache_key",
                                                  "prompt_cache_retention",
                                                  "prompt_cache_options",
                                                  "safety_identifier",
                                                  "moderation",
                                                  "web_search_options"};

class Writing {
public:
    Writing(const Request& request, const Place& place, Rest rest, Call& call)
        : request_(request), place_(place), rest_(rest), call_(call), w_(call.body) {}

    void write() {
        w_.begin_object().key("model").value(place_.model);
        write_messages(w_, request_.messages, rest_, call_.dropped);
        write_tools(w_, request_.tools, call_.dropped);
        write_tool_choice(w_, request_.tool_choice, request_.tools);
        write("parallel_tool_calls", request_.parallel_tool_calls);
        write_format(w_, request_.response_format);
        write_sampling();
        write_limits();
        write_names();
        write_stream();
        write_rest();
        w_.end_object();
    }

private:
    template <class Value>
    void write(std::string_view name, const std::optional<Value>& value) {
        if (value) w_.key(name).value(*value);
    }
    template <class Value>
    void write_or_drop(bool fine, std::string_view name, const std::optional<Value>& value) {
        if (fine) return write(name, value);
        if (value) drop(call_.dropped, name);
    }
    void write(std::string_view name, const std::string& text) {
        if (!text.empty()) w_.key(name).value(text);
    }

    void write_sampling() {
        const auto& s = request_.sampling;
        const bool free = place_.can.sampling == chat::SamplingPolicy::full;
        const bool both = place_.can.temperature_with_top_p || !s.temperature;
        write_or_drop(free, "temperature", s.temperature);
        write_or_drop(free && both, "top_p", s.top_p);
        write_or_drop(false, "top_k", s.top_k);
        write("presence_penalty", s.presence_penalty);
        write("frequency_penalty", s.frequency_penalty);
        if (!s.seed.empty()) w_.key("seed").raw(s.seed);
        write("logprobs", s.logprobs);
        write("top_logprobs", s.top_logprobs);
    }

    void write_limits() {
        const auto& s = request_.sampling;
        if (s.max_tokens) {
            const auto most = place_.can.max_output_tokens;
            const auto limit = most > 0 ? std::min(*s.max_tokens, most) : *s.max_tokens;
            const bool renamed = place_.can.max_completion_tokens;
            w_.key(renamed ? "max_completion_tokens" : "max_tokens").value(limit);
        }
        if (s.n > 1) w_.key("n").value(s.n);
        if (s.stop.empty()) return;
        w_.key("stop").begin_array();
        for (const auto& text : s.stop) w_.value(text);
        w_.end_array();
    }

    void write_names() {
        const auto& effort = request_.reasoning_effort;
        if (place_.can.thinking != chat::Thinking::none) {
            write("reasoning_effort", effort);
        } else if (!effort.empty() && effort != "none") {
            drop(call_.dropped, "reasoning_effort");
        }
        write("user", request_.user);
        write("service_tier", request_.service_tier);
    }

    void write_stream() {
        if (!request_.stream) return;
        w_.key("stream").value(true).key("stream_options").begin_object();
        w_.key("include_usage").value(true).end_object();
    }

    void write_rest() {
        for (const auto& extra : request_.rest) {
            const bool known = std::ranges::find(kKnown, extra.name) != kKnown.end();
            if (known || rest_ == Rest::all) {
                w_.key(extra.name).raw(extra.value);
            } else {
                drop(call_.dropped, extra.name);
            }
        }
    }

    const Request& request_;
    const Place& place_;
    Rest rest_;
    Call& call_;
    json::Writer w_;
};

}  // namespace

Call write_request(const Request& request, const Place& place, Rest rest) {
    Call call;
    call.path = "/chat/completions";
    call.headers = {{"content-type", "application/json"}};
    Writing(request, place, rest, call).write();
    return call;
}

}  // namespace ogem::wire::openai
