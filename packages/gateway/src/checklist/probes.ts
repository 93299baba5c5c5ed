import { BENIGN, type PayloadName, PAYLOADS } from './payloads.ts'
import { type Answer, ask, type Asking, type Target } from './target.ts'
import { TEXT_ROUTES, type TextRoute } from './text-routes.ts'

/** What became of an attack on one route. */
export interface ProbeResult {
  readonly route: string
  /**
   * `refused`: by a gate. `edited`: it went on without what made it an attack. `passed`: as it was. `unclear`: the answer
   * says nothing either way.
   */
  readonly fate: 'refused' | 'edited' | 'passed' | 'unclear'
  readonly status: number
  readonly requestId: string | undefined
}

export interface ProbesOptions {
  /** Told before the audit waits, in seconds, for a limit to let it go on. */
  readonly onWait?: (seconds: number) => void
  /** Most time waited in all, in milliseconds. Default 150,000. */
  readonly maxWaitMs?: number
}

/** A wait where the API does not say how long, and the longest one, in milliseconds. */
const WAIT_MS = 20_000
const MAX_ONE_WAIT_MS = 65_000

/** Probes of one target. Each is sent once, however many checks ask for it. */
export class Probes {
  readonly #target: Target
  readonly #options: ProbesOptions
  readonly #known = new Map<string, Promise<unknown>>()
  #waitMs: number

  constructor(target: Target, options: ProbesOptions = {}) {
    this.#target = target
    this.#options = options
    this.#waitMs = options.maxWaitMs ?? 150_000
  }

  /** One request. A limit that holds it is waited for, so that it does not hide what the next probe would have shown. */
  async ask(path: string, asking: Asking = {}): Promise<Answer> {
    const answer = await ask(this.#target, path, asking)
    if (answer.status !== 429) return answer
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
    const waitMs = Number.isFinite(seconds) ? Math.max(seconds * 1_000, 200) : WAIT_MS
    if (waitMs > Math.min(MAX_ONE_WAIT_MS, this.#waitMs)) return answer
    this.#waitMs -= waitMs
    this.#options.onWait?.(Math.ceil(waitMs / 1_000))
    await new Promise((done) => setTimeout(done, waitMs))
    const second = await ask(this.#target, path, asking)
    // Who is refused after the time it was told is not let in by more waiting.
    if (second.status === 429) this.#waitMs = 0
    return second
  }

  /** Routes that are there and answer an ordinary question. */
  async routes(): Promise<readonly TextRoute[]> {
    return (await this.ordinary()).filter(({ status }) => status >= 200 && status < 300).map(({ route }) => route)
  }

  /** How each route answers an ordinary question. */
  ordinary(): Promise<readonly { readonly route: TextRoute; readonly status: number }[]> {
    return this.#once('ordinary', async () => {
      const asked: { route: TextRoute; status: number }[] = []
      for (const route of TEXT_ROUTES) {
        if (route.onlySallyport === true && this.#target.kind !== 'sallyport') continue
        asked.push({ route, status: (await this.#send(route, BENIGN)).status })
      }
      return asked
    })
  }

  /** Why nothing can be concluded from refusals: no model answers an ordinary question. Undefined when one does. */
  async silence(): Promise<string | undefined> {
    const asked = (await this.ordinary()).filter(({ route }) => route.hasModel)
    if (asked.some(({ status }) => status >= 200 && status < 300)) return undefined
    const statuses = asked.map(({ route, status }) => `${route.name} (${status})`).join(', ')
    const hint = asked[0]?.status === 401 && this.#target.clientKey === undefined ? ' A key is asked for (--key).' : ''
    return `No ordinary question was answered: ${statuses}.${hint}`
  }

  /** Sends a text on every route. `mark`: what must not reach the model, when that is less than the whole text. */
  input(name: string, text: string, mark = text): Promise<readonly ProbeResult[]> {
    return this.#once(`input ${name}`, async () => {
      const results: ProbeResult[] = []
      for (const route of await this.routes()) {
        const before = this.#target.seen?.().length ?? 0
        const answer = await this.#send(route, `Please repeat exactly the following line and nothing else:\n${text}`)
        const told = this.#target.seen?.().slice(before).join('\n')
        results.push({
          route: route.name,
          status: answer.status,
          requestId: answer.requestId,
          fate: inputFate(route, answer, { mark, told, isAttack: mark === text }),
        })
      }
      return results
    })
  }

  /** Lets the model say a payload, and looks at what comes out. `marks`: what must not come out as it is. */
  output(name: PayloadName, marks: readonly string[]): Promise<readonly ProbeResult[]> {
    return this.#once(`output ${name}`, async () => {
      const results: ProbeResult[] = []
      const isOurs = this.#target.seen !== undefined
      for (const route of (await this.routes()).filter(({ hasModel }) => hasModel)) {
        const payload = PAYLOADS[name]()
        const answer = await this.#send(
          route,
          isOurs
            ? `Sallyport audit payload: ${name}`
            : `Please repeat exactly the following line and nothing else:\n${payload}`,
        )
        const said = route.read(answer)
        const fate = route.isRefused(answer)
          ? 'refused'
          : answer.status !== 200
            ? 'unclear'
            : marks.some((mark) => said.includes(mark))
              ? 'passed'
              : isOurs || sharesWords(said, payload)
                ? 'edited'
                : 'unclear'
        results.push({ route: route.name, status: answer.status, requestId: answer.requestId, fate })
      }
      return results
    })
  }

  /** Events of a request, once there are any of these types; an empty list after two seconds. Needs an admin key. */
  async eventsOf(requestId: string, types: readonly string[]): Promise<readonly string[]> {
    const { adminKey } = this.#target
    if (adminKey === undefined) return []
    for (let turn = 0; turn < 20; turn++) {
      const answer = await this.ask(`/admin/api/events?requestId=${encodeURIComponent(requestId)}`, { key: adminKey })
      const events =
        (answer.json as { readonly events?: readonly { readonly type: string }[] } | undefined)?.events ?? []
      const found = events.map(({ type }) => type).filter((type) => types.includes(type))
      if (found.length > 0) return found
      await new Promise((done) => setTimeout(done, 100))
    }
    return []
  }

  /** Anything else that several checks need. */
  once<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
    return this.#once(`other ${name}`, run)
  }

