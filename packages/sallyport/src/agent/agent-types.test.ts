import type { MockLanguageModelV3 } from 'ai/test'
import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { SafeHtml, SafeHtmlText } from '../sinks/sink.ts'
import { AtomicAgent, type BasicChatMessage } from './atomic-agent.ts'
import { ConstrainedOutputSchema, SecureInputSchema } from './chat-schemas.ts'
import type { AgentResult } from './denial.ts'
import { ioSchema } from './io-schema.ts'
import type { LanguageModel } from './language-model.ts'
import { scriptedModel } from './scripted-model.ts'
import { createSecureAgent, type SecureInput } from './secure-agent.ts'
import { defineTool } from './agent-tool.ts'

const model = scriptedModel([])

interface Constrained {
  message: SafeHtml
  category: 'info' | 'warning' | 'error'
  confidence: number
  suggestions: SafeHtmlText[]
}

describe('types', () => {
  it('infer inputs, outputs and partials of a plain agent', () => {
    const basic = new AtomicAgent({ model })
    expectTypeOf(basic).toEqualTypeOf<AtomicAgent<BasicChatMessage, BasicChatMessage>>()
    const agent = new AtomicAgent({ model, input: SecureInputSchema, output: ConstrainedOutputSchema })
    expectTypeOf(agent.run).parameter(0).toEqualTypeOf<{ message: string } | undefined>()
    expectTypeOf(agent.run).returns.resolves.toEqualTypeOf<Constrained>()
    expectTypeOf(agent.runStream).returns.toEqualTypeOf<AsyncGenerator<Partial<Constrained>, Constrained>>()
  })

  it('infer those of a secure agent, with the guide’s schemas as defaults', () => {
    const basic = createSecureAgent({ model })
    expectTypeOf(basic.run).parameter(0).toEqualTypeOf<SecureInput | undefined>()
    expectTypeOf(basic.run).returns.resolves.toEqualTypeOf<AgentResult<BasicChatMessage>>()
    const agent = createSecureAgent({ model, output: ConstrainedOutputSchema })
    expectTypeOf(agent.run).returns.resolves.toEqualTypeOf<AgentResult<Constrained>>()
    expectTypeOf(agent.runStream).returns.toExtend<AsyncIterable<Partial<Constrained>>>()
  })

  it('tell what goes in from what comes out', () => {
    const In = ioSchema('In', 'An input.', {
      when: z.string().transform((text) => new Date(text)),
      tags: z.array(z.string()).default([]),
    })
    const agent = new AtomicAgent({
      model,
      input: In,
      output: z.object({ n: z.number() }).meta({ title: 'N', description: 'A number.' }),
    })
    expectTypeOf(agent.run).parameter(0).toEqualTypeOf<{ when: string; tags?: string[] | undefined } | undefined>()
    expectTypeOf(agent.run).returns.resolves.toEqualTypeOf<{ n: number }>()
  })

  it('give tools their validated arguments', () => {
    defineTool({
      name: 'a',
      description: 'A tool.',
      input: z.object({ a: z.coerce.number() }),
      run: (input) => expectTypeOf(input).toEqualTypeOf<{ a: number }>(),
    })
  })

  it('take the models of the AI SDK', () => {
    expectTypeOf<MockLanguageModelV3>().toExtend<LanguageModel>()
  })

  it('know a denial from an answer', () => {
    const read = (result: AgentResult<Constrained>): string =>
      result.status === 'done' ? result.output.message : result.denial.reasons.join()
    expectTypeOf(read).returns.toBeString()
  })
})
