// A real server on a free port over the real use-cases and in-memory ports, with a user who is logged in.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <vector>

#include "fakes/fake_ports.hpp"
#include "http/server.hpp"
#include "unit/http/raw_client.hpp"

namespace mim::http {

// Keeps every line as "event name=value …".
class RecordingLogger final : public Logger {
  public:
    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) override;
    [[nodiscard]] std::vector<std::string> lines_with(std::string_view text) const;
    [[nodiscard]] std::string all() const;
    void wait_for_line(std::string_view text);
    // From now on lines of these events throw, as when there is no memory for them.
    void throw_at(std::set<std::string, std::less<>> events);

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> lines_;
    std::set<std::string, std::less<>> throwing_;
};

class CountingObserver final : public ServerObserver {
  public:
    void on_request(std::string_view, std::string_view, unsigned, std::chrono::microseconds) override {
        ++requests;
    }
    void on_connections(std::size_t open) override {
        if (throws_once.exchange(false)) throw std::bad_alloc();
        connections = open;
    }
    void on_event_streams(std::size_t open) override { streams = open; }
    void on_rejected(std::string_view reason) override;
    [[nodiscard]] int rejected(const std::string& reason) const;
    void wait_for_rejection(const std::string& reason);
    std::atomic<int> requests = 0;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> streams = 0;
    std::atomic<bool> throws_once = false;  // at the next change of the connections

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, int> rejected_;
};

// A gate that calls of a port wait at until it is opened. Opens itself after ten seconds rather than hang a
// test.
class Gate {
  public:
    void pass();                         // called by the port
    void wait_for_arrivals(int number);  // called by the test
    void open();

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int arrived_ = 0;
    bool open_ = false;
};

class World : public fakes::FakePorts {
  public:
    explicit World(ServerSettings settings = {});
    ~World();

    [[nodiscard]] RawClient connect() const { return RawClient(server->port()); }
    [[nodiscard]] std::string bearer() const {
        return "Authorization: Bearer " + tokens.access_token + "\r\n";
    }
    // On a connection of its own, signed in.
    [[nodiscard]] RawResponse call(std::string_view method, std::string_view path,
                                   std::string_view body = "");
    // What the server stands on.
    [[nodiscard]] Api api();
    void set_role(app::Role role);
    [[nodiscard]] std::string create_database(const std::string& name);
    [[nodiscard]] std::string start_sync(const std::string& database);

    app::UseCases use_cases{ports(), {}};

    RecordingLogger log;
    CountingObserver observer;
    app::TokenPair tokens;
    std::unique_ptr<Server> server;
};

[[nodiscard]] std::string text_at(const std::string& json,
                                  std::string_view pointer);  // "" when it is not there
[[nodiscard]] std::int64_t number_at(const std::string& json, std::string_view pointer);

}  // namespace mim::http
