#include "unit/http/world.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include <boost/json/parse.hpp>

namespace mim::http {
namespace {

constexpr std::chrono::seconds gate_patience{10};

std::string text_of(const LogField& field) {
    if (const auto* text = std::get_if<std::string>(&field.value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
    return std::to_string(std::get<double>(field.value));
}

}  // namespace

void RecordingLogger::write(LogLevel, std::string_view event, std::initializer_list<LogField> fields) {
    std::string line(event);
    for (const LogField& field : fields) line += " " + std::string(field.name) + "=" + text_of(field);
    const std::lock_guard lock(mutex_);
    if (throwing_.contains(event)) throw std::bad_alloc();
    lines_.push_back(std::move(line));
    changed_.notify_all();
}

void RecordingLogger::wait_for_line(std::string_view text) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, gate_patience, [&] {
        return std::ranges::any_of(
            lines_, [&](const std::string& line) { return line.find(text) != std::string::npos; });
    });
}

void RecordingLogger::throw_at(std::set<std::string, std::less<>> events) {
    const std::lock_guard lock(mutex_);
    throwing_ = std::move(events);
}

std::vector<std::string> RecordingLogger::lines_with(std::string_view text) const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> found;
    for (const std::string& line : lines_) {
        if (line.find(text) != std::string::npos) found.push_back(line);
    }
    return found;
}

std::string RecordingLogger::all() const {
    std::string text;
    for (const std::string& line : lines_with("")) text += line + "\n";
    return text;
}

void CountingObserver::on_rejected(std::string_view reason) {
    const std::lock_guard lock(mutex_);
    ++rejected_[std::string(reason)];
    changed_.notify_all();
}

int CountingObserver::rejected(const std::string& reason) const {
    const std::lock_guard lock(mutex_);
    const auto found = rejected_.find(reason);
    return found != rejected_.end() ? found->second : 0;
}

void CountingObserver::wait_for_rejection(const std::string& reason) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, gate_patience, [&] { return rejected_.contains(reason); });
}

void Gate::pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait_for(lock, gate_patience, [this] { return open_; });
}

void Gate::wait_for_arrivals(int number) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, gate_patience, [&] { return arrived_ >= number; });
}

void Gate::open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
}

World::World(ServerSettings settings) {
    app::Registrations& registrations = use_cases.registrations;
    const bool both = registrations.add_admin({"root", "root@example.org", Secret("correct horse")}) &&
                      registrations.add_admin({"ada", "ada@example.org", Secret("correct horse")});
    if (!both) {
        throw std::runtime_error("cannot register");
    }
    tokens = *use_cases.accounts.login("ada", Secret("correct horse"));
    settings.port = 0;
    server = *Server::start(settings, api(), log);
}

Api World::api() {
    const auto store_is_up = [this]() -> Done {
        const auto count = store.users().count();
        if (!count) return count.error();
        return {};
    };
    return {use_cases, {{"store", store_is_up}}, [] { return std::string("mim_up 1\n"); }, &observer};
}

World::~World() {
    server->stop(std::chrono::milliseconds{0});
}

RawResponse World::call(std::string_view method, std::string_view path, std::string_view body) {
    RawClient client = connect();
    const auto response = client.exchange(method, "/api/v1" + std::string(path), body, bearer());
    return response ? *response : RawResponse{};
}

void World::set_role(app::Role role) {
    if (!use_cases.users.set_role(store.users().find_by_identity("ada")->id, role))
        throw std::runtime_error("cannot set the role");
}

std::string World::create_database(const std::string& name) {
    const RawResponse made =
        call("POST", "/databases/",
             R"({"name":")" + name + R"(","uri":"mongodb://u:geheim@h/",)" + R"("db_name":")" + name + "\"}");
    return text_at(made.body, "/data/id");
}

std::string World::start_sync(const std::string& database) {
    static_cast<void>(call("POST", "/indexes",
                           R"({"database_id":")" + database +
                               R"(","collection":"c","keys":[{"field":"a","value":1}],"options":{}})"));
    const RawResponse made =
        call("POST", "/indexes/sync-by-database", R"({"database_id":")" + database + "\"}");
    return text_at(made.body, "/data/sync_id");
}

std::string text_at(const std::string& json, std::string_view pointer) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(json, failure);
    const auto* found = failure ? nullptr : value.find_pointer(pointer, failure);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::int64_t number_at(const std::string& json, std::string_view pointer) {
    boost::system::error_code failure;
    const auto value = boost::json::parse(json, failure);
    const auto* found = failure ? nullptr : value.find_pointer(pointer, failure);
    return found != nullptr && found->is_int64() ? found->get_int64() : -1;
}

}  // namespace mim::http
