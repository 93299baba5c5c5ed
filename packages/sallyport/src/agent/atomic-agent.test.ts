import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { AtomicAgent } from './atomic-agent.ts'
import { ChatHistory } from './chat-history.ts'
import { BasicChatInputSchema, BasicChatOutputSchema } from './chat-schemas.ts'
import { AgentRefusal } from './denial.ts'
import { ioSchema } from './io-schema.ts'
import type { LanguageModel, ModelPart, PromptMessage } from './language-model.ts'
import { Media, mediaField } from './media.ts'
import { scriptedModel, type ScriptedAnswer, type ScriptedModel } from './scripted-model.ts'
import { BaseSystemPromptGenerator, SystemPromptGenerator } from './system-prompt.ts'
import { defineTool } from './agent-tool.ts'

const said = (chat_message: string): string => JSON.stringify({ chat_message })
const hello = { chat_message: 'Hello' }
const agentWith = (...answers: ScriptedAnswer[]) => {
  const model = scriptedModel(answers)
  return { model, agent: new AtomicAgent({ model }) }
}
const promptOf = (model: ReturnType<typeof scriptedModel>, at = 0): readonly PromptMessage[] =>
  model.calls[at]?.prompt ?? []

class CustomPrompt extends BaseSystemPromptGenerator {
  generatePrompt(): string {
    return 'Custom Prompt'
  }
}

describe('AtomicAgent as it starts', () => {
  it('has the basic chat schemas, an empty history and the default prompt', () => {
    const { agent, model } = agentWith(said('Hi'))
    expect(agent.inputSchema).toBe(BasicChatInputSchema)
    expect(agent.outputSchema).toBe(BasicChatOutputSchema)
    expect(agent.model).toBe(model)
    expect(agent.history.getMessageCount()).toBe(0)
    expect(agent.systemPromptGenerator).toBeInstanceOf(SystemPromptGenerator)
    expect(agent.currentUserInput).toBeNull()
  })

  it('can be extended by a class whose constructor takes more', async () => {
    class Greeter extends AtomicAgent {
      readonly greeting: string
      constructor(greeting: string, model: ScriptedModel) {
        super({ model })
        this.greeting = greeting
      }
    }
    const greeter = new Greeter('Hello', scriptedModel([said('Hi')]))
    expect([greeter.greeting, await greeter.run(hello)]).toEqual(['Hello', { chat_message: 'Hi' }])
  })

  it('keeps the history, the generator and the schemas it is given', () => {
    const history = new ChatHistory({ maxMessages: 4 })
    const systemPromptGenerator = new CustomPrompt()
    const input = ioSchema('In', 'An input.', { a: z.string() })
    const output = ioSchema('Out', 'An output.', { b: z.number() })
    const agent = new AtomicAgent({ model: scriptedModel([]), history, systemPromptGenerator, input, output })
    expect([agent.history, agent.systemPromptGenerator, agent.inputSchema, agent.outputSchema]).toEqual([
      history,
      systemPromptGenerator,
      input,
      output,
    ])
    expect(agent.messages).toEqual([{ role: 'system', content: 'Custom Prompt' }])
  })

  it.each([
    ['developer' as const, [{ role: 'developer', content: 'Custom Prompt' }]],
    [null, []],
  ])('has a system prompt of role %s', (systemRole, messages) => {
    const agent = new AtomicAgent({ model: scriptedModel([]), systemRole, systemPromptGenerator: new CustomPrompt() })
    expect(agent.messages).toEqual(messages)
  })

  it('sets no parameter of its own and passes given ones untouched', async () => {
    const plain = agentWith(said('Hi'))
    await plain.agent.run(hello)
    expect(Object.keys(plain.model.calls[0] ?? {}).sort()).toEqual(['prompt', 'responseFormat'])
    const model = scriptedModel([said('Hi')])
    await new AtomicAgent({ model, modelApiParameters: { temperature: 0.5, maxOutputTokens: 1024 } }).run(hello)
    expect(model.calls[0]).toMatchObject({ temperature: 0.5, maxOutputTokens: 1024 })
  })
})

