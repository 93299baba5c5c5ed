import type { CallVerdict } from '../compose/call-gate.ts'
import type { Shield } from '../compose/create-shield.ts'
import type { Decision } from '../guard/decision.ts'
import type { Finding } from '../guard/finding.ts'
import { defaultOrigin, type Stage } from '../guard/stage.ts'
import type { ToolCall } from '../guard/tool-call.ts'
import type { Verdict } from '../guard/verdict.ts'
import type { StreamStep } from '../stream/output-stream.ts'
import type { ContextProvider } from './system-prompt.ts'
import { hasMedia, textLeaves, withTexts } from './text-leaves.ts'

/** Evidence of a run: what was found at which stage. */
export type StagedFinding = Finding & { readonly stage: Stage }

export type GateAnswer<Value> =
  | { readonly ok: true; readonly value: Value; readonly findings: readonly StagedFinding[] }
  | {
      readonly ok: false
      /** `review`: a person may still allow it. */
      readonly kind: 'deny' | 'review'
      readonly reason: string
      readonly value: Value
      readonly findings: readonly StagedFinding[]
    }

/** The gates an agent passes its texts through. */
export interface AgentGates {
  /** Judges every text of a value. `earlier` are texts before it, for what is split over several messages. */
  check<Value>(stage: Stage, value: Value, earlier?: readonly unknown[]): Promise<GateAnswer<Value>>
  /** Reads a context provider for the prompt; what is denied is left out, so that one bad document ends no run. */
  readContext(provider: ContextProvider): Promise<ReadContext>
  openStream(stage: Stage): GateStream
  /** Judges a tool call by the policies of its tool, after its texts. Absent when the policy has no `tools:`. */
  judgeCall?(call: ToolCall): Promise<CallVerdict>
}

export interface GateStream {
  push(text: string): StreamStep
  end(): StreamStep
}

export interface ReadContext {
  readonly title: string
  readonly info: string
  readonly findings: readonly StagedFinding[]
}

/** Gates that let everything pass: the plain agent. */
export const openGates: AgentGates = {
  check: async (_stage, value) => ({ ok: true, value, findings: [] }),
  readContext: async (provider) => ({ title: provider.title, info: provider.getInfo(), findings: [] }),
  openStream: () => ({ push: (text) => ({ text, findings: [] }), end: () => ({ text: '', findings: [] }) }),
}

export interface ShieldGateOptions {
  /** Lets images, sound and files pass, which no gate can read. Default false. */
  readonly allowMedia?: boolean
}

/** The gates of a shield. */
export function shieldGates(shield: Shield, { allowMedia = false }: ShieldGateOptions = {}): AgentGates {
  return {
    check: async (stage, value, earlier = []) => {
      const origin = defaultOrigin(stage)
      const verdict = await shield.checkParts(textLeaves(value, stage, origin))
      const findings = verdict.findings.map((finding) => ({ ...finding, stage }))
      const texts = new Map(verdict.parts.map(({ path, text }) => [path, text]))
      // The type stays: only texts were exchanged, and a schema judges them again where that matters.
      const clean = withTexts(value, texts) as typeof value
      const denied = reasonOf(verdict.decision)
      if (denied) return { ok: false, ...denied, value: clean, findings }
      if (!allowMedia && hasMedia(value)) {
        return {
          ok: false,
          kind: 'deny',
          reason: 'Media cannot be checked and is not allowed.',
          value: clean,
          findings,
        }
      }
      const together = await readTogether(shield, stage, earlier, clean)
      if (together === undefined) {
        return { ok: false, kind: 'deny', reason: 'Denied together with earlier messages.', value: clean, findings }
      }
      return { ok: true, value: together.value, findings: [...findings, ...together.findings] }
    },
    readContext: async (provider) => {
      const stage = 'retrieval'
      const [title, info] = await Promise.all(
        [provider.title, provider.getInfo()].map((text) => shield.check({ text, stage })),
      )
      return {
        title: passed(title).replace(/\s+/g, ' '),
        info: quoteHeadings(passed(info)),
        findings: [title, info].flatMap((verdict) => verdict?.findings.map((finding) => ({ ...finding, stage })) ?? []),
      }
    },
    openStream: (stage) => shield.openStream({ stage }),
    ...(shield.judgesCalls && { judgeCall: (call: ToolCall) => shield.judgeCall(call) }),
  }
}

/** The text with its edits, or nothing when it was denied. */
function passed(verdict: Verdict | undefined): string {
  return verdict === undefined || reasonOf(verdict.decision) ? '' : verdict.text
}

/** A document must not open a section of the prompt. */
function quoteHeadings(text: string): string {
  return text.replace(/^[ \t]*#/gm, (start) => `${start.slice(0, -1)}\\#`)
}

function reasonOf(decision: Decision): { readonly kind: 'deny' | 'review'; readonly reason: string } | undefined {
  if (decision.kind === 'deny') return { kind: 'deny', reason: decision.reason }
  return decision.kind === 'require-approval' ? { kind: 'review', reason: decision.reason } : undefined
}

/**
 * Judges a value as the continuation of earlier ones: an attack or a card number in instalments shows only then. Undefined
 * when that is denied and the earlier texts alone are not: an old bad message must not end the conversation.
 */
async function readTogether<Value>(
  shield: Shield,
  stage: Stage,
  earlier: readonly unknown[],
  value: Value,
): Promise<{ readonly value: Value; readonly findings: readonly StagedFinding[] } | undefined> {
  if (earlier.length === 0) return { value, findings: [] }
  const origin = defaultOrigin(stage)
  // Without property names: what is split over messages is split over their texts.
  const texts = (list: readonly unknown[]): ReturnType<typeof textLeaves> =>
    textLeaves(list, stage, origin).filter((part) => part.kind !== 'key')
  const together = await shield.checkParts(texts([...earlier, value]))
  if (reasonOf(together.decision)) {
    const before = await shield.checkParts(texts(earlier))
    if (!reasonOf(before.decision)) return undefined
  }
  const own = `/${earlier.length}`
  const edited = together.parts.filter(({ path }) => path === own || path.startsWith(`${own}/`))
  if (edited.length === 0) return { value, findings: [] }
  return {
    value: withTexts(value, new Map(edited.map(({ path, text }) => [path.slice(own.length), text]))) as Value,
    findings: together.findings
      .filter(({ path }) => path === own || path.startsWith(`${own}/`))
      .map((finding) => ({ ...finding, stage })),
  }
}
