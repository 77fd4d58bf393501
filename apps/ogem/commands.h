// The commands, one source file each. Each writes what was asked for to standard output and returns
// how it ended.
#pragma once

#include "ogem/session.h"

namespace ogem::cli {

Outcome<> run(const Context& context, const ShowText& text);    // help_text.cc, printed as it is
Outcome<> run(const Context& context, const Version& version);  // version.cc
Outcome<> run(const Context& context, const Chat& chat);        // chat.cc
Outcome<> run(const Context& context, const Status& status);    // status.cc
Outcome<> run(const Context& context, const Models& models);    // models.cc
Outcome<> run(const Context& context, const Daemon& daemon);    // daemon.cc
Outcome<> run(const Context& context, const Api& api);          // api.cc
Outcome<> run(const Context& context, const Config& config);    // config.cc

}  // namespace ogem::cli
