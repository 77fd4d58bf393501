// Embedding requests, in their four forms.
#include "base/text.h"
#include "gemini/rules.h"
#include "say/talk.h"

namespace ogem::fake::gemini {

namespace {

using json::Value;

constexpr std::string_view kTasks =
    " RETRIEVAL_QUERY RETRIEVAL_DOCUMENT SEMANTIC_SIMILARITY CLASSIFICATION CLUSTERING "
    "QUESTION_ANSWERING FACT_VERIFICATION CODE_RETRIEVAL_QUERY ";
constexpr Field kOne[] = {{"model", kString},
                          {"content", kObject, true},
                          {"taskType", kString},
                          {"title", kString},
                          {"outputDimensionality", kInteger}};
constexpr Field kConfig[] = {{"taskType", kString},
                             {"title", kString},
                             {"outputDimensionality", kInteger},
                             {"autoTruncate", kBoolean}};

void check_task(const Value& holder, const char* name, Findings& out) {
    const auto task = text_at(holder, name);
    out.when(!task.empty() && kTasks.find(cat(' ', task, ' ')) == std::string_view::npos,
             cat("Invalid value at 'task_type', \"", task, "\""));
}

void check_one(const Value& request, const Where& where, const Terms& terms, Findings& out) {
    out.fields(request, where, kOne);
    check_content(member_at(request, "content"), where / "content", terms, out);
    check_task(request, "taskType", out);
    const auto model = text_at(request, "model");
    out.when(!model.empty() && model != cat("models/", terms.model_name),
             cat("* BatchEmbedContentsRequest.requests: model ", model, " does not match models/",
                 terms.model_name, "\n"));
}

}  // namespace

void check_embed_one(const Value& body, const Terms& terms, Findings& out) {
    if (!terms.vertex) return check_one(body, {}, terms, out);
    constexpr Field kVertex[] = {
        {"content", kObject, true}, {"embedContentConfig", kObject},    {"taskType", kString},
        {"title", kString},         {"outputDimensionality", kInteger}, {"autoTruncate", kBoolean}};
    out.fields(body, {}, kVertex);
    check_content(member_at(body, "content"), Where{} / "content", terms, out);
    if (!body.contains("embedContentConfig")) return;
    out.fields(body["embedContentConfig"], Where{} / "embedContentConfig", kConfig);
    check_task(body["embedContentConfig"], "taskType", out);
}

void check_embed_batch(const Value& body, const Terms& terms, Findings& out) {
    constexpr Field kBatch[] = {{"requests", kArray, true}};
    out.fields(body, {}, kBatch);
    const auto& requests = items_at(body, "requests");
    out.when(requests.empty(), "* BatchEmbedContentsRequest.requests: requests is not specified\n");
    for (std::size_t i = 0; i < requests.size(); ++i) {
        check_one(requests[i], Where{} / "requests" / i, terms, out);
        out.when(
            text_at(requests[i], "model").empty(),
            cat("* BatchEmbedContentsRequest.requests[", i, "].model: model is not specified\n"));
    }
}

// An old service whose instances are spelled in snake_case.
void check_predict(const Value& body, const Terms& terms, Findings& out) {
    constexpr Field kPredict[] = {{"instances", kArray, true}, {"parameters", kObject}};
    constexpr Field kInstance[] = {
        {"content", kString, true}, {"taskType", kString}, {"title", kString}};
    constexpr Field kParameters[] = {{"outputDimensionality", kInteger},
                                     {"autoTruncate", kBoolean}};
    out.fields(body, {}, kPredict);
    const auto& instances = items_at(body, "instances");
    out.when(instances.empty(), "Invalid instances: at least one is required.");
    out.when(instances.size() > 1 && terms.model_name == "gemini-embedding-001",
             "Only one instance is supported for this model.");
    for (std::size_t i = 0; i < instances.size(); ++i) {
        out.fields(instances[i], Where{} / "instances" / i, kInstance);
        check_task(instances[i], "taskType", out);
    }
    if (body.contains("parameters"))
        out.fields(body["parameters"], Where{} / "parameters", kParameters);
}

}  // namespace ogem::fake::gemini