describe('AtomicAgent.run', () => {
  it('answers, and remembers question and answer in one turn', async () => {
    const { agent } = agentWith(said('Hi there'))
    expect(await agent.run(hello)).toEqual({ chat_message: 'Hi there' })
    expect(agent.currentUserInput).toEqual(hello)
    expect(agent.messages.map((message) => message.role)).toEqual(['system', 'user', 'assistant'])
    expect(new Set(agent.history.messages.map((message) => message.turnId)).size).toBe(1)
    expect(agent.messages[2]?.content).toBe('{"chat_message":"Hi there"}')
  })

  it('sends the prompt, the history and the schema', async () => {
    const { agent, model } = agentWith(said('one'), said('two'))
    await agent.run(hello)
    await agent.run({ chat_message: 'More' })
    expect(promptOf(model, 1).map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user'])
    expect(promptOf(model, 1).at(-1)).toEqual({
      role: 'user',
      content: [{ type: 'text', text: '{"chat_message":"More"}' }],
    })
    expect(model.calls[1]?.responseFormat).toMatchObject({
      type: 'json',
      name: 'BasicChatOutputSchema',
      schema: { type: 'object', required: ['chat_message'], additionalProperties: false },
    })
  })

  it('goes on from the history without input', async () => {
    const { agent } = agentWith(said('one'), said('two'))
    await agent.run(hello)
    expect(await agent.run()).toEqual({ chat_message: 'two' })
    expect(agent.history.getMessageCount()).toBe(3)
  })

  it('resets to the history it was made with', async () => {
    const history = new ChatHistory()
    history.addMessage('user', hello, BasicChatInputSchema)
    const agent = new AtomicAgent({ model: scriptedModel([said('x')]), history })
    await agent.run(hello)
    agent.resetHistory()
    expect(agent.history.getMessageCount()).toBe(1)
    await agent.run(hello)
    agent.resetHistory()
    expect(agent.history.getMessageCount()).toBe(1)
  })

  it('takes an input that does not fit as a refusal before the model is asked', async () => {
    const { agent, model } = agentWith(said('x'))
    const run = agent.run({ chat_message: 3 as unknown as string })
    await expect(run).rejects.toBeInstanceOf(AgentRefusal)
    await expect(run).rejects.toMatchObject({ code: 'denied', denial: { code: 'invalid-input' } })
    expect(model.calls).toHaveLength(0)
  })

  it('passes on a failing provider, leaves no half turn and answers the next question', async () => {
    const { agent } = agentWith(new Error('upstream is down'), said('back'))
    await expect(agent.run(hello)).rejects.toThrow('upstream is down')
    expect(agent.history.getMessageCount()).toBe(0)
    expect(await agent.run(hello)).toEqual({ chat_message: 'back' })
  })

  it('repeats a call whose failure its provider calls retryable', async () => {
    const { agent, model } = agentWith(Object.assign(new Error('busy'), { isRetryable: true }), said('ok'))
    expect(await agent.run(hello)).toEqual({ chat_message: 'ok' })
    expect(model.calls).toHaveLength(2)
  })

  it('sends media as files, and to a v4 model with their kind', async () => {
    const Picture = ioSchema('Picture', 'A picture and a question.', {
      question: z.string(),
      image: mediaField('image'),
    })
    const input = { question: 'What?', image: { mediaType: 'image/png', url: 'data:image/png;base64,AAAA' } }
    const sent = async (specificationVersion: string) => {
      const model = scriptedModel([said('A cat')])
      await new AtomicAgent({ model: { ...model, specificationVersion } as LanguageModel, input: Picture }).run(input)
      return promptOf(model).at(-1)?.content
    }
    const text = { type: 'text', text: '{"question":"What?"}' }
    expect(await sent('v3')).toEqual([text, { type: 'file', mediaType: 'image/png', data: 'AAAA' }])
    expect(await sent('v4')).toEqual([
      text,
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } },
    ])
    expect(new Media({ kind: 'image', mediaType: 'image/png', url: 'https://a.example/' })).toBeInstanceOf(Media)
  })

  it('writes the schema into the prompt for models that take none', async () => {
    const model = scriptedModel([said('x')])
    const agent = new AtomicAgent({ model, schemaInPrompt: true, systemPromptGenerator: new CustomPrompt() })
    await agent.run(hello)
    expect(promptOf(model)[0]?.content).toMatch(/^Custom Prompt\n\n# OUTPUT SCHEMA\n\{.*"chat_message"/)
  })
})

