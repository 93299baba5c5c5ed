/**
 * What an agent costs per run beside the plain AI SDK call, in one process, over a model that answers at once:
 * `generateText` with a typed output, `AtomicAgent` (schema, history, prompt) and `createSecureAgent` (every gate of the
 * recommended policy). Streamed and not; the rounds of all candidates alternate, so that a busy machine hits all of them.
 *
 *   node --conditions sallyport-source --import tsx benchmarks/agent.ts [--runs 400] [--json FILE]
 *
 * Caveats: a real model takes a thousand times longer than any of this; message and answer have the sizes printed.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { generateText, Output, streamText, type LanguageModel as SdkModel } from 'ai'
import { AtomicAgent, ChatHistory, createSecureAgent, scriptedModel, secureText, ioSchema } from 'sallyport/agent'
import { z } from 'zod'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '400' }, json: { type: 'string' } } })
const runs = Number(values.runs)

const sentence = 'The parcel left our warehouse on Monday and should be with you by the end of the week. '
const question = sentence.repeat(3).slice(0, 200)
const answer = sentence.repeat(8).slice(0, 500)
const shape = { message: z.string() }
const In = ioSchema('Question', 'A question.', { message: secureText() })
const Out = ioSchema('Answer', 'An answer.', shape)
const fresh = { input: In, output: Out } as const
const makeModel = () => scriptedModel([JSON.stringify({ message: answer })], { chunkLength: 16 })

/** A new conversation each time, so that no history grows; the model keeps its calls, hence a new one too. */
const candidates: Readonly<Record<string, () => Promise<unknown>>> = {
  'ai sdk': async () => {
    const model = makeModel() as unknown as SdkModel
    return (await generateText({ model, prompt: question, output: Output.object({ schema: z.object(shape) }) })).output
  },
  'atomic agent': async () =>
    new AtomicAgent({ ...fresh, model: makeModel(), history: new ChatHistory() }).run({ message: question }),
  'secure agent': async () => createSecureAgent({ ...fresh, model: makeModel() }).run({ message: question }),
  'ai sdk, streamed': async () => {
    const model = makeModel() as unknown as SdkModel
    const result = streamText({ model, prompt: question, output: Output.object({ schema: z.object(shape) }) })
    for await (const _ of result.partialOutputStream);
    return result.output
  },
  'atomic agent, streamed': async () => {
    for await (const _ of new AtomicAgent({ ...fresh, model: makeModel() }).runStream({ message: question }));
  },
  'secure agent, streamed': async () => {
    const stream = createSecureAgent({ ...fresh, model: makeModel() }).runStream({ message: question })
    for await (const _ of stream);
    return stream.result()
  },
}

const times = new Map<string, number[]>(Object.keys(candidates).map((name) => [name, []]))
/** Of the whole process, garbage collection included; unlike the clock it does not depend on what else the machine does. */
const processor = new Map<string, number>()
for (let round = -50; round < runs; round++) {
  for (const [name, run] of Object.entries(candidates)) {
    const started = performance.now()
    const before = process.cpuUsage()
    await run()
    // The first rounds warm up.
    if (round < 0) continue
    times.get(name)?.push(performance.now() - started)
    const { user, system } = process.cpuUsage(before)
    processor.set(name, (processor.get(name) ?? 0) + user + system)
  }
}

const rows = [...times].map(([name, list]) => {
  const sorted = list.sort((a, b) => a - b)
  const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 1_000)
  return {
    name,
    medianMicroseconds: at(0.5),
    p95Microseconds: at(0.95),
    processorMicroseconds: Math.round((processor.get(name) ?? 0) / runs),
  }
})
const report = {
  benchmark: 'agent',
  runs,
  characters: { question: question.length, answer: answer.length },
  machine: `${cpus()[0]?.model ?? 'unknown'} x${cpus().length}, Node ${process.version}`,
  rows,
}
console.table(rows)
console.log(`${report.machine}; question ${question.length}, answer ${answer.length} characters, ${runs} runs each`)
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
