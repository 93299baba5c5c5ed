/**
 * Judges one request against all its limits and counts it against all or none, in one step on the server. Three kinds of
 * limit: `log` (a list of the newest admissions), `parts` (a hash of counters by part of the window) and `open` (a sorted
 * set of requests under way by the time at which they are given up). The rules are those of the memory store.
 *
 * KEYS: one a limit. ARGV: time in ms or '' for the server's, id of the request, then for each limit: kind, limit, cost,
 * window or lease in ms, parts. Answers: index of the limit that refuses or 0, ms to wait (-1: never), the time, the time
 * rounded up, then for each limit the units used and the ms until the first come back.
 */
export const TAKE_SCRIPT = `
local now, stamp
if ARGV[1] == '' then
  local time = redis.call('TIME')
  local micros = tonumber(time[2])
  now = tonumber(time[1]) * 1000 + math.floor(micros / 1000)
  stamp = now + (micros % 1000 > 0 and 1 or 0)
else
  now = math.floor(tonumber(ARGV[1]))
  stamp = math.ceil(tonumber(ARGV[1]))
end
local text = function(number) return string.format('%.0f', number) end
local refuses, longest, states = 0, 0, {}
local running = {}
for i, key in ipairs(KEYS) do
  local at = 3 + (i - 1) * 5
  local kind, limit, cost = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local span, parts = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local used, reset, wait = 0, 0, 0
  if kind == 'log' then
    local oldest = redis.call('LINDEX', key, -1)
    while oldest and now - tonumber(oldest) >= span do
      redis.call('RPOP', key)
      oldest = redis.call('LINDEX', key, -1)
    end
    used = redis.call('LLEN', key)
    if oldest then reset = span - (now - tonumber(oldest)) end
    if used >= limit then wait = reset end
  elseif kind == 'parts' then
    local part = math.ceil(span / parts)
    local slots = parts + 1
    local seen = redis.call('HMGET', key, 'part', 'total')
    local last, total = tonumber(seen[1] or 0), tonumber(seen[2] or 0)
    local current = math.max(math.floor(now / part), last)
    if total > 0 and current > last then
      for number = last + 1, math.min(current, last + slots) do
        local slot = text(number % slots)
        local counted = redis.call('HGET', key, slot)
        if counted then
          total = total - tonumber(counted)
          redis.call('HDEL', key, slot)
        end
      end
    end
    if seen[1] then redis.call('HSET', key, 'part', text(current), 'total', text(total)) end
    running[i] = current
    used = total
    local left, full = total, total + math.max(cost, 1) > limit
    if full and math.max(cost, 1) > limit then wait = -1 end
    if total > 0 then
      for number = current - slots + 1, current do
        local counted = tonumber(redis.call('HGET', key, text(number % slots)) or 0)
        if counted > 0 then
          left = left - counted
          local free = (number + slots) * part - now
          if reset == 0 then reset = free end
          if full and wait == 0 and left + math.max(cost, 1) <= limit then wait = free end
        end
        if reset > 0 and not (full and wait == 0) then break end
      end
    end
  else
    redis.call('ZREMRANGEBYSCORE', key, '-inf', text(now))
    used = redis.call('ZCARD', key)
    if used >= limit then wait = 1000 end
  end
  states[#states + 1] = text(used)
  states[#states + 1] = text(reset)
  if wait ~= 0 and longest ~= -1 and (wait == -1 or wait > longest) then
    refuses, longest = i, wait
  end
end
if refuses == 0 then
  for i, key in ipairs(KEYS) do
    local at = 3 + (i - 1) * 5
    local kind, limit, cost = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
    local span, parts = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
    if kind == 'log' then
      redis.call('LPUSH', key, text(stamp))
      redis.call('LTRIM', key, 0, limit - 1)
      redis.call('PEXPIRE', key, text(span + 1000))
      cost = 1
      if states[i * 2] == '0' then states[i * 2] = text(span + stamp - now) end
    elseif kind == 'parts' then
      local part, slots = math.ceil(span / parts), parts + 1
      if states[i * 2] == '0' and cost > 0 then states[i * 2] = text((running[i] + slots) * part - now) end
      redis.call('HINCRBY', key, text(running[i] % slots), text(cost))
      redis.call('HINCRBY', key, 'total', text(cost))
      redis.call('HSET', key, 'part', text(running[i]))
      redis.call('PEXPIRE', key, text(part * slots + 1000))
    else
      redis.call('ZADD', key, text(now + span), ARGV[2])
      redis.call('PEXPIRE', key, text(span + 1000))
      cost = 1
    end
    states[i * 2 - 1] = text(tonumber(states[i * 2 - 1]) + cost)
  end
end
local answer = { text(refuses), text(longest), text(now), text(stamp) }
for _, value in ipairs(states) do answer[#answer + 1] = value end
return answer
`

/**
 * Corrects what a request counted for. KEYS as above. ARGV: time in ms or '', id of the request, the two times of its
 * answer, then for each limit: kind, units to add (negative: to give back), window in ms, parts.
 */
export const SETTLE_SCRIPT = `
local now
if ARGV[1] == '' then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
else
  now = math.floor(tonumber(ARGV[1]))
end
local text = function(number) return string.format('%.0f', number) end
for i, key in ipairs(KEYS) do
  local at = 5 + (i - 1) * 4
  local kind, change = ARGV[at], tonumber(ARGV[at + 1])
  local span, parts = tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
  if kind == 'open' then
    redis.call('ZREM', key, ARGV[2])
  elseif kind == 'log' then
    if change < 0 then redis.call('LREM', key, 1, ARGV[4]) end
  elseif change ~= 0 then
    local part, slots = math.ceil(span / parts), parts + 1
    local seen = redis.call('HMGET', key, 'part', 'total')
    local last, total = tonumber(seen[1] or 0), tonumber(seen[2] or 0)
    if change < 0 then
      local number = math.floor(tonumber(ARGV[3]) / part)
      if seen[1] and last - number < slots then
        local slot = text(number % slots)
        local counted = tonumber(redis.call('HGET', key, slot) or 0)
        local back = math.min(counted, -change)
        redis.call('HSET', key, slot, text(counted - back), 'total', text(total - back))
      end
    else
      local current = math.max(math.floor(now / part), last)
      if total > 0 then
        for number = last + 1, math.min(current, last + slots) do
          local slot = text(number % slots)
          total = total - tonumber(redis.call('HGET', key, slot) or 0)
          redis.call('HDEL', key, slot)
        end
      end
      redis.call('HINCRBY', key, text(current % slots), text(change))
      redis.call('HSET', key, 'part', text(current), 'total', text(total + change))
      redis.call('PEXPIRE', key, text(part * slots + 1000))
    end
  end
end
return 1
`

/** Forgets what was counted. KEYS: what to forget. */
export const RESET_SCRIPT = `
for _, key in ipairs(KEYS) do redis.call('DEL', key) end
return 1
`
