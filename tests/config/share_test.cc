// What is shipped in share/config/ is true.
#include "config/given.h"
#include "json/value.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <set>

using namespace ogem;
using namespace ogem::config;

namespace {

const std::string kShare = OGEM_SOURCE_DIR "/share/config";

const json::Value& schema() {
    static const auto value = json::parse(given::file(kShare + "/ogem.schema.json"));
    REQUIRE(value);
    return *value;
}

const json::Value& resolved(const json::Value& node) {
    if (!node.contains("$ref")) return node;
    return schema().at(json::Value::json_pointer(node["$ref"].get<std::string>().substr(1)));
}

// `key: ` for each property of an object, with one nested line for objects, at `indent`.
void write_keys(const json::Value& node, const std::string& indent, std::string& out, int depth) {
    for (const auto& [key, value] : node.at("properties").items()) {
        const auto& inner = resolved(value);
        if (inner.contains("additionalProperties") && inner["additionalProperties"].is_object())
            continue;  // a map of the user's names, written below
        out += indent + key + ":\n";
        if (inner.contains("properties") && depth < 8)
            write_keys(inner, indent + "  ", out, depth + 1);
    }
}

void names_in(const json::Value& node, std::set<std::string>& names) {
    if (!node.is_structured()) return;
    if (node.is_object() && node.contains("properties"))
        for (const auto& [key, value] : node["properties"].items()) names.insert(key);
    for (const auto& value : node) names_in(value, names);
}

// The keys in calls such as read("ttl", ...).
std::vector<std::string> keys_asked_for(const std::string& source) {
    std::vector<std::string> keys;
    for (const std::string_view call :
         {"read(\"", "read_list(\"", "read_pairs(\"", "block(\"", "take(\""})
        for (auto at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
            const auto start = at + call.size();
            keys.push_back(source.substr(start, source.find('"', start) - start));
        }
    return keys;
}

}  // namespace

TEST_CASE("every shipped configuration loads without an error (B14)") {
    const Environment keys{{"OPENAI_API_KEY", "a"},       {"CLAUDE_API_KEY", "b"},
                           {"GENAI_STUDIO_API_KEY", "c"}, {"GOOGLE_CLOUD_PROJECT", "p"},
                           {"OPEN_GEMINI_API_KEY", "k"},  {"GROQ_API_KEY", "d"},
                           {"OPENROUTER_API_KEY", "e"},   {"MISTRAL_API_KEY", "f"}};
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kShare)) {
        if (entry.path().extension() != ".yaml") continue;
        const auto name = entry.path().filename().string();
        auto sources = given::yaml(given::file(entry.path()), keys);
        sources.name = name;
        const auto loaded = load(sources);
        INFO(name);
        CHECK(given::lines(loaded) == std::vector<std::string>{});
        sources.env.clear();  // A20: without any key it still starts
        CHECK_MESSAGE(load(sources).ok(), name);
        ++seen;
    }
    CHECK(seen >= 2);
}

TEST_CASE("the shipped default offers what the seed's did (B14)") {
    const auto config = given::config(given::file(kShare + "/config.yaml"));
    CHECK(config.ping_interval == 0s);
    CHECK(config.retry_interval == 1min);
    const auto& openai = given::provider(config, "openai").regions.at(0).models;
    CHECK(std::count_if(openai.begin(), openai.end(),
                        [](const auto& m) { return m.name.ends_with("@batch"); }) == 15);
    CHECK(openai.size() == 30);
    const auto& vertex = given::provider(config, "vertex");
    CHECK(vertex.regions.size() == 28);
    CHECK(vertex.regions.at(0).models.size() == 8);
    CHECK(given::provider(config, "studio").regions.at(0).models.size() == 13);
    CHECK(given::provider(config, "claude").regions.at(0).models.size() == 4);
    CHECK(given::provider(config, "vclaude").regions.size() == 5);
}

TEST_CASE("the schema knows no key that the daemon does not") {
    std::string text;
    write_keys(schema(), "", text, 0);
    text += "providers:\n  p:\n";
    write_keys(schema().at("$defs").at("provider"), "    ", text, 0);
    text += "clients:\n  c:\n";
    write_keys(schema().at("$defs").at("client"), "    ", text, 0);
    text += "presets:\n  s:\n";
    write_keys(schema().at("$defs").at("preset"), "    ", text, 0);
    for (const auto& line : given::lines(load(given::yaml(text))))
        CHECK_MESSAGE(line.find("[E101]") == std::string::npos, line);

    std::string models = "providers:\n  openai:\n    regions:\n      openai:\n        models:\n";
    for (const auto& [key, value] :
         schema().at("$defs").at("model").at("oneOf")[1].at("properties").items())
        models += "          - {name: x, " + key + ": }\n";
    for (const auto& line : given::lines(load(given::yaml(models))))
        CHECK_MESSAGE(line.find("[E101]") == std::string::npos, line);
}

TEST_CASE("the daemon knows no key that the schema does not") {
    std::set<std::string> names;
    names_in(schema(), names);
    int seen = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(OGEM_SOURCE_DIR "/lib/config/parts"))
        for (const auto& key : keys_asked_for(given::file(entry.path()))) {
            CHECK_MESSAGE(names.contains(key), key);
            ++seen;
        }
    CHECK(seen > 80);
}
