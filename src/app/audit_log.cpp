#include "app/audit_log.hpp"

#include <algorithm>

#include "app/paging.hpp"
#include "app/remembered_accounts.hpp"

namespace mim::app {
namespace {

constexpr std::size_t settled_at_once = 100;
constexpr std::size_t read_at_once = 100;
constexpr std::size_t enough_bytes = 4UL * 1024 * 1024;  // for one part of an export

// One line, of a bounded size. A line break outside of a text is white space in JSON; inside it is escaped.
void tidy(std::string& detail) {
    if (detail.size() > AuditLog::longest_detail)
        detail = "{\"left_out_bytes\":" + std::to_string(detail.size()) + "}";
    std::ranges::replace_if(
        detail, [](char c) { return c == '\n' || c == '\r'; }, ' ');
}

// None: nobody is called so.
Result<std::optional<AuditFilter>> filter_of(const AuditQuery& query, const AuditPorts& ports) {
    AuditFilter filter = query.filter;
    if (!query.user) return std::optional(filter);
    if (const auto id = UserId::parse(*query.user)) {
        filter.users = {*id};
        return std::optional(filter);
    }
    MIM_TRY(gone, RememberedAccounts(ports.entries).called(*query.user));
    filter.users = std::move(gone);
    const auto found = ports.users.find_by_identity(*query.user);
    if (!found && found.error().code != ErrorCode::not_found) return found.error();
    // One that was brought back is among both.
    if (found && std::ranges::find(filter.users, found->id) == filter.users.end())
        filter.users.push_back(found->id);
    return filter.users.empty() ? std::nullopt : std::optional(filter);
}

std::size_t size_of(const AuditEntry& entry) {
    return entry.before.size() + entry.after.size() + 512;
}

}  // namespace

// The name is for people: without it the id tells who it was.
void AuditLog::stamp(AuditEntry& entry) {
    if (entry.began_at == Timestamp{}) entry.began_at = ports_.clock.now();
    if (entry.actor.user && entry.actor.username.empty()) {
        const auto user = ports_.users.get(*entry.actor.user);
        if (user) entry.actor.username = user->username;
        if (!user && user.error().code == ErrorCode::not_found) {
            const auto known = RememberedAccounts(ports_.entries).username_of(*entry.actor.user);
            if (known) entry.actor.username = *known;
        }
    }
}

Done AuditLog::begin(AuditEntry& entry) {
    stamp(entry);
    return ports_.entries.begin(entry);
}

Done AuditLog::append(AuditEntry& entry) {
    stamp(entry);
    tidy(entry.before);
    tidy(entry.after);
    entry.at = ports_.clock.now();
    return ports_.entries.append(entry);
}

Done AuditLog::complete_once(AuditEntry& entry) {
    const Done written = append(entry);
    if (written || written.error().code != ErrorCode::already_exists) return written;
    return ports_.entries.withdraw(entry.id);
}

Done AuditLog::complete(AuditEntry& entry) {
    const Done written = append(entry);
    if (written || written.error().code != ErrorCode::already_exists) return written;
    // It took so long that it was given up as unknown: the outcome becomes an entry of its own.
    entry.id = AuditEntryId::generate();
    return ports_.entries.append(entry);
}

Done AuditLog::withdraw(const AuditEntryId& id) {
    return ports_.entries.withdraw(id);
}

// When two do so at once, one of them comes second.
Done AuditLog::settle() {
    MIM_TRY(left, ports_.entries.begun_before(ports_.clock.now() - patience, settled_at_once));
    for (AuditEntry& entry : left) {
        entry.at = ports_.clock.now();
        entry.outcome = AuditOutcome::unknown;
        const Done written = ports_.entries.append(entry);
        if (written) continue;
        if (written.error().code != ErrorCode::already_exists) return written;
        MIM_CHECK(ports_.entries.withdraw(entry.id));
    }
    return {};
}

Result<Page<AuditEntry>> AuditLog::list(const AuditQuery& query, const PageRequest& page) {
    MIM_TRY(wanted, effective(page));
    MIM_CHECK(settle());
    MIM_TRY(filter, filter_of(query, ports_));
    if (!filter) return Page<AuditEntry>{.items = {}, .total = 0, .page = wanted.page, .limit = wanted.limit};
    return ports_.entries.list(*filter, wanted);
}

Result<AuditExport> AuditLog::read(const AuditQuery& query, const std::optional<AuditPlace>& after,
                                   std::size_t limit) {
    MIM_CHECK(settle());
    MIM_TRY(filter, filter_of(query, ports_));
    AuditExport part;
    if (!filter) return part;
    std::optional<AuditPlace> place = after;
    std::size_t bytes = 0;
    while (part.entries.size() < limit && bytes < enough_bytes) {
        const std::size_t wanted = std::min(limit - part.entries.size(), read_at_once);
        MIM_TRY(found, ports_.entries.read(*filter, place, wanted));
        const bool last = found.size() < wanted;
        for (AuditEntry& entry : found) {
            bytes += size_of(entry);
            part.entries.push_back(std::move(entry));
        }
        if (last) return part;
        place = AuditPlace{part.entries.back().at, part.entries.back().id};
    }
    part.next = place;
    return part;
}

}  // namespace mim::app
