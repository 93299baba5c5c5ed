import { describe, expect, it, vi } from 'vitest'
import { AtomicAgent } from './atomic-agent.ts'
import { scriptedModel } from './scripted-model.ts'

const argument = { attempt: 1, reasons: [] }

function agent() {
  const warn = vi.fn()
  return { warn, agent: new AtomicAgent({ model: scriptedModel(['no object', '{"chat_message":"x"}']), warn }) }
}

describe('hooks', () => {
  it('start empty and enabled', () => {
    const { agent: one } = agent()
    expect([one.hooks.size, one.hooksEnabled]).toEqual([0, true])
  })

  it('call every handler of an event in order with the same argument', () => {
    const { agent: one } = agent()
    const calls: unknown[] = []
    one.registerHook('parse:error', (given) => calls.push(['first', given]))
    one.registerHook('parse:error', (given) => calls.push(['second', given]))
    one.dispatchHook('parse:error', argument)
    expect(calls.map((call) => (call as unknown[])[0])).toEqual(['first', 'second'])
    for (const call of calls) expect((call as unknown[])[1]).toBe(argument)
  })

  it('forget a handler, and do not mind an unknown one or an event nobody hears', () => {
    const { agent: one } = agent()
    const handler = vi.fn()
    one.registerHook('parse:error', handler)
    one.unregisterHook('parse:error', handler)
    one.unregisterHook('parse:error', handler)
    one.unregisterHook('completion:error', handler)
    one.dispatchHook('parse:error', argument)
    expect(handler).not.toHaveBeenCalled()
  })

  it('are cleared by event or all', () => {
    const { agent: one } = agent()
    const handler = vi.fn()
    one.registerHook('parse:error', handler)
    one.registerHook('completion:error', handler)
    one.clearHooks('parse:error')
    one.dispatchHook('parse:error', argument)
    one.dispatchHook('completion:error', { error: 1 })
    expect(handler).toHaveBeenCalledTimes(1)
    one.clearHooks()
    expect(one.hooks.size).toBe(0)
  })

  it('rest while disabled', () => {
    const { agent: one } = agent()
    const handler = vi.fn()
    one.registerHook('parse:error', handler)
    one.disableHooks()
    one.dispatchHook('parse:error', argument)
    expect([one.hooksEnabled, handler.mock.calls.length]).toEqual([false, 0])
    one.enableHooks()
    one.dispatchHook('parse:error', argument)
    expect(handler).toHaveBeenCalledTimes(1)
  })

  it('survive a handler that throws: one warning without its words, later handlers run', () => {
    const { agent: one, warn } = agent()
    const handler = vi.fn()
    one.registerHook('parse:error', () => {
      throw new Error('hunter2')
    })
    one.registerHook('parse:error', handler)
    one.dispatchHook('parse:error', argument)
    expect(handler).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls).toEqual([['A handler of the hook parse:error threw.']])
  })

  it('are forwarded to a model that has hooks of its own', () => {
    const on = vi.fn()
    const off = vi.fn()
    const model = Object.assign(scriptedModel([]), { on, off })
    const one = new AtomicAgent({ model })
    const handler = vi.fn()
    one.registerHook('completion:error', handler)
    one.unregisterHook('completion:error', handler)
    expect([on.mock.calls, off.mock.calls]).toEqual([[['completion:error', handler]], [['completion:error', handler]]])
  })

  it('hear of a run: the call, its response and an answer that did not fit', async () => {
    const { agent: one } = agent()
    const heard: string[] = []
    for (const event of [
      'completion:kwargs',
      'completion:response',
      'parse:error',
      'completion:last_attempt',
    ] as const) {
      one.registerHook(event, () => heard.push(event))
    }
    await one.run({ chat_message: 'Hello' })
    expect(heard).toEqual([
      'completion:kwargs',
      'completion:response',
      'parse:error',
      'completion:kwargs',
      'completion:response',
    ])
  })

  it('hear of a failing provider', async () => {
    const one = new AtomicAgent({ model: scriptedModel([new Error('down')]) })
    const handler = vi.fn()
    one.registerHook('completion:error', handler)
    await expect(one.run({ chat_message: 'Hello' })).rejects.toThrow('down')
    expect(handler).toHaveBeenCalledTimes(1)
  })
})
