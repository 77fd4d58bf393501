// A child process that runs ogemd: started, waited for until it is ready, and stopped.
#pragma once

#include "client/unix_socket.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace ogem::client {

// The ogemd that belongs to this program: in the same directory, else in ../sbin, else on PATH.
// Errors: not_found.
Result<std::string> find_ogemd();

struct Launch {
    std::string program;
    std::vector<std::string> args;  // without the program's name
    std::string log;                // file that its stdout and stderr are appended to
    bool tied = true;               // it ends when we end, even if we are killed
};

// Owned by whoever launched it; destroying it does not stop it, but a tied child notices.
struct Child {
    pid_t pid = 0;
    Fd life;  // our end of the pipe whose end tells a tied child that we are gone
};

// Starts ogemd in a session of its own, so that Ctrl-C reaches us alone, and returns when it
// answers. Errors: invalid, when it refused its configuration (exit code 5); io, when it could not
// start for another reason; both with what it said. timeout and cancelled: it has been killed.
Result<Child> launch(const Launch& launch, const Patience& patience);

// Asks `child` to end, and kills it when it does not within `limit`.
void stop(Child& child, Duration limit);

struct Finished {
    int code = 0;     // exit code
    std::string out;  // what it wrote to standard output
};

// Runs ogemd to its end, with our standard input and error. Errors: too_large, when it writes more
// than 16 MiB; timeout and cancelled: it has been stopped.
Result<Finished> run_to_end(const std::string& program, const std::vector<std::string>& args,
                            const Patience& patience);

}  // namespace ogem::client
