import { describe, expect, it } from 'vitest'
import type { ToolCall } from '../../index.ts'
import { ApprovalDesk, type ApprovalDeskOptions, memoryApprovalStore } from './index.ts'

const CALL: ToolCall = {
  tool: 'pay',
  arguments: { to: 'Bob', amount: 5 },
  definition: { description: 'Pays.', schema: { type: 'object' } },
  principal: { user: 'ann', key: 'k1' },
  conversation: [{ origin: 'user', text: 'Pay Bob.' }],
}
const REASONS = { explanation: 'It needs a person.', findings: [], sources: [] }
const BOSS = { user: 'boss', key: 'k2' }
const START = 1_800_000_000_000

function deskOf(options: Partial<ApprovalDeskOptions> = {}) {
  let time = START
  const desk = new ApprovalDesk({ key: new Uint8Array(32), policyDigest: 'p1', now: () => time, ...options })
  const ask = async (call = CALL) => {
    const asked = await desk.ask(call, REASONS)
    if (!asked.ok) throw new Error(asked.reason)
    return asked.pending
  }
  return { desk, ask, pass: (ms: number) => void (time += ms) }
}

describe('an approval', () => {
  it('lets the call run once, after somebody else agreed', async () => {
    const { desk, ask } = deskOf()
    const { id, token } = await ask()
    expect(await desk.redeem(token, CALL)).toEqual({ ok: false, reason: 'pending' })
    expect(await desk.decide(id, { approve: true, approver: BOSS })).toMatchObject({ ok: true })
    expect(await desk.redeem(token, CALL)).toMatchObject({ ok: true, approval: { arguments: CALL.arguments } })
    expect(await desk.redeem(token, CALL)).toEqual({ ok: false, reason: 'used' })
  })

  it('is used once also when two ask for it at the same time', async () => {
    const { desk, ask } = deskOf()
    const { id, token } = await ask()
    await desk.decide(id, { approve: true, approver: BOSS })
    const answers = await Promise.all([desk.redeem(token, CALL), desk.redeem(token, CALL), desk.redeem(token)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  it.each<[string, Partial<ToolCall>]>([
    ['other arguments', { arguments: { to: 'Eve', amount: 5 } }],
    ['another tool', { tool: 'pay_all' }],
    ['another definition of the tool', { definition: { description: 'Pays Eve.' } }],
    ['another caller', { principal: { user: 'eve', key: 'k1' } }],
    ['a conversation that went on', { conversation: [...(CALL.conversation ?? []), { origin: 'tool', text: 'x' }] }],
  ])('is void for %s', async (_, change) => {
    const { desk, ask } = deskOf()
    const { id, token } = await ask()
    await desk.decide(id, { approve: true, approver: BOSS })
    expect(await desk.redeem(token, { ...CALL, ...change })).toEqual({ ok: false, reason: 'changed' })
    // Control: for the very call it still works.
    expect(await desk.redeem(token, { ...CALL, arguments: { amount: 5, to: 'Bob' } })).toMatchObject({ ok: true })
  })

  it('is void under another policy', async () => {
    const store = memoryApprovalStore()
    const { desk, ask } = deskOf({ store })
    const { id, token } = await ask()
    await desk.decide(id, { approve: true, approver: BOSS })
    const { desk: later } = deskOf({ store, policyDigest: 'p2' })
    expect(await later.redeem(token, CALL)).toEqual({ ok: false, reason: 'changed' })
    expect(await later.redeem(token)).toEqual({ ok: false, reason: 'changed' })
    expect(await later.read(token)).toBeUndefined()
  })

  it('ends with its time, answered or not', async () => {
    const { desk, ask, pass } = deskOf({ ttlMs: 60_000 })
    const first = await ask()
    await desk.decide(first.id, { approve: true, approver: BOSS })
    pass(121_000)
    expect(await desk.redeem(first.token, CALL)).toEqual({ ok: false, reason: 'expired' })
    expect(await desk.decide(first.id, { approve: false, approver: BOSS })).toMatchObject({ ok: false })
    expect(await desk.stateOf(first.token)).toBe('expired')
  })

  it.each([
    ['the same user with another key', { user: 'ann', key: 'k9' }],
    ['the same key under another name', { user: 'boss', key: 'k1' }],
    ['somebody nobody knows', {}],
  ])('is not given by %s', async (_, approver) => {
    const { desk, ask } = deskOf()
    const { id } = await ask()
    expect(await desk.decide(id, { approve: true, approver })).toEqual({ ok: false, reason: 'own-request' })
    expect(await desk.decide(id, { approve: true, approver: BOSS })).toMatchObject({ ok: true })
  })

  it('is answered once', async () => {
    const { desk, ask } = deskOf()
    const { id, token } = await ask()
    await desk.decide(id, { approve: false, approver: BOSS })
    expect(await desk.decide(id, { approve: true, approver: BOSS })).toEqual({ ok: false, reason: 'decided' })
    expect(await desk.redeem(token, CALL)).toEqual({ ok: false, reason: 'denied' })
  })

  it('needs a requester that can be told from the approver', async () => {
    const { desk } = deskOf()
    await expect(desk.ask({ ...CALL, principal: { role: 'client' } }, REASONS)).rejects.toThrow(TypeError)
  })

  it('takes only tokens of its own key, to the last character', async () => {
    const { desk, ask } = deskOf()
    const { id, token } = await ask()
    await desk.decide(id, { approve: true, approver: BOSS })
    const { ask: askOther } = deskOf({ key: new Uint8Array(32).fill(1) })
    const [payload = '', mac = ''] = token.split('.')
    const forged = [
      (await askOther()).token,
      `${payload}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`,
      `${payload.slice(0, -1)}.${mac}`,
      payload,
      '',
    ]
    for (const each of forged) expect(await desk.redeem(each, CALL)).toEqual({ ok: false, reason: 'bad-token' })
    expect(await desk.redeem(token, CALL)).toMatchObject({ ok: true })
    expect(() => new ApprovalDesk({ key: new Uint8Array(31), policyDigest: '' })).toThrow(RangeError)
  })
})

describe('the desk', () => {
  it('asks the same question once', async () => {
    const { desk, ask } = deskOf()
    expect((await ask()).id).toBe((await ask()).id)
    expect(await desk.list()).toHaveLength(1)
  })

  it('lets nobody flood it, one requester no more than their share', async () => {
    const { desk } = deskOf({ maxOfRequester: 2, maxOfAll: 3 })
    const ask = async (user: string, amount: number): Promise<boolean> =>
      (await desk.ask({ ...CALL, principal: { user }, arguments: { amount } }, REASONS)).ok
    expect([await ask('a', 1), await ask('a', 2), await ask('a', 3)]).toEqual([true, true, false])
    expect([await ask('b', 1), await ask('c', 1)]).toEqual([true, false])
    const [oldest] = (await desk.list()).toReversed()
    await desk.decide(oldest?.id ?? '', { approve: false, approver: BOSS })
    expect(await ask('c', 1)).toBe(true)
  })

  it('holds a call until it is answered', async () => {
    const { desk, ask } = deskOf()
    const pending = await ask()
    const waiting = desk.wait(pending, CALL, { pollMs: 60_000 })
    await desk.decide(pending.id, { approve: true, approver: BOSS })
    expect(await waiting).toBe(true)
    expect(await desk.wait(pending, CALL)).toBe(false)
  })

  it('stops holding it when the caller gives up', async () => {
    const { desk, ask } = deskOf()
    const stop = new AbortController()
    const waiting = desk.wait(await ask(), CALL, { pollMs: 60_000, signal: stop.signal })
    setTimeout(() => stop.abort(), 5)
    expect(await waiting).toBe(false)
  })
})
