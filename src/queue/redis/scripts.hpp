// The Lua scripts of the queue: each is one atomic step. KEYS[1] is the prefix of all keys, which share a
// hash slot by it.
//   PREFIXready    stream of due jobs, read by the group `workers`; an entry is acknowledged and removed when
//                  its job is settled, so what is pending in the group is what is leased
//   PREFIXjob:ID   hash of one job: entry, worker, fence, attempt, settled (the call that put it back), span
//                  (of its lease or delay), late (1 when the lease before ended by itself)
//   PREFIXleases   sorted set: job → end of its lease      PREFIXwaiting  sorted set: job → since when it is
//   due PREFIXdelayed  sorted set: job → when it is due        PREFIXdead     sorted set: dead letter → when
//   buried PREFIXletter:ID hash of one dead letter                PREFIXgrant:CALL the job that one call of
//   `lease` got
// Time is the Redis server's, in milliseconds, so that machines with other clocks agree. Every call that
// changes something names itself, and can be repeated when its answer was lost.
#pragma once

#include <string_view>

namespace mim::queue::scripts {

inline constexpr std::string_view prelude = R"lua(
local P = KEYS[1]
local READY, LEASES, WAITING = P .. 'ready', P .. 'leases', P .. 'waiting'
local DELAYED, DEAD, GROUP = P .. 'delayed', P .. 'dead', 'workers'
local clock = redis.call('TIME')
local micros = clock[1] * 1000000 + clock[2]
local now = math.floor(micros / 1000)
local function whole(number) return string.format('%.0f', number) end
local function job_key(id) return P .. 'job:' .. id end
local function push(id)
    local entry = redis.call('XADD', READY, '*', 'sync', id)
    redis.call('HSET', job_key(id), 'entry', entry, 'worker', '')
end
local function drop_entry(entry)
    redis.pcall('XACK', READY, GROUP, entry)
    redis.call('XDEL', READY, entry)
end
local function held(id, fence, worker)
    local job = redis.call('HMGET', job_key(id), 'fence', 'worker', 'entry', 'attempt')
    if job[1] ~= fence or job[2] ~= worker or not redis.call('ZSCORE', LEASES, id) then return nil end
    return job
end
-- An end that lies twice as far away as the lease or the delay is long was told by a clock that was ahead and
-- has been put right: it is now. Twice, so that a clock which is put back by a little ends no lease.
local function bring_near(set)
    while true do
        local last = redis.call('ZREVRANGE', set, '0', '0', 'WITHSCORES')
        local span = last[1] and redis.call('HGET', job_key(last[1]), 'span')
        if not span or tonumber(last[2]) <= now + 2 * tonumber(span) then return end
        redis.call('ZADD', set, whole(now), last[1])
    end
end
local function forget(id, entry)
    drop_entry(entry)
    redis.call('DEL', job_key(id))
    for _, set in ipairs({LEASES, WAITING, DELAYED}) do redis.call('ZREM', set, id) end
end
)lua";

// ids… → how many were new. Consumers of processes that are long gone are removed now and then.
inline constexpr std::string_view offer = R"lua(
local new = 0
for _, id in ipairs(ARGV) do
    if redis.call('EXISTS', job_key(id)) == 0 then
        redis.call('HSET', job_key(id), 'fence', '0', 'attempt', '0')
        redis.call('ZADD', WAITING, whole(now), id)
        push(id)
        new = new + 1
    end
end
if redis.call('SET', P .. 'tidied', '1', 'NX', 'EX', '600') then
    local consumers = redis.pcall('XINFO', 'CONSUMERS', READY, GROUP)
    if not consumers.err then
        for _, one in ipairs(consumers) do
            local name, pending, idle = one[2], one[4], one[6]
            if pending == 0 and idle > 3600000 then
                redis.call('XGROUP', 'DELCONSUMER', READY, GROUP, name)
            end
        end
    end
end
return new
)lua";

