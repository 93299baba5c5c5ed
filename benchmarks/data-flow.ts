/**
 * What judging one tool call costs, by the length of the conversation: `npx tsx --conditions=sallyport-source benchmarks/data-flow.ts`.
 * `fresh`: every part is read anew, as a gateway has it; `kept`: the part objects are those of the last call, as an agent
 * has it. Medians of single calls in milliseconds; the last column should not grow.
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

async function median(run: () => Promise<unknown>, times: number): Promise<number> {
  const taken: number[] = []
  for (let at = 0; at < times; at++) {
    const start = performance.now()
    await run()
    taken.push(performance.now() - start)
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? NaN
}

process.stdout.write(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`)
process.stdout.write('messages  characters  fresh ms  kept ms  fresh us/message\n')
for (const length of [10, 100, 1_000]) {
  const parts = conversation(length)
  const fresh = structuredClone(parts)
  const characters = JSON.stringify(parts).length
  const times = length > 500 ? 60 : 400
  for (let warm = 0; warm < 50; warm++) await shield.judgeCall({ ...call, conversation: structuredClone(fresh) })
  const copies = Array.from({ length: times }, () => structuredClone(fresh))
  const freshMs = await median(() => shield.judgeCall({ ...call, conversation: copies.pop() ?? fresh }), times)
  const keptMs = await median(() => shield.judgeCall({ ...call, conversation: parts }), times)
  const row = [String(length).padStart(8), String(characters).padStart(10), freshMs.toFixed(3).padStart(8)]
  row.push(keptMs.toFixed(3).padStart(7), ((freshMs * 1_000) / length).toFixed(2).padStart(16))
  process.stdout.write(`${row.join('  ')}\n`)
}
