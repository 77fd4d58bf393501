#include "wire/gemini/embedding.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"
#include "json/writer.h"
#include "wire/refuse.h"

#include <algorithm>
#include <span>

namespace ogem::wire::gemini {

namespace {

using json::Cursor;
using Inputs = std::span<const std::string>;
using Dimensions = std::optional<std::int64_t>;

enum class Method : std::uint8_t { batch_embed, predict, embed };

// @google/genai, tIsVertexEmbedContentModel: the older models of Vertex know only :predict.
Method method_of(std::string_view model, Service service) {
    if (service == Service::studio) return Method::batch_embed;
    const auto names = [&](std::string_view word) {
        return model.find(word) != std::string_view::npos;
    };
    if (names("/endpoints/")) return Method::predict;
    const bool is_new = names("gemini") && !names("gemini-embedding-001");
    return is_new || names("maas") ? Method::embed : Method::predict;
}

std::size_t most_inputs(Method method, std::string_view model) {
    if (method == Method::batch_embed) return 100;
    const bool one = method == Method::embed || model.find("gemini") != std::string_view::npos;
    return one ? 1 : 250;
}

void write_text(json::Writer& w, std::string_view text) {
    w.key("content").begin_object().key("parts").begin_array();
    w.begin_object().key("text").value(text).end_object().end_array().end_object();
}

void write_dimensions(json::Writer& w, Dimensions dimensions) {
    if (dimensions) w.key("outputDimensionality").value(*dimensions);
}

std::string batch_body(Inputs inputs, Dimensions dimensions, std::string_view resource) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("requests").begin_array();
    for (const auto& input : inputs) {
        w.begin_object().key("model").value(resource);
        write_text(w, input);
        write_dimensions(w, dimensions);
        w.end_object();
    }
    w.end_array().end_object();
    return out;
}

std::string predict_body(Inputs inputs, Dimensions dimensions) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("instances").begin_array();
    for (const auto& input : inputs) w.begin_object().key("content").value(input).end_object();
    w.end_array();
    if (dimensions) {
        w.key("parameters").begin_object();
        write_dimensions(w, dimensions);
        w.end_object();
    }
    w.end_object();
    return out;
}

std::string embed_body(const std::string& input, Dimensions dimensions) {
    std::string out;
    json::Writer w(out);
    w.begin_object();
    write_text(w, input);
    if (dimensions) {
        w.key("embedContentConfig").begin_object();
        write_dimensions(w, dimensions);
        w.end_object();
    }
    w.end_object();
    return out;
}

Call call_of(Method method, const std::string& path, Inputs inputs, Dimensions dimensions) {
    Call call;
    call.headers = {{"content-type", "application/json"}};
    switch (method) {
        case Method::batch_embed:
            call.path = path + ":batchEmbedContents";
            // The resource as the path names it: "models/m" behind "/v1beta/".
            call.body = batch_body(inputs, dimensions, path.substr(path.find('/', 1) + 1));
            break;
        case Method::predict:
            call.path = path + ":predict";
            call.body = predict_body(inputs, dimensions);
            break;
        case Method::embed:
            call.path = path + ":embedContent";
            call.body = embed_body(inputs.front(), dimensions);
            break;
    }
    return call;
}

// Reads the answers of all three methods: a vector is a member `values`, wherever it is, and a
// count of tokens is known by its name.
class EmbeddingReader {
public:
    explicit EmbeddingReader(Embeddings& out) : out_(out) {}

    void read(Cursor& c, int depth = 0) {
        constexpr int kDepth = 6;
        if (depth < kDepth && c.peek() == '{') return read_object(c, depth);
        if (depth < kDepth && c.peek() == '[') {
            for (c.enter_array(); c.next_element();) read(c, depth + 1);
            return;
        }
        c.value();
    }

private:
    void read_object(Cursor& c, int depth) {
        std::string_view name;
        for (c.enter_object(); c.next_member(name);) {
            if (name == "values" && c.peek() == '[') {
                read_vector(c);
            } else if (name == "token_count" || name == "promptTokenCount") {
                const auto count = json::number_of(c.value()).value_or(0);  // 3.0 is usual here
                add_tokens(count > 0 && count < 1e15 ? static_cast<std::int64_t>(count) : 0);
            } else {
                read(c, depth + 1);
            }
        }
    }

    void read_vector(Cursor& c) {
        auto& vector = out_.vectors.emplace_back();
        for (c.enter_array(); c.next_element();)
            vector.push_back(static_cast<float>(json::number_of(c.value()).value_or(0)));
    }

    void add_tokens(std::int64_t count) {
        out_.prompt_tokens = out_.prompt_tokens.value_or(0) + count;
    }

    Embeddings& out_;
};

}  // namespace

Result<std::vector<EmbeddingCall>> write_embeddings(const openai::EmbeddingRequest& request,
                                                    const Place& place, Service service) {
    if (request.tokens)
        return refuse_member("input", "token numbers mean nothing to Gemini's models; send text");
    const auto path = model_path(service, place);
    if (!path) return fail(path.error());
    const auto method = method_of(place.model, service);
    const auto most = most_inputs(method, place.model);
    const Inputs inputs(request.inputs);
    std::vector<EmbeddingCall> calls;
    for (std::size_t at = 0; at < inputs.size(); at += most) {
        const auto some = inputs.subspan(at, std::min(most, inputs.size() - at));
        calls.push_back({call_of(method, *path, some, request.dimensions), some.size()});
        auto& dropped = calls.back().call.dropped;
        if (!request.user.empty()) dropped.emplace_back("user");
        for (const auto& member : request.rest) dropped.push_back(member.name);
    }
    return calls;
}

Result<void> read_embeddings(std::string_view body, std::size_t inputs, Embeddings& out) {
    const auto before = out.vectors.size();
    Cursor c(body);
    if (c.peek() != '{') return fail(Kind::upstream, "upstream answered 200 with no JSON object");
    EmbeddingReader(out).read(c);
    if (!c.finish())
        return fail(Kind::upstream, cat("upstream sent a broken answer: ", c.error().message));
    const auto got = out.vectors.size() - before;
    if (got == inputs) return {};
    return fail(Kind::upstream,
                cat("upstream answered ", inputs, " inputs with ", got, " embeddings"));
}

std::int64_t estimated_tokens(const std::vector<std::string>& inputs) {
    std::int64_t tokens = 0;
    for (const auto& input : inputs)
        tokens += std::max<std::int64_t>(1, static_cast<std::int64_t>(input.size() / 4));
    return tokens;
}

}  // namespace ogem::wire::gemini
