import type { Alert, CountsOfInterval } from 'sallyport/alerts'

/** The part of an ioredis client that is used. */
export interface AlertRedis {
  eval(script: string, keyCount: number, ...args: (string | number)[]): Promise<unknown>
  disconnect(): void
}

export interface AlertShareOptions {
  readonly client: AlertRedis
  readonly prefix: string
  /** Called when the server is away, and when it is back. */
  readonly onAway?: (away: boolean) => void
  /** Milliseconds to wait for an answer. Default 500. */
  readonly timeoutMs?: number
  /** Milliseconds for which a server that failed is left alone. Default 5,000. */
  readonly pauseMs?: number
}

const COUNTS_MS = 900_000
const CLAIM_MS = 180_000
const ALERT_MS = 86_400_000
const MAX_LISTED = 400

/** Adds counts to those of the interval and gives back the sums. */
const COUNT = `
local totals = {}
for i = 1, #ARGV, 2 do totals[#totals + 1] = redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('PEXPIRE', KEYS[1], ${COUNTS_MS})
return totals`

/** Mine if nobody has it or I have: then it is mine for longer. */
const CLAIM = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`

const PUBLISH = `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ${ALERT_MS})
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, ${-MAX_LISTED - 1})
redis.call('PEXPIRE', KEYS[2], ${ALERT_MS})
return 1`

const LIST = `
local found = {}
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, ${MAX_LISTED - 1})) do
  local alert = redis.call('GET', ARGV[1] .. id)
  if alert then found[#found + 1] = alert end
end
return found`

/**
 * What several gateways know together, in Redis or Valkey: counts, who tells of an alert, and the alerts. Everything
 * answers undefined while the server is away; each gateway then goes on alone, so that an alert may be told by each.
 */
export class AlertShare {
  readonly #options: AlertShareOptions
  readonly #self = crypto.randomUUID()
  #pausedUntil = 0
  #isAway = false

  constructor(options: AlertShareOptions) {
    this.#options = options
  }

  async count({ interval, counts }: CountsOfInterval): Promise<CountsOfInterval | undefined> {
    const names = [...counts.keys()]
    if (names.length === 0) return undefined
    const args = names.flatMap((name) => [name, counts.get(name) ?? 0])
    const totals = await this.#run(COUNT, [`counts:${interval}`], args)
    if (!Array.isArray(totals)) return undefined
    return { interval, counts: new Map(names.map((name, index) => [name, Number(totals[index])])) }
  }

  /** True when it is for this gateway to tell of what the name stands for. */
  async claim(name: string, forMs = CLAIM_MS): Promise<boolean | undefined> {
    const answer = await this.#run(CLAIM, [`claim:${name}`], [this.#self, forMs])
    return answer === undefined ? undefined : answer === 1
  }

  async publish(alert: Alert): Promise<void> {
    const at = Date.parse(alert.lastSeenAt)
    await this.#run(PUBLISH, [`alert:${alert.id}`, 'alerts'], [JSON.stringify(alert), at, alert.id])
  }

  /** Alerts of all gateways within the last day, as JSON, the latest first. */
  async list(): Promise<readonly string[] | undefined> {
    const found = await this.#run(LIST, ['alerts'], [`${this.#options.prefix}alert:`])
    return Array.isArray(found) ? found.map(String) : undefined
  }

  close(): void {
    this.#options.client.disconnect()
  }

  async #run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const { client, prefix, timeoutMs = 500, pauseMs = 5_000 } = this.#options
    if (performance.now() < this.#pausedUntil) return undefined
    let timer: NodeJS.Timeout | undefined
    try {
      const call = client.eval(script, keys.length, ...keys.map((key) => prefix + key), ...args)
      // Whichever ends second must not be an unhandled rejection.
      call.catch(() => undefined)
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs)
      })
      const answer = await Promise.race([call, late])
      this.#tell(false)
      return answer
    } catch {
      this.#pausedUntil = performance.now() + pauseMs
      this.#tell(true)
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  #tell(isAway: boolean): void {
    if (isAway === this.#isAway) return
    this.#isAway = isAway
    this.#options.onAway?.(isAway)
  }
}
