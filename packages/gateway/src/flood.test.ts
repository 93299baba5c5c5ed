import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const FLOOD = 2_000
const BATCH = 100

let gateway: TestGateway
beforeAll(async () => {
  gateway = await testGateway()
})
afterAll(() => gateway.close())

describe('a flood of wrong keys', () => {
  it(
    'is refused, recorded as a count and alerted once, while right keys pass and no event of theirs is lost',
    { timeout: 120_000 },
    async () => {
      const refused = new Map<number, number>()
      const answered: number[] = []
      for (let sent = 0; sent < FLOOD; sent += BATCH) {
        const wrong = Array.from({ length: BATCH }, async () => {
          const response = await gateway.chat(
            { model: 'demo', ...say('Hello.') },
            { key: `sp-client-${'x'.repeat(43)}` },
          )
          await response.arrayBuffer()
          refused.set(response.status, (refused.get(response.status) ?? 0) + 1)
        })
        const right = await gateway.chat({ model: 'demo', ...say('Hello.') })
        answered.push(right.status)
        await right.arrayBuffer()
        await Promise.all(wrong)
      }
      expect(new Set(answered)).toEqual(new Set([200]))
      expect([...refused.keys()].sort()).toEqual([401, 429])
      expect([...refused.values()].reduce((sum, count) => sum + count)).toBe(FLOOD)
      gateway.running.gateway.drain()
      gateway.running.gateway.alerts?.flush()
      await gateway.running.gateway.alerts?.settled()
      const failures = gateway.events().filter(({ type, outcome }) => type === 'auth_attempt' && outcome === 'failure')
      expect(failures.length).toBeLessThan(200)
      // Every one of them is counted.
      expect(failures.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(FLOOD)
      const alerts = gateway.events().filter(({ type }) => type === 'alert')
      expect(alerts.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual(['alert/auth-failure-burst failure'])
      // What was there before the flood is still there: it pushed nothing out.
      expect(gateway.events().some(({ type }) => type === 'start')).toBe(true)
    },
  )
})