describe('AtomicAgent and answers that do not fit', () => {
  const Out = ioSchema('Out', 'An output.', {
    level: z.enum(['info', 'warning']),
    score: z.number().max(1),
    sure: z.boolean().default(true),
  })
  const agent = (...answers: string[]) => {
    const model = scriptedModel(answers)
    return { model, agent: new AtomicAgent({ model, output: Out, reasks: 1 }) }
  }

  it.each([
    ['a code fence', '```json\n{"level":"info","score":0.5}\n```', { level: 'info', score: 0.5, sure: true }],
    ['prose around it', 'Sure! {"level":"info","score":0.5} Anything else?', { level: 'info', score: 0.5, sure: true }],
    ['a trailing comma', '{"level":"info","score":0.5,}', { level: 'info', score: 0.5, sure: true }],
    ['a number as text', '{"level":"info","score":"0.5"}', { level: 'info', score: 0.5, sure: true }],
    ['a literal in capitals', '{"level":" Warning","score":0}', { level: 'warning', score: 0, sure: true }],
    ['a boolean as text', '{"level":"info","score":0,"sure":"False"}', { level: 'info', score: 0, sure: false }],
  ])('mends %s without asking again', async (_name, answer, expected) => {
    const { agent: one, model } = agent(answer)
    expect(await one.run(hello)).toEqual(expected)
    expect(model.calls).toHaveLength(1)
  })

  it('asks again with what is wrong, and keeps neither question nor wrong answer', async () => {
    const { agent: one, model } = agent('{"level":"info","score":7}', '{"level":"info","score":1}')
    expect(await one.run(hello)).toEqual({ level: 'info', score: 1, sure: true })
    const [answer, question] = promptOf(model, 1).slice(-2)
    expect(answer).toEqual({ role: 'assistant', content: [{ type: 'text', text: '{"level":"info","score":7}' }] })
    expect(JSON.stringify(question)).toContain('score: Too big: expected number to be <=1')
    expect(one.history.getMessageCount()).toBe(2)
  })

  it.each([
    ['never clamps a number', '{"level":"info","score":7}', 'score'],
    ['never guesses a literal', '{"level":"fatal","score":1}', 'level'],
    [
      'never chooses between two objects',
      '{"level":"info","score":1} or {"level":"warning","score":1}',
      'more than one',
    ],
    ['never makes an object of prose', 'I cannot answer that.', 'not a JSON object'],
    ['never takes a list for the object in it', '[{"level":"info","score":1}]', 'not a JSON object'],
  ])('%s, and refuses after the last question', async (_name, answer, reason) => {
    const { agent: one, model } = agent(answer)
    const result = await one.tryRun(hello)
    expect(result).toMatchObject({ status: 'denied', denial: { code: 'invalid-output' }, modelCalls: 2 })
    expect(result.status === 'denied' && result.denial.reasons.join()).toContain(reason)
    expect(model.calls).toHaveLength(2)
    expect(one.history.getMessageCount()).toBe(0)
  })
})

describe('AtomicAgent with the schema of another library', () => {
  it('tells the model all, and the caller only the place, because such messages quote the value', async () => {
    const issue = { message: 'Expected a colour but received "hunter2".', path: [{ key: 'colour' }] }
    const validate = () => ({ issues: [issue] })
    const other = { '~standard': { version: 1 as const, vendor: 'other', validate } }
    const output = ioSchema('Colour', 'A colour.', other, { type: 'object' })
    const model = scriptedModel(['{"colour":"hunter2"}'])
    const result = await new AtomicAgent({ model, output, reasks: 1 }).tryRun(hello)
    expect(JSON.stringify(promptOf(model, 1).at(-1))).toContain('colour: Expected a colour')
    expect(result.status === 'denied' && result.denial.reasons).toEqual(['colour: Does not fit.'])
  })
})