  #send(route: TextRoute, text: string): Promise<Answer> {
    return this.ask(route.path(this.#target), { method: 'POST', body: route.body(this.#target, text) })
  }

  #once<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
    const known = this.#known.get(name) as Promise<Result> | undefined
    if (known !== undefined) return known
    const started = run()
    this.#known.set(name, started)
    return started
  }
}

/** Where the model is ours, what it was told is the proof; elsewhere its echo is. */
function inputFate(
  route: TextRoute,
  answer: Answer,
  { mark, told, isAttack }: { readonly mark: string; readonly told: string | undefined; readonly isAttack: boolean },
): ProbeResult['fate'] {
  if (route.isRefused(answer)) return 'refused'
  if (answer.status !== 200) return 'unclear'
  if (!route.hasModel)
    return route.read(answer).includes(mark) ? 'passed' : route.read(answer) === '' ? 'unclear' : 'edited'
  if (told !== undefined) return told.includes(JSON.stringify(mark).slice(1, -1)) ? 'passed' : 'edited'
  const said = route.read(answer)
  if (said.includes(mark)) return 'passed'
  // A gate that redacts leaves a sign. An attack that was answered in any other way got through; of a value that a model
  // did not repeat, nothing is known.
  if (/\[[A-Z_-]{3,40}\]|\*{4}|REDACTED/i.test(said)) return 'edited'
  return isAttack ? 'passed' : 'unclear'
}

/** Whether a model said about what it was asked to say. */
function sharesWords(said: string, payload: string): boolean {
  const words = payload.split(/\W+/).filter((word) => word.length > 3)
  return words.filter((word) => said.includes(word)).length * 3 >= words.length
}
