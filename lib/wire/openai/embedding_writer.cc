#include "wire/openai/embedding_writer.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/base64.h"

#include <bit>
#include <cstring>

namespace ogem::wire::openai {

namespace {

std::string little_endian_bytes(const std::vector<float>& vector) {
    std::string bytes(vector.size() * sizeof(float), '\0');
    std::memcpy(bytes.data(), vector.data(), bytes.size());
    static_assert(std::endian::native == std::endian::little);
    return bytes;
}

void write_vector(json::Writer& w, const std::vector<float>& vector, Encoding encoding) {
    w.key("embedding");
    if (encoding == Encoding::base64) {
        w.value(base64(little_endian_bytes(vector)));
        return;
    }
    w.begin_array();
    for (const float number : vector) w.raw(cat(number));  // shortest text of a float
    w.end_array();
}

}  // namespace

std::string embedding_list(std::string_view model, const std::vector<std::vector<float>>& vectors,
                           Encoding encoding, std::int64_t prompt_tokens) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("object").value("list").key("data").begin_array();
    std::size_t index = 0;
    for (const auto& vector : vectors) {
        w.begin_object().key("object").value("embedding").key("index").value(index++);
        write_vector(w, vector, encoding);
        w.end_object();
    }
    w.end_array().key("model").value(model).key("usage").begin_object();
    w.key("prompt_tokens").value(prompt_tokens).key("total_tokens").value(prompt_tokens);
    w.end_object().end_object();
    return out;
}

}  // namespace ogem::wire::openai
