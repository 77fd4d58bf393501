// The HTTP face: who may ask, which route answers. One Api per worker.
#pragma once

#include "api/access.h"
#include "api/daemon.h"
#include "gateway/gateway.h"
#include "net/connection.h"

#include <string>
#include <string_view>

namespace ogem::api {

struct Route;

class Api {
public:
    Api(net::Loop& loop, gateway::Gateway& gateway, const Daemon& daemon)
        : loop_(loop), gateway_(gateway), daemon_(daemon) {}

    // The configuration for requests that begin from now on; tells the gateway too.
    void use(std::shared_ptr<const gateway::Generation> generation);

    net::Handler handler() {
        return {[](void* self, net::Connection& connection) {
                    return static_cast<Api*>(self)->answer(connection);
                },
                this};
    }

private:
    Task<> answer(net::Connection& connection);
    bool may_ask(net::Connection& connection, std::string_view common);
    void answer_now(net::Connection& connection, const Route& route, std::string common);
    Task<> ask_gateway(net::Connection& connection, gateway::Operation operation,
                       std::string common, std::string id);
    Task<> reload(net::Connection& connection, std::string common);

    net::Loop& loop_;
    gateway::Gateway& gateway_;
    const Daemon& daemon_;
    AccessRules rules_;
};

}  // namespace ogem::api
