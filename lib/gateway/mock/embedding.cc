#include "gateway/mock/embedding.h"

#include "gateway/mock/request.h"
#include "gateway/mock/tokens.h"
#include "wire/openai/embedding_writer.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace ogem::gateway::mock {

namespace {

using json::Value;

std::uint64_t hash_of(std::string_view text) {  // FNV-1a
    std::uint64_t hash = 14695981039346656037u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return hash;
}

float next_number(std::uint64_t& state) {  // splitmix64, mapped to [-1, 1)
    state += 0x9e3779b97f4a7c15u;
    auto z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<float>((z ^ (z >> 31)) >> 40) / 8388608.0f - 1.0f;
}

std::vector<float> vector_of(std::string_view text, std::size_t dimensions) {
    auto state = hash_of(text);
    std::vector<float> numbers(dimensions);
    double squares = 0;
    for (auto& number : numbers) {
        number = next_number(state);
        squares += static_cast<double>(number) * static_cast<double>(number);
    }
    const auto length = static_cast<float>(std::sqrt(squares));
    for (auto& number : numbers) number = length > 0 ? number / length : 1.0f;
    return numbers;
}

// A string, a list of strings, token numbers, or lists of them.
Result<std::vector<std::string>> read_inputs(const Value& body) {
    const auto* input = member(body, "input");
    if (!input || (input->is_array() && input->empty()))
        return fail(Kind::invalid, "input: missing or empty");
    const bool several = input->is_array() && !input->front().is_number();
    std::vector<std::string> texts;
    for (const auto& one : several ? *input : Value::array({*input}))
        texts.push_back(one.is_string() ? one.get<std::string>() : one.dump());
    if (texts.size() > 2048) return fail(Kind::invalid, "input: more than 2,048 texts");
    return texts;
}

Result<std::size_t> read_dimensions(const Value& body) {
    const auto* value = member(body, "dimensions");
    if (!value) return 64;
    const auto number = value->is_number_integer() ? value->get<std::int64_t>() : 0;
    if (number >= 1 && number <= 4096) return static_cast<std::size_t>(number);
    return fail(Kind::invalid, "dimensions: not a whole number from 1 to 4096");
}

Result<wire::openai::Encoding> read_encoding(const Value& body) {
    const auto* value = member(body, "encoding_format");
    if (!value || *value == "float") return wire::openai::Encoding::floats;
    if (*value == "base64") return wire::openai::Encoding::base64;
    return fail(Kind::invalid, "encoding_format: neither \"float\" nor \"base64\"");
}

}  // namespace

Result<std::string> embed(const json::Value& body, std::string_view shown_model) {
    const auto inputs = read_inputs(body);
    if (!inputs) return std::unexpected(inputs.error());
    const auto dimensions = read_dimensions(body);
    if (!dimensions) return std::unexpected(dimensions.error());
    const auto encoding = read_encoding(body);
    if (!encoding) return std::unexpected(encoding.error());
    if (inputs->size() * *dimensions > 2'000'000)
        return fail(Kind::invalid, "input: texts times dimensions is over two million");
    std::vector<std::vector<float>> vectors;
    std::int64_t tokens = 0;
    for (const auto& text : *inputs) {
        vectors.push_back(vector_of(text, *dimensions));
        tokens += count_tokens(text);
    }
    return wire::openai::embedding_list(shown_model, vectors, *encoding, tokens);
}

}  // namespace ogem::gateway::mock