// worker, lease ms, most leases (0 = any), call → {id, fence, attempt, late} or nothing. The fence counts the
// microseconds of the server's clock, and always upwards: so it also rises when Redis has lost its data.
inline constexpr std::string_view lease = R"lua(
local worker, span, most, call = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local function grant(id, entry, late)
    local job = redis.call('HMGET', job_key(id), 'fence', 'attempt')
    local fence = whole(math.max(tonumber(job[1]) + 1, micros))
    local attempt = tonumber(job[2]) + 1
    redis.call('HSET', job_key(id), 'worker', worker, 'fence', fence, 'attempt', attempt, 'entry', entry,
        'span', whole(span), 'late', late)
    redis.call('ZADD', LEASES, whole(now + span), id)
    redis.call('ZREM', WAITING, id)
    redis.call('SET', P .. 'grant:' .. call, id, 'PX', '60000')
    return {id, fence, attempt, late}
end
local granted = redis.call('GET', P .. 'grant:' .. call)
if granted then
    local job = redis.call('HMGET', job_key(granted), 'fence', 'worker', 'attempt', 'late')
    if job[2] == worker then return {granted, job[1], tonumber(job[3]), tonumber(job[4] or 0)} end
end
bring_near(LEASES)
bring_near(DELAYED)
for _, id in ipairs(redis.call('ZRANGEBYSCORE', DELAYED, '-inf', whole(now), 'LIMIT', '0', '100')) do
    redis.call('ZREM', DELAYED, id)
    push(id)
end
if most > 0 and redis.call('ZCOUNT', LEASES, '(' .. whole(now), '+inf') >= most then return false end
if redis.call('EXISTS', READY) == 0 then return false end
local made = redis.pcall('XGROUP', 'CREATE', READY, GROUP, '0')
if made.err and not string.find(made.err, 'BUSYGROUP') then return made end
local late = redis.call('ZRANGEBYSCORE', LEASES, '-inf', whole(now), 'LIMIT', '0', '1')[1]
if late then
    local entry = redis.call('HGET', job_key(late), 'entry')
    if #redis.call('XCLAIM', READY, GROUP, worker, '0', entry, 'FORCE', 'JUSTID') == 0 then
        entry = redis.call('XADD', READY, '*', 'sync', late)
        redis.call('XCLAIM', READY, GROUP, worker, '0', entry, 'FORCE', 'JUSTID')
    end
    return grant(late, entry, 1)
end
while true do
    local read = redis.call('XREADGROUP', 'GROUP', GROUP, worker, 'COUNT', '1', 'STREAMS', READY, '>')
    if not read then return false end
    local entry, id = read[1][2][1][1], read[1][2][1][2][2]
    if redis.call('HGET', job_key(id), 'entry') == entry and not redis.call('ZSCORE', LEASES, id) then
        return grant(id, entry, 0)
    end
    drop_entry(entry)
end
)lua";

// id, fence, worker, floor → the fence, now above the floor
inline constexpr std::string_view raise = R"lua(
local id, fence, worker, floor = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if not held(id, fence, worker) then return false end
local raised = whole(math.max(tonumber(fence), floor + 1))
redis.call('HSET', job_key(id), 'fence', raised)
return raised
)lua";

// id, fence, worker, lease ms → 1
inline constexpr std::string_view extend = R"lua(
local id, fence, worker, span = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local job = held(id, fence, worker)
if not job then return false end
redis.call('ZADD', LEASES, whole(now + span), id)
redis.call('HSET', job_key(id), 'span', whole(span))
redis.pcall('XCLAIM', READY, GROUP, worker, '0', job[3], 'JUSTID')
return 1
)lua";

// id, fence, worker, repeated ('1' when this call was sent before) → 1
inline constexpr std::string_view complete = R"lua(
local id, fence, worker, repeated = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local job = held(id, fence, worker)
if not job then
    if repeated == '1' and redis.call('EXISTS', job_key(id)) == 0 then return 1 end
    return false
end
forget(id, job[3])
return 1
)lua";

// id, fence, worker, delay ms, attempts gained (-1 takes this one back), call → 1
inline constexpr std::string_view hand_back = R"lua(
local id, fence, worker, delay, gained, call = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]
local job = held(id, fence, worker)
if not job then
    if redis.call('HGET', job_key(id), 'settled') == call then return 1 end
    return false
end
drop_entry(job[3])
redis.call('ZREM', LEASES, id)
redis.call('HINCRBY', job_key(id), 'attempt', gained)
redis.call('HSET', job_key(id), 'worker', '', 'entry', '', 'settled', call, 'span', whole(delay))
redis.call('ZADD', WAITING, whole(now + delay), id)
if delay > 0 then redis.call('ZADD', DELAYED, whole(now + delay), id) else push(id) end
return 1
)lua";

