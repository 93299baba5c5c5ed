import type { StagedFinding } from '../../agent/agent-gates.ts'
import { eventAbout } from '../../agent/audit-events.ts'
import { defaultShield } from '../../agent/default-shield.ts'
import type { ConversationVerdict } from '../../compose/check-parts.ts'
import type { Shield } from '../../compose/create-shield.ts'
import type { TextPart } from '../../conversation/text-part.ts'
import { type Outcome, strongerOutcome } from '../../guard/decision.ts'
import type { ConversationText } from '../../guard/guard.ts'
import type { ArgumentSource, ConversationPart, ToolCall, ToolDefinition } from '../../guard/tool-call.ts'
import type { Stage } from '../../guard/stage.ts'
import type { OutputStream, StreamStep } from '../../stream/output-stream.ts'
import type { AdapterOptions } from './adapter-options.ts'
import { GateRefusal, type RefusedPart } from './gate-refusal.ts'
import { noteJudged, takeJudged } from './judged-calls.ts'
import { type Place, type PlaceOf, type ReadTexts, readTexts } from './read-texts.ts'

export interface Judged<Value> {
  readonly value: Value
  readonly edited: boolean
}

export interface RequestFacts<Value = unknown> {
  /** Whether the part at this pointer belongs to an earlier turn, which was answered already. */
  readonly isOld?: (path: string) => boolean
  /**
   * The conversation by who wrote it, for policies of tools. It is read before the gates edit the request, because what
   * redaction leaves is equal to nothing; what the policy withholds is not in it.
   */
  readonly conversationOf?: (value: Value) => readonly ConversationPart[]
}

/** What stands where an old message was that the policy denies: it must not end the conversation. */
const WITHHELD = '[withheld]'

/** One exchange with a model: its request, its answer and its events under one id. */
export class GatedCall {
  readonly requestId: string = crypto.randomUUID()
  readonly #options: AdapterOptions
  readonly #shield: Shield
  readonly #model: string
  readonly #found: StagedFinding[] = []
  /** What the model has read, by who wrote it. Undefined: not known. Kept only for policies of tools. */
  #read: readonly ConversationPart[] | undefined
  /** What answers are compared with. */
  conversation: ConversationText | undefined
  /** The tools as the model was told of them, for policies of tools. */
  definitions: ReadonlyMap<string, ToolDefinition> = new Map()
  /**
   * `before-run`: a second gate stands where the tools run. `at-run`: this is the second one, which neither counts nor asks
   * about again what passed the first.
   */
  seam: 'before-run' | 'at-run' | undefined

  constructor(options: AdapterOptions, model: string) {
    this.#options = options
    this.#shield = options.shield ?? defaultShield()
    this.#model = model
  }