describe('AtomicAgent.runStream', () => {
  it('yields growing partial objects and ends with the full one', async () => {
    const { agent } = agentWith(said('A longer answer, in several pieces.'))
    const seen: unknown[] = []
    for await (const partial of agent.runStream(hello)) seen.push(partial)
    const texts = seen.map((partial) => (partial as { chat_message: string }).chat_message)
    expect(texts.length).toBeGreaterThan(3)
    for (const [at, text] of texts.entries()) expect(text.startsWith(texts[at - 1] ?? '')).toBe(true)
    expect(seen.at(-1)).toEqual({ chat_message: 'A longer answer, in several pieces.' })
    expect(agent.history.getMessageCount()).toBe(2)
  })

  it('makes one partial of one piece', async () => {
    const model = scriptedModel([said('Hi')], { chunkLength: 1_000 })
    const seen: unknown[] = []
    for await (const partial of new AtomicAgent({ model }).runStream(hello)) seen.push(partial)
    expect(seen).toEqual([{ chat_message: 'Hi' }, { chat_message: 'Hi' }])
  })

  it('gives the result to those who never iterate', async () => {
    const { agent } = agentWith(said('Hi'))
    expect(await agent.tryRunStream(hello).result()).toMatchObject({ status: 'done', output: { chat_message: 'Hi' } })
  })

  it('cancels the model and forgets the turn when the loop is left', async () => {
    let isCancelled = false
    const model: LanguageModel = {
      ...scriptedModel([]),
      doStream: async () => ({
        stream: new ReadableStream<ModelPart & Record<string, unknown>>({
          pull: (controller) => controller.enqueue({ type: 'text-delta', id: '1', delta: '{"chat_message":"aaaa' }),
          cancel: () => void (isCancelled = true),
        }),
      }),
    }
    const agent = new AtomicAgent({ model })
    const stream = agent.tryRunStream(hello)
    for await (const _ of stream) break
    expect(isCancelled).toBe(true)
    expect(agent.history.getMessageCount()).toBe(0)
    await expect(stream.result()).rejects.toThrow('left before its end')
  })

  it('throws what the stream reports as an error', async () => {
    const model: LanguageModel = {
      ...scriptedModel([]),
      doStream: async () => ({
        stream: new ReadableStream<ModelPart & Record<string, unknown>>({
          start: (controller) => controller.enqueue({ type: 'error', error: new Error('broken') }),
        }),
      }),
    }
    await expect(new AtomicAgent({ model }).tryRunStream(hello).result()).rejects.toThrow('broken')
  })
})

describe('AtomicAgent and tools', () => {
  const add = defineTool({
    name: 'add',
    description: 'Adds two numbers.',
    input: z.object({ a: z.number(), b: z.number() }),
    run: ({ a, b }) => ({ sum: a + b }),
  })
  const run = async (...answers: ScriptedAnswer[]) => {
    const model = scriptedModel([...answers, said('done')])
    const agent = new AtomicAgent({ model, tools: [add], maxSteps: 2 })
    return { model, result: await agent.tryRun(hello) }
  }

  it('offers its tools, runs a call and answers with the result at hand', async () => {
    const { model, result } = await run({ toolCalls: [{ name: 'add', input: { a: 2, b: 3 } }] })
    expect(model.calls[0]?.tools).toMatchObject([{ type: 'function', name: 'add', inputSchema: { type: 'object' } }])
    expect(promptOf(model, 1).at(-1)?.content).toMatchObject([
      { type: 'tool-result', toolName: 'add', output: { type: 'json', value: { sum: 5 } } },
    ])
    expect(result).toMatchObject({ status: 'done', modelCalls: 2, usage: { inputTokens: 20, outputTokens: 10 } })
  })

  it.each([
    ['an unknown tool', { name: 'rm', input: {} }, 'no such tool'],
    ['arguments that do not fit', { name: 'add', input: { a: 'x' } }, 'do not fit'],
    ['arguments that are no JSON', { name: 'add', input: '{' }, 'not a JSON object'],
  ])('answers %s with an error the model can read', async (_name, call, reason) => {
    const { result } = await run({ toolCalls: [call] })
    expect(result.refusedCalls[0]?.reason).toContain(reason)
    expect(result.status).toBe('done')
  })

  it('ends a run that never stops calling', async () => {
    const model = scriptedModel([{ toolCalls: [{ name: 'add', input: { a: 1, b: 1 } }] }])
    const result = await new AtomicAgent({ model, tools: [add], maxSteps: 3 }).tryRun(hello)
    expect(result).toMatchObject({ status: 'denied', denial: { code: 'too-many-steps' }, modelCalls: 4 })
  })

  it('tells the model that a tool failed, never what it threw', async () => {
    const leaky = defineTool({
      name: 'leaky',
      description: 'Fails.',
      input: z.object({}),
      run: () => {
        throw new Error('password is hunter2')
      },
    })
    const model = scriptedModel([{ toolCalls: [{ name: 'leaky', input: {} }] }, said('done')])
    const result = await new AtomicAgent({ model, tools: [leaky] }).tryRun(hello)
    expect(JSON.stringify([model.calls[1]?.prompt, result])).not.toContain('hunter2')
  })

  it.each([
    [{}, 'system'],
    [{ assistantRole: 'model' as const }, 'user'],
    [{ assistantRole: 'model' as const, toolResultRole: 'system' as const }, 'system'],
  ])('keeps results added by hand in the role of %j', async (config, role) => {
    const model = scriptedModel([said('x')])
    const agent = new AtomicAgent({ model, ...config })
    agent.addToolResult(hello, BasicChatInputSchema)
    expect(agent.history.messages[0]?.role).toBe(role)
    await agent.run(hello)
    expect(promptOf(model).map((message) => message.role)).toEqual(['system', role, 'user'])
  })
})

