// A MongoDB that answers by a script: as an honest one would, or otherwise where the script says so.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace mim::fuzz {

// The bytes of a script, from the front. Of an empty one there are zeros.
class Script {
  public:
    void begin(std::span<const std::uint8_t> bytes) {
        bytes_.assign(bytes.begin(), bytes.end());
        at_ = 0;
    }
    [[nodiscard]] bool ended() const { return at_ >= bytes_.size(); }
    std::uint8_t next() { return ended() ? std::uint8_t{0} : bytes_[at_++]; }
    std::uint8_t next(std::uint8_t below) { return static_cast<std::uint8_t>(next() % below); }
    std::vector<std::uint8_t> next_bytes(std::size_t most) {
        const std::size_t taken = std::min(most, bytes_.size() - at_);
        const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ += taken;
        return {from, from + static_cast<std::ptrdiff_t>(taken)};
    }

  private:
    std::vector<std::uint8_t> bytes_;
    std::size_t at_ = 0;
};

// What answers a request, whole with its header; an empty one closes the connection.
std::vector<std::uint8_t> scripted_answer(std::span<const std::uint8_t> request, const std::string& address,
                                          Script& script);

// One thread serves all connections, so that a script is read in the order in which it is asked.
class ScriptedServer {
  public:
    ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ~ScriptedServer();

    [[nodiscard]] const std::string& address() const { return address_; }
    // Closes what is open and begins this script.
    void play(std::span<const std::uint8_t> script);

  private:
    void serve();
    void accept_all();
    // False when the connection is over.
    bool answer(int connection, std::vector<std::uint8_t>& received);

    int listener_ = -1;
    int wake_ = -1;
    std::string address_;
    std::mutex mutex_;
    Script script_;
    std::map<int, std::vector<std::uint8_t>> received_;  // by connection: what is no whole request yet
    bool over_ = false;
    std::thread thread_;
};

}  // namespace mim::fuzz
