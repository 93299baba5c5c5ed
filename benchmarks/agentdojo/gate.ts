/**
 * The gates behind AgentDojo's tools: reads one JSON object a line on stdin, answers one a line on stdout. Started by
 * `run.py`; holds the conversation, so that the driver sends each part once.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import {
  createShield,
  type ConversationPart,
  type PolicyInput,
  type Shield,
} from '../../packages/sallyport/src/index.ts'
import { allGuards, policySchema } from '../../packages/sallyport/src/index.ts'
import { parseConfigOrThrow } from '../../packages/sallyport/src/config/index.ts'

/** What is on in each row of the table. */
const MODES = [
  'none',
  'tool-policy',
  'data-flow',
  'both',
  'corrected',
  'recommended',
  'recommended-without-pii',
] as const
type Mode = (typeof MODES)[number]

const request = z.discriminatedUnion('op', [
  z.object({ op: z.literal('open'), suite: z.string().regex(/^[a-z]+$/), mode: z.enum(MODES) }),
  z.object({ op: z.literal('prompt'), text: z.string() }),
  z.object({ op: z.literal('result'), tool: z.string(), text: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('call'), tool: z.string(), arguments: z.unknown(), schema: z.unknown() }),
])

const shields = new Map<string, Shield>()
let shield: Shield | undefined
let conversation: ConversationPart[] = []

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(request.parse(JSON.parse(line))))}\n`)
}

async function answer(message: z.infer<typeof request>): Promise<unknown> {
  switch (message.op) {
    case 'open':
      shield = shieldOf(message.suite, message.mode)
      conversation = []
      return {}
    case 'prompt': {
      const verdict = await current().check({ text: message.text, stage: 'input' })
      conversation.push({ origin: 'user', text: verdict.text })
      return { outcome: verdict.outcome }
    }
    case 'result': {
      const verdict = await current().check({ text: message.text, stage: 'tool-result' })
      const isShown = verdict.outcome !== 'block' && verdict.outcome !== 'review'
      const text = isShown ? verdict.text : ''
      // Edited text is no longer the structured value.
      const part = text === message.text ? { value: message.value } : { text }
      conversation.push({ origin: 'tool', tool: message.tool, ...part })
      return { text }
    }
    case 'call': {
      const verdict = await current().checkToolCall({
        tool: message.tool,
        arguments: message.arguments,
        definition: { schema: message.schema },
        conversation,
      })
      const { outcome, explanation } = verdict
      return { outcome, explanation, arguments: verdict.arguments, codes: verdict.findings.map(({ code }) => code) }
    }
    default:
      return message satisfies never
  }
}

function current(): Shield {
  if (shield === undefined) throw new Error('Say open first.')
  return shield
}

function shieldOf(suite: string, mode: Mode): Shield {
  const key = `${suite} ${mode}`
  let known = shields.get(key)
  if (known === undefined) shields.set(key, (known = createShield(policyOf(suite, mode))))
  return known
}

function policyOf(suite: string, mode: Mode): PolicyInput {
  const corrected = new URL(`./corrected/${suite}.yaml`, import.meta.url)
  const isCorrected = mode === 'corrected' && existsSync(corrected)
  const file = isCorrected ? corrected : new URL(`./policies/${suite}.yaml`, import.meta.url)
  const policy: PolicyInput = parseConfigOrThrow(readFileSync(file, 'utf8'), policySchema, `${suite}.yaml`)
  if (mode === 'recommended') return policy
  const off = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, { enabled: false }]))
  if (mode === 'recommended-without-pii') return { ...policy, guards: { ...policy.guards, ...off(['pii']) } }
  const texts = off(allGuards.map(({ meta }) => meta.id))
  const policies = ['tool-policy', 'data-flow'].filter((id) => mode !== 'both' && mode !== 'corrected' && mode !== id)
  return { ...policy, guards: { ...policy.guards, ...texts, ...off(policies) } }
}
