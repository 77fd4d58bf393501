// ogem models: what can be asked for.
#include "base/text.h"
#include "ogem/commands.h"
#include "ogem/output/json_out.h"
#include "ogem/output/models_view.h"
#include "ogem/output/printable.h"

namespace ogem::cli {

Outcome<> run(const Context& context, const Models& models) {
    auto session = Session::open(context, place_of(models.direct, models.daemon));
    if (!session) return failed_as(session);
    auto list = ask(context, session->socket(), client::get("/v1/models"));
    if (!list) return failed_as(list);
    const auto found = matching(*list, models.pattern);
    if (found.empty() && !models.pattern.empty()) {
        return failed(Exit::not_found,
                      cat("no model matches '", models.pattern, "'; ogem models lists all"));
    }
    if (context.globals.json) return print_json(context, found);
    const bool to_eyes = context.terminal.out;
    const auto table = models_table(found, !to_eyes);
    return write_out(printable(to_eyes ? in_columns(table) : with_tabs(table)));
}

}  // namespace ogem::cli
