/**
 * What judging one tool call costs, by the length of the conversation: `npx tsx --conditions=sallyport-source benchmarks/data-flow.ts`.
 * `fresh`: every part is read anew, as a gateway has it; `kept`: the part objects are those of the last call, as an agent
 * has it. The lengths take turns, so that a busy machine hits all of them; processor time is what waiting for a processor
 * does not change, and the last column should not grow.
 */
import { cpus } from 'node:os'
import { type ConversationPart, createShield } from '../packages/sallyport/src/index.ts'

const shield = createShield({
  tools: {
    search: { effect: 'none', records: { name: 'title', fields: ['id'] } },
    send: { arguments: { to: { sink: true, from: 'user' }, text: { from: 'anywhere' } } },
  },
})
const call = { tool: 'send', arguments: { to: ['ann@example.com', 'bob@example.com'], text: 'The report is done.' } }
const WORDS = 'the quarterly report is due on friday and everybody from sales should read it before'.split(' ')

/** Messages of about 500 characters; every fourth is a tool's result with five records. */
function conversation(length: number): ConversationPart[] {
  const text = (at: number): string =>
    Array.from({ length: 85 }, (_, n) => WORDS[(at * 7 + n) % WORDS.length]).join(' ')
  return Array.from({ length }, (_, at): ConversationPart => {
    if (at % 4 === 3) {
      const value = Array.from({ length: 5 }, (__, n) => ({
        id: `${at}-${n}`,
        title: `Report ${at} ${n}`,
        body: text(n).slice(0, 80),
      }))
      return { origin: 'tool', tool: 'search', value }
    }
    return { origin: at % 4 === 1 ? 'model' : 'user', text: text(at) }
  })
}

interface Taken {
  readonly wallMs: number
  readonly processorMs: number
}

async function timed(run: () => Promise<unknown>): Promise<Taken> {
  const before = process.cpuUsage()
  const start = performance.now()
  await run()
  const wallMs = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { wallMs, processorMs: (user + system) / 1_000 }
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

const LENGTHS = [10, 100, 300, 1_000, 3_000]
const ROUNDS = 60
const kept = new Map(LENGTHS.map((length) => [length, conversation(length)]))
const fresh: Record<number, Taken[]> = Object.fromEntries(LENGTHS.map((length) => [length, []]))
const again: Record<number, Taken[]> = Object.fromEntries(LENGTHS.map((length) => [length, []]))
for (let round = -10; round < ROUNDS; round++) {
  for (const [length, parts] of kept) {
    const copy = structuredClone(parts)
    const first = await timed(() => shield.judgeCall({ ...call, conversation: copy }))
    const second = await timed(() => shield.judgeCall({ ...call, conversation: copy }))
    // The first rounds warm up.
    if (round < 0) continue
    fresh[length]?.push(first)
    again[length]?.push(second)
  }
}

process.stdout.write(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; medians of ${ROUNDS} calls\n`,
)
console.table(
  LENGTHS.map((length) => {
    const one = fresh[length] ?? []
    const two = again[length] ?? []
    const processor = medianOf(one.map(({ processorMs }) => processorMs))
    return {
      messages: length,
      characters: JSON.stringify(kept.get(length)).length,
      freshMs: medianOf(one.map(({ wallMs }) => wallMs)).toFixed(3),
      freshProcessorMs: processor.toFixed(3),
      keptMs: medianOf(two.map(({ wallMs }) => wallMs)).toFixed(3),
      keptProcessorMs: medianOf(two.map(({ processorMs }) => processorMs)).toFixed(3),
      freshProcessorMicrosecondsPerMessage: ((processor * 1_000) / length).toFixed(1),
    }
  }),
)