// most leases → {1 when a job can be leased now, ms until one may be, last entry of the stream}
inline constexpr std::string_view look = R"lua(
local most = tonumber(ARGV[1])
bring_near(LEASES)
bring_near(DELAYED)
local function first_after(set)
    local first = redis.call('ZRANGE', set, '0', '0', 'WITHSCORES')
    return first[2] and math.max(tonumber(first[2]) - now, 0) or 3600000
end
local soon = math.min(first_after(DELAYED), first_after(LEASES))
local ready = redis.call('ZCARD', WAITING) > redis.call('ZCARD', DELAYED)
local full = most > 0 and redis.call('ZCOUNT', LEASES, '(' .. whole(now), '+inf') >= most
local last = '0-0'
local info = redis.pcall('XINFO', 'STREAM', READY)
if not info.err then
    for i = 1, #info, 2 do if info[i] == 'last-generated-id' then last = info[i + 1] end end
end
if full then return {0, math.max(first_after(LEASES), 1), last} end
return {(ready or soon == 0) and 1 or 0, soon, last}
)lua";

// → {waiting, leased, oldest waiting (or nothing), delayed, dead}
inline constexpr std::string_view figures = R"lua(
bring_near(LEASES)
bring_near(DELAYED)
local leased = redis.call('ZCOUNT', LEASES, '(' .. whole(now), '+inf')
local waiting = redis.call('ZCARD', WAITING) + redis.call('ZCARD', LEASES) - leased
local oldest = redis.call('ZRANGE', WAITING, '0', '0', 'WITHSCORES')[2]
local late = redis.call('ZRANGEBYSCORE', LEASES, '-inf', whole(now), 'WITHSCORES', 'LIMIT', '0', '1')[2]
if late and (not oldest or tonumber(late) < tonumber(oldest)) then oldest = late end
return {waiting, leased, oldest or '', redis.call('ZCOUNT', DELAYED, '(' .. whole(now), '+inf'),
        redis.call('ZCARD', DEAD)}
)lua";

// id, fence, worker, reason, most letters → 1. The oldest letters give way when there are too many.
inline constexpr std::string_view bury = R"lua(
local id, fence, worker, reason, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local job = held(id, fence, worker)
if not job then
    if redis.call('HGET', P .. 'letter:' .. id, 'fence') == fence then return 1 end
    return false
end
forget(id, job[3])
redis.call('ZADD', DEAD, whole(now), id)
redis.call('HSET', P .. 'letter:' .. id, 'attempts', job[4], 'reason', reason, 'fence', fence)
while redis.call('ZCARD', DEAD) > most do
    redis.call('DEL', P .. 'letter:' .. redis.call('ZPOPMIN', DEAD)[1])
end
return 1
)lua";

// first, last position (newest first) → {total, {id, attempts, reason, buried}…}
inline constexpr std::string_view list_letters = R"lua(
local found = redis.call('ZREVRANGE', DEAD, ARGV[1], ARGV[2], 'WITHSCORES')
local letters = {redis.call('ZCARD', DEAD)}
for i = 1, #found, 2 do
    local letter = redis.call('HMGET', P .. 'letter:' .. found[i], 'attempts', 'reason')
    letters[#letters + 1] = {found[i], letter[1], letter[2], found[i + 1]}
end
return letters
)lua";

// id → {id, attempts, reason, buried} or nothing
inline constexpr std::string_view letter = R"lua(
local buried = redis.call('ZSCORE', DEAD, ARGV[1])
if not buried then return false end
local letter = redis.call('HMGET', P .. 'letter:' .. ARGV[1], 'attempts', 'reason')
return {ARGV[1], letter[1], letter[2], buried}
)lua";

// id, or nothing for all of them → 1
inline constexpr std::string_view remove_letters = R"lua(
local ids = ARGV[1] and {ARGV[1]} or redis.call('ZRANGE', DEAD, '0', '-1')
for _, id in ipairs(ids) do
    redis.call('ZREM', DEAD, id)
    redis.call('DEL', P .. 'letter:' .. id)
end
return 1
)lua";

}  // namespace mim::queue::scripts
