#include "wire/openai/embedding_request.h"

#include "base/text.h"
#include "wire/openai/request/spot.h"
#include "wire/openai/request/words.h"

namespace ogem::wire::openai {

namespace {

bool is_number(const Spot& spot) {
    return json::number_of(spot.raw).has_value();
}

Result<void> check_tokens(const Spot& list) {
    return each_element(list, [](const Spot& token) -> Result<void> {
        return is_number(token) ? Result<void>() : token.refuse("must be a token number");
    });
}

// One of several inputs.
Result<void> read_one(const Spot& element, EmbeddingRequest& request) {
    const bool tokens = element.is_array();
    if (request.inputs.empty()) request.tokens = tokens;
    if (request.inputs.size() >= EmbeddingRequest::kMostInputs)
        return element.outer->refuse("more than 2048 inputs; send several requests");
    if (request.tokens != tokens) return element.refuse("texts and token numbers are mixed");
    auto& input = request.inputs.emplace_back();
    if (!tokens) return take(element, input);
    input = element.raw;
    return check_tokens(element);
}

// A text, texts, the token numbers of one text, or of several.
Result<void> read_input(const Spot& spot, EmbeddingRequest& request) {
    request.inputs.clear();
    if (spot.is_string()) return take(spot, request.inputs.emplace_back());
    bool flat = false;
    auto read = each_element(spot, [&](const Spot& element) -> Result<void> {
        if (element.index == 0) flat = is_number(element);
        return flat ? Result<void>() : read_one(element, request);
    });
    if (!read || !flat) return read;
    request.tokens = true;
    request.inputs.emplace_back(spot.raw);
    return check_tokens(spot);
}

Result<void> read_encoding(const Spot& spot, Encoding& encoding) {
    static constexpr Words<Encoding, 2> kEncodings{
        {{"float", Encoding::floats}, {"base64", Encoding::base64}}};
    auto word = read_word(spot, kEncodings);
    if (!word) return fail_as(word);
    encoding = *word;
    return {};
}

Result<void> read_dimensions(const Spot& spot, EmbeddingRequest& request) {
    auto taken = take(spot, request.dimensions);
    if (taken && *request.dimensions < 1) return spot.refuse("must be at least 1");
    return taken;
}

Result<void> read_member(const Spot& member, EmbeddingRequest& request) {
    const auto name = member.name;
    if (name == "model") return take(member, request.model);
    if (name == "input") return read_input(member, request);
    if (name == "encoding_format") return read_encoding(member, request.encoding);
    if (name == "dimensions") return read_dimensions(member, request);
    if (name == "user") return take(member, request.user);
    request.rest.push_back({std::string(name), std::string(member.raw)});
    return {};
}

}  // namespace

Result<EmbeddingRequest> read_embedding_request(std::string_view body) {
    const Spot spot{trim(body)};
    EmbeddingRequest request;
    auto read = each_member(spot, [&](const Spot& member) { return read_member(member, request); });
    if (!read) return fail_as(read);
    if (request.inputs.empty())
        return spot.member("input", {}).refuse("is missing or empty; send text");
    return request;
}

}  // namespace ogem::wire::openai
