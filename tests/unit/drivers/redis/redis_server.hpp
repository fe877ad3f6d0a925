// A real redis-server of the test's own: a private port, a folder that goes with it. Can be stopped, killed
// and started again on the same port and data. MIM_TEST_REDIS_SERVER names another program that speaks for
// it: valkey-server.
#pragma once

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/redis/client.hpp"
#include "unit/drivers/held_port.hpp"
#include "unit/drivers/sqlite/temporary_folder.hpp"

namespace mim::redis {

class RedisServer {
  public:
    // `options`: more of redis-server's own, "--requirepass", "word" …
    explicit RedisServer(std::vector<std::string> options = {}) : options_(std::move(options)) { start(); }
    ~RedisServer() { end(SIGKILL); }
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    void start() {
        std::vector<std::string> words{program(),
                                       "--port",
                                       std::to_string(port()),
                                       "--bind",
                                       "127.0.0.1",
                                       "--dir",
                                       folder_.file("").string(),
                                       "--save",
                                       "",
                                       "--appendonly",
                                       "yes",
                                       "--appendfsync",
                                       "always"};
        words.insert(words.end(), options_.begin(), options_.end());
        std::vector<char*> arguments;
        for (auto& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t silence;
        posix_spawn_file_actions_init(&silence);
        posix_spawn_file_actions_addopen(&silence, STDOUT_FILENO, folder_.file("redis.log").c_str(),
                                         O_WRONLY | O_CREAT | O_APPEND, 0600);
        const int failure =
            ::posix_spawnp(&process_, program().c_str(), &silence, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&silence);
        if (failure != 0) throw std::runtime_error(program() + " cannot be started: install it");
        await();
    }
    void end(int signal) {
        if (process_ <= 0) return;
        ::kill(process_, signal);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }
    void signal(int number) const { ::kill(process_, number); }

    [[nodiscard]] std::uint16_t port() const { return port_.number(); }
    [[nodiscard]] Address address() const { return {.host = "127.0.0.1", .port = port()}; }
    [[nodiscard]] const sqlite::TemporaryFolder& folder() const { return folder_; }

  private:
    static std::string program() {
        const char* named = std::getenv("MIM_TEST_REDIS_SERVER");
        return named == nullptr ? "redis-server" : named;
    }
    // Until it answers anything at all.
    void await() const {
        const auto deadline = Deadline::after(std::chrono::seconds{30});
        while (!deadline.passed()) {
            Client client({.address = address()});
            const auto reply = client.run({"PING"});
            if (reply && !reply->is_error("LOADING")) return;
        }
        throw std::runtime_error(program() + " does not answer");
    }

    const std::vector<std::string> options_;
    sqlite::TemporaryFolder folder_;
    const HeldPort port_;
    pid_t process_ = 0;
};

}  // namespace mim::redis
