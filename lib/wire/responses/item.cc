#include "wire/responses/item.h"

#include "json/cursor.h"

namespace ogem::wire::responses {

namespace {

void write_message(json::Writer& w, const Item& item) {
    w.key("role").value("assistant").key("status").value(name_of(item.status));
    w.key("content").begin_array();
    if (!item.text.empty()) write_text_part(w, item);
    if (!item.refusal.empty()) write_refusal_part(w, item.refusal);
    w.end_array();
}

void write_call(json::Writer& w, const Item& item) {
    const bool custom = item.kind == Item::Kind::custom_call;
    w.key("call_id").value(item.call_id).key("name").value(item.name);
    w.key(custom ? "input" : "arguments").value(item.text);
    w.key("status").value(name_of(item.status));
}

void write_reasoning(json::Writer& w, const Item& item) {
    w.key("summary").begin_array();
    if (!item.text.empty()) write_summary_part(w, item.text);
    w.end_array().key("status").value(name_of(item.status));
}

const char* type_of(Item::Kind kind) {
    switch (kind) {
        case Item::Kind::function_call:
            return "function_call";
        case Item::Kind::custom_call:
            return "custom_tool_call";
        case Item::Kind::reasoning:
            return "reasoning";
        case Item::Kind::message:
            break;
    }
    return "message";
}

void write_flat(json::Writer& w, std::string_view raw) {
    json::Cursor c(raw);
    std::string_view name, citation;
    if (c.peek() == '{')
        for (c.enter_object(); c.next_member(name);)
            if (const auto value = c.value(); name == "url_citation") citation = value;
    if (!citation.starts_with('{')) {
        w.raw(raw);
        return;
    }
    w.begin_object().key("type").value("url_citation");
    json::Cursor inner(citation);
    for (inner.enter_object(); inner.next_member(name);) w.key(name).raw(inner.value());
    w.end_object();
}

}  // namespace

std::string_view name_of(Status status) {
    if (status == Status::in_progress) return "in_progress";
    return status == Status::completed ? "completed" : "incomplete";
}

std::string_view id_prefix(Item::Kind kind) {
    switch (kind) {
        case Item::Kind::function_call:
            return "fc_";
        case Item::Kind::custom_call:
            return "ctc_";
        case Item::Kind::reasoning:
            return "rs_";
        case Item::Kind::message:
            break;
    }
    return "msg_";
}

void write_item(json::Writer& w, const Item& item) {
    w.begin_object().key("id").value(item.id).key("type").value(type_of(item.kind));
    if (item.kind == Item::Kind::message) {
        write_message(w, item);
    } else if (item.kind == Item::Kind::reasoning) {
        write_reasoning(w, item);
    } else {
        write_call(w, item);
    }
    w.end_object();
}

void write_text_part(json::Writer& w, const Item& item) {
    w.begin_object().key("type").value("output_text").key("text").value(item.text);
    w.key("annotations").raw(item.annotations).key("logprobs").raw(item.logprobs).end_object();
}

void write_refusal_part(json::Writer& w, std::string_view refusal) {
    w.begin_object().key("type").value("refusal").key("refusal").value(refusal).end_object();
}

void write_summary_part(json::Writer& w, std::string_view text) {
    w.begin_object().key("type").value("summary_text").key("text").value(text).end_object();
}

chat::Json flat_annotations(const chat::Json& array) {
    if (!array.starts_with('[')) return "[]";
    chat::Json out;
    json::Writer w(out);
    w.begin_array();
    json::Cursor c(array);
    for (c.enter_array(); c.next_element();) write_flat(w, c.value());
    w.end_array();
    return out;
}

}  // namespace ogem::wire::responses