  /**
   * Judges a request. What was found is recorded before it returns.
   *
   * @throws GateRefusal when the policy denies it, or wants a person to look at it.
   */
  async request<Value>(
    value: Value,
    root: Place,
    placeOf: PlaceOf,
    facts: RequestFacts<Value> = {},
  ): Promise<Judged<Value>> {
    const read = this.#texts('request', value, root, placeOf)
    let { parts } = read
    let verdict = await this.#check(parts)
    const withheld = oldCulprits(verdict, facts.isOld)
    if (withheld) {
      parts = parts.map((part) => (withheld.has(part.path) ? { ...part, text: WITHHELD } : part))
      verdict = await this.#check(parts)
    }
    await this.#settle('request', verdict, parts)
    if (read.media.length > 0 && this.#options.allowMedia !== true) await this.refuseMedia('request')
    const texts = new Map([...(withheld ?? [])].map((path) => [path, WITHHELD]))
    if (facts.conversationOf) this.hasRead(facts.conversationOf(read.apply(texts)))
    for (const { path, text } of verdict.parts) texts.set(path, text)
    await this.#recordFindings()
    return { value: read.apply(texts), edited: texts.size > 0 }
  }

  /** Says what the model has read so far: the whole of it. */
  hasRead(parts: readonly ConversationPart[]): void {
    if (this.#shield.judgesCalls) this.#read = parts
  }

  /** Takes note of what the model reads next. What is not known to its beginning stays unknown. */
  readsOn(part: ConversationPart): void {
    if (this.#read) this.#read = [...this.#read, part]
  }

  /**
   * Judges a piece of an answer: a whole one, a tool call, a tool's result.
   *
   * @throws GateRefusal when the policy denies it.
   */
  async answer<Value>(
    value: Value,
    root: Place,
    placeOf: PlaceOf,
    part: RefusedPart = 'answer',
  ): Promise<Judged<Value>> {
    const read = this.#texts(part, value, root, placeOf)
    const verdict = await this.#check(read.parts)
    await this.#settle(part, verdict, read.parts)
    if (read.media.length > 0 && this.#options.allowMedia !== true) await this.refuseMedia(part)
    const texts = new Map(verdict.parts.map(({ path, text }) => [path, text]))
    return { value: read.apply(texts), edited: texts.size > 0 }
  }

  /**
   * Judges tool calls. When the policy wants a person to look, `approve` is asked for each, with the arguments as they
   * would run.
   *
   * @throws GateRefusal
   */
  async toolCalls<Value>(
    value: Value,
    root: Place,
    placeOf: PlaceOf,
    callsOf: (value: Value) => readonly { readonly tool: string; readonly input: unknown; readonly callId: string }[],
  ): Promise<Judged<Value>> {
    const read = this.#texts('tool-call', value, root, placeOf)
    const verdict = await this.#check(read.parts)
    const texts = new Map(verdict.parts.map(({ path, text }) => [path, text]))
    const clean = read.apply(texts)
    const { decision } = verdict
    const findings = staged(verdict, read.parts)
    const calls = callsOf(clean)
    // A person is asked about calls; what wants a look in the text around them is refused.
    const aboutCalls = findings.every(({ action, stage }) => action !== 'review' || stage === 'tool-call')
    const asks = decision.kind === 'require-approval' && aboutCalls && calls.length > 0
    if (asks && this.#options.approve) this.#found.push(...findings)
    else await this.#settle('tool-call', verdict, read.parts)
    for (const call of calls) await this.#judgeCall(call, asks ? decision.reason : undefined)
    if (read.media.length > 0 && this.#options.allowMedia !== true) await this.refuseMedia('tool-call')
    return { value: clean, edited: texts.size > 0 }
  }

  /** Judges one call by the policies of its tool and asks a person where the texts or the policies want it. */
  async #judgeCall(
    { tool, input, callId }: { readonly tool: string; readonly input: unknown; readonly callId: string },
    textReason: string | undefined,
  ): Promise<void> {
    const { user, approve } = this.#options
    const definition = this.definitions.get(tool)
    const call: ToolCall = {
      tool,
      arguments: input,
      ...(definition && { definition }),
      ...(user !== undefined && { principal: { user } }),
      ...(this.#read && { conversation: this.#read }),
    }
    if (this.seam === 'at-run' && (await takeJudged(this.#shield, call, callId))) return
    let reason = textReason
    let sources: readonly ArgumentSource[] = []
    if (this.#shield.judgesCalls) {
      const judged = await this.#shield.judgeCall(call, this.#passage())
      this.#found.push(...judged.findings.map((finding) => ({ ...finding, stage: 'tool-call' as const })))
      if (judged.decision.kind === 'deny') await this.refuse('tool-call', judged.explanation)
      if (judged.decision.kind === 'require-approval') reason = judged.explanation
      sources = judged.sources
    }
    if (reason !== undefined) {
      const approved = await approve?.({ tool, input, callId, reason, call, findings: this.#found, sources })
      if (approved !== true) await this.refuse('tool-call', reason, this.#found, 'needs-approval')
    }
    if (this.seam === 'before-run') await noteJudged(this.#shield, call, callId)
  }

  /** What the gates would find in a value; nothing is decided or recorded. */
  async findings(value: unknown, place: Place): Promise<readonly StagedFinding[]> {
    const { parts } = this.#texts('definition', value, place, () => place)
    return staged(await this.#check(parts), parts)
  }

  /** True when no gate would touch any text of the value. */
  async isClean(value: unknown, place: Place = { stage: 'output', origin: 'model', as: 'free' }): Promise<boolean> {
    const { parts } = readTexts(value, place, () => place)
    const { outcome } = await this.#check(parts)
    return outcome === 'allow' || outcome === 'monitor'
  }

  /** Opens a growing text of the answer. */
  openText(): OutputStream {
    return this.#shield.openStream({ stage: 'output', origin: 'model' }, this.#passage())
  }

  /** Takes note of what a growing text held. True when something was changed. */
  noteStep({ findings }: StreamStep): boolean {
    this.#found.push(...findings.map((finding) => ({ ...finding, stage: 'output' as const })))
    return findings.some(({ action }) => action !== 'monitor')
  }

  /** Ends the answer: records what was found in it. */
  async end(): Promise<void> {
    await this.#recordFindings()
  }

  async refuseMedia(part: RefusedPart): Promise<never> {
    return this.refuse(part, 'Media cannot be checked and is not allowed (option allowMedia).')
  }

  /**
   * Records a refusal and throws it.
   *
   * @throws GateRefusal always.
   */
  async refuse(
    part: RefusedPart,
    reason: string,
    findings: readonly StagedFinding[] = this.#found,
    code = `${part}-denied`,
  ): Promise<never> {
    const own = [...findings]
    this.#found.length = 0
    const isAttempt = own.some(
      ({ guard, stage, action }) => guard === 'prompt-injection' && stage === 'input' && action === 'block',
    )
    const outcome = code === 'needs-approval' ? 'review' : 'block'
    await this.#record(isAttempt ? 'injection_attempt' : 'policy_violation', outcome, code, reason, own)
    throw new GateRefusal(part, reason, this.requestId, own)
  }

  #texts<Value>(part: RefusedPart, value: Value, root: Place, placeOf: PlaceOf): ReadTexts<Value> {
    try {
      return readTexts(value, root, placeOf)
    } catch (error) {
      throw new GateRefusal(part, error instanceof RangeError ? error.message : 'It cannot be read.', this.requestId)
    }
  }

  #check(parts: readonly TextPart[]): Promise<ConversationVerdict> {
    return this.#shield.checkParts(parts, this.#passage())
  }

  #passage(): object {
    return { ...this.#options.passage, ...(this.conversation && { conversation: this.conversation }) }
  }

  async #settle(part: RefusedPart, verdict: ConversationVerdict, parts: readonly TextPart[]): Promise<void> {
    this.#found.push(...staged(verdict, parts))
    const { decision } = verdict
    if (decision.kind === 'deny') await this.refuse(part, decision.reason)
    if (decision.kind === 'require-approval') await this.refuse(part, decision.reason, this.#found, 'needs-approval')
  }

  async #recordFindings(): Promise<void> {
    const found = this.#found.splice(0)
    if (found.length === 0) return
    const outcome = found.reduce<Outcome>((strongest, { action }) => strongerOutcome(strongest, action), 'allow')
    await this.#record('policy_violation', outcome, 'found', undefined, found)
  }

  async #record(
    type: 'injection_attempt' | 'policy_violation',
    outcome: Outcome,
    code: string,
    detail: string | undefined,
    findings: readonly StagedFinding[],
  ): Promise<void> {
    const { audit, user, now = Date.now } = this.#options
    await audit?.append({
      ...eventAbout(type, outcome, code, detail, findings),
      requestId: this.requestId,
      time: new Date(now()).toISOString(),
      model: this.#model,
      ...(user !== undefined && { actor: { user } }),
    })
  }
}

/** The old parts a denial is about, when it is about nothing new. */
function oldCulprits(
  verdict: ConversationVerdict,
  isOld: ((path: string) => boolean) | undefined,
): ReadonlySet<string> | undefined {
  if (isOld === undefined || (verdict.decision.kind !== 'deny' && verdict.decision.kind !== 'require-approval')) return
  const culprits = verdict.findings.filter(({ action }) => action === 'block' || action === 'review')
  if (culprits.length === 0 || !culprits.every(({ path }) => isOld(path))) return
  return new Set(culprits.map(({ path }) => path))
}

function staged(verdict: ConversationVerdict, parts: readonly TextPart[]): StagedFinding[] {
  const stages = new Map<string, Stage>(parts.map(({ path, stage }) => [path, stage]))
  return verdict.findings.map((finding) => ({ ...finding, stage: stages.get(finding.path) ?? 'output' }))
}
