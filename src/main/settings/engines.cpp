#include "main/settings/topics.hpp"

namespace mim::main {

void add_engine_settings(SettingTable& table, ServeSettings& settings) {
    table.add_secret(
        "--store", settings.store,
        "MongoDB for the data, mongodb://HOST/db_manager; needs a --queue on Redis or Valkey; better set as "
        "a variable than as a flag, which others can see. Default: in DATA");
    table.add_secret(
        "--queue", settings.queue,
        "Redis or Valkey for the jobs, redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE], or rediss:// for "
        "TLS; better set as a variable than as a flag, which others can see. Default: in DATA");
    table.add_seconds("--feed-interval-seconds", settings.feed_interval,
                      "How often such a queue is offered the syncs that wait in the store");
}

}  // namespace mim::main
