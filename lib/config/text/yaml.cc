#include "base/text.h"
#include "config/text/node.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>

namespace ogem::config {

namespace {

// Leaves the parser from inside a callback; caught in read_yaml().
struct Stop {
    Diagnostic why;
};

// Builds the tree from the parser's events. yaml-cpp's own tree would expand aliases without
// bounds and hide duplicate keys.
class TreeBuilder : public YAML::EventHandler {
public:
    explicit TreeBuilder(Document& document) : document_(document) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        auto* node = make(Node::Type::null, mark, anchor);
        // The parser's place for nothing is the next thing, which may be lines below.
        if (const auto* key = pending_.empty() ? nullptr : pending_.back())
            node->line = key->line, node->column = key->column;
        add(node);
    }
    void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  const std::string& value) override {
        auto* node = make(Node::Type::scalar, mark, anchor);
        node->text = value;
        add(node);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(make(Node::Type::list, mark, anchor), mark);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(make(Node::Type::map, mark, anchor), mark);
    }
    void OnMapEnd() override { close(); }

private:
    [[noreturn]] static void stop(const YAML::Mark& mark, std::string code, std::string message);
    Node* make(Node::Type type, const YAML::Mark& mark, YAML::anchor_t anchor);
    void open(Node* node, const YAML::Mark& mark);
    void close();
    void add(const Node* node);

    Document& document_;
    std::vector<Node*> open_;           // the path from the root to here
    std::vector<const Node*> pending_;  // one per open map: a key that waits for its value
    std::map<YAML::anchor_t, const Node*> anchors_;
};

void TreeBuilder::stop(const YAML::Mark& mark, std::string code, std::string message) {
    throw Stop{
        {Severity::error, std::move(code), "", mark.line + 1, mark.column + 1, std::move(message)}};
}

Node* TreeBuilder::make(Node::Type type, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (document_.nodes.size() >= kMostNodes)
        stop(mark, "E103", cat("the file holds more than ", kMostNodes, " values"));
    auto& node = document_.nodes.emplace_back();
    node.type = type;
    node.line = mark.line + 1;  // yaml-cpp counts lines and columns from 0
    node.column = mark.column + 1;
    if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
    return &node;
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const auto* target = anchors_[anchor];
    for (const auto* open : open_)
        if (open == target) stop(mark, "E103", "this alias stands inside its own anchor");
    if (!target) stop(mark, "E100", "this alias has no anchor");
    if (target->weight > kMostNodes)
        stop(mark, "E103", cat("aliases make more than ", kMostNodes, " values"));
    add(target);
}

void TreeBuilder::open(Node* node, const YAML::Mark& mark) {
    if (open_.size() >= kDeepest)
        stop(mark, "E103", cat("values are nested more than ", kDeepest, " levels deep"));
    open_.push_back(node);
    pending_.push_back(nullptr);
}

void TreeBuilder::close() {
    const auto* node = open_.back();
    open_.pop_back();
    pending_.pop_back();
    add(node);
}

void TreeBuilder::add(const Node* node) {
    if (open_.empty()) {
        document_.root = node;
        return;
    }
    auto& parent = *open_.back();
    parent.weight += node->weight;
    if (parent.weight > kMostNodes)
        throw Stop{{Severity::error, "E103", "", node->line, node->column,
                    cat("aliases make more than ", kMostNodes, " values")}};
    if (parent.type == Node::Type::list) {
        parent.items.push_back(node);
    } else if (auto*& key = pending_.back(); !key) {
        if (node->type != Node::Type::scalar)
            throw Stop{{Severity::error, "E104", "", node->line, node->column,
                        "a key must be plain text; quote it if it is"}};
        key = node;
    } else {
        parent.entries.push_back({key, node});
        key = nullptr;
    }
}

// YAML forbids control characters; yaml-cpp takes one of them (0x04) for the end of the file.
std::expected<void, Diagnostic> refuse_control_characters(std::string_view text) {
    int line = 1, column = 1;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f)
            return std::unexpected(
                Diagnostic{Severity::error, "E100", "", line, column,
                           cat("byte ", static_cast<int>(byte),
                               " is a control character; a configuration is UTF-8 text")});
        ++column;
        if (c == '\n') ++line, column = 1;
    }
    return {};
}

Document parse(std::string_view text) {
    Document document;
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    TreeBuilder builder(document);
    parser.HandleNextDocument(builder);
    if (!document.root) document.root = &document.nodes.emplace_back();
    Document ignored;
    TreeBuilder second(ignored);
    parser.HandleNextDocument(second);
    if (ignored.root && ignored.root->type != Node::Type::null)
        throw Stop{{Severity::error, "E103", "", ignored.root->line, ignored.root->column,
                    "a second document begins here; keep one document in a file"}};
    return document;
}

std::expected<Document, Diagnostic> parse_or_complain(std::string_view text) {
    try {
        return parse(text);
    } catch (const Stop& stopped) {
        return std::unexpected(stopped.why);
    } catch (const YAML::DeepRecursion& error) {
        return std::unexpected(Diagnostic{Severity::error, "E103", "", error.mark.line + 1,
                                          error.mark.column + 1, "values are nested too deep"});
    } catch (const YAML::Exception& error) {
        return std::unexpected(Diagnostic{Severity::error, "E100", "", error.mark.line + 1,
                                          error.mark.column + 1,
                                          cat("this is not YAML: ", error.msg)});
    } catch (const std::exception& error) {
        return std::unexpected(
            Diagnostic{Severity::error, "E100", "", 0, 0, cat("this is not YAML: ", error.what())});
    }
}

}  // namespace

std::expected<Document, Diagnostic> read_yaml(std::string_view text, std::string_view name) {
    auto document = [&]() -> std::expected<Document, Diagnostic> {
        if (text.size() > kLongestText)
            return std::unexpected(
                Diagnostic{Severity::error, "E103", "", 0, 0,
                           cat("the file has ", text.size(), " bytes; 1 MiB is the most")});
        if (auto fine = refuse_control_characters(text); !fine)
            return std::unexpected(fine.error());
        return parse_or_complain(text);
    }();
    if (!document) document.error().file = name;
    return document;
}

}  // namespace ogem::config