describe('AtomicAgent and context', () => {
  const clock = { title: 'Clock', getInfo: () => 'noon' }

  it('registers, finds and forgets providers', () => {
    const { agent } = agentWith(said('x'))
    agent.registerContextProvider('clock', clock)
    expect(agent.getContextProvider('clock')).toBe(clock)
    expect(agent.messages[0]?.content).toMatch(/## Clock\nnoon$/)
    agent.unregisterContextProvider('clock')
    expect(() => agent.getContextProvider('clock')).toThrow("Context provider 'clock' not found.")
    expect(() => agent.unregisterContextProvider('clock')).toThrow("'clock' not found")
  })

  it('puts the context of one run into its prompt alone', async () => {
    const { agent, model } = agentWith(said('x'), said('y'))
    await agent.run(hello, { context: [{ title: 'Manual', text: 'Turn it off and on.' }] })
    await agent.run(hello)
    expect(promptOf(model, 0)[0]?.content).toContain('## Manual\nTurn it off and on.')
    expect(promptOf(model, 1)[0]?.content).not.toContain('Manual')
  })

  const trimming = async (maxContextTokens: number | undefined) => {
    const warnings: string[] = []
    const agent = new AtomicAgent({
      model: scriptedModel([said('ok')]),
      countTokens: (text) => text.length,
      warn: (message) => warnings.push(message),
      ...(maxContextTokens !== undefined && { maxContextTokens }),
    })
    for (let turn = 0; turn < 4; turn++) await agent.run({ chat_message: `${turn}`.repeat(300) })
    return { agent, warnings }
  }

  it('leaves the history alone without a limit', async () => {
    const { agent, warnings } = await trimming(undefined)
    expect([agent.history.turnCount(), warnings]).toEqual([4, []])
  })

  it('drops whole oldest turns over the limit, before the new message is added', async () => {
    const base = new AtomicAgent({ model: scriptedModel([]), countTokens: (text) => text.length })
    const { total } = base.getContextTokenCount()
    const { agent, warnings } = await trimming(total + 800)
    const turns = agent.history.messages.map((message) => message.turnId)
    expect(agent.history.turnCount()).toBe(3)
    expect(new Set(turns).size * 2).toBe(turns.length)
    expect(warnings.length).toBeGreaterThan(0)
    expect(warnings.join()).not.toContain('000')
  })

  it('refuses a limit that cannot be kept', async () => {
    const agent = new AtomicAgent({ model: scriptedModel([said('ok')]), maxContextTokens: 5 })
    await expect(agent.run(hello)).rejects.toThrow(/maxContextTokens.*smaller than the minimum/)
  })

  it('counts prompt, history and schemas, and tells its hook', async () => {
    const agent = new AtomicAgent({ model: scriptedModel([said('ok')]), maxContextTokens: 10_000 })
    const counted = vi.fn()
    agent.registerHook('token:counted', counted)
    const empty = agent.getContextTokenCount()
    await agent.run(hello)
    const later = agent.getContextTokenCount()
    expect(empty).toMatchObject({ history: 0, model: 'scripted', maxTokens: 10_000 })
    expect(later.history).toBeGreaterThan(0)
    expect(later.total).toBe(later.systemPrompt + later.history + later.tools)
    expect(later.utilization).toBe(later.total / 10_000)
    expect(counted).toHaveBeenCalledTimes(3)
    agent.disableHooks()
    agent.getContextTokenCount()
    expect(counted).toHaveBeenCalledTimes(3)
  })
})
