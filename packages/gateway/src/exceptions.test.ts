import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const card = ['4111', '1111', '1111', '1111'].join(' ')

describe('a finding that an exception of the policy lets pass', () => {
  let gateway: TestGateway

  beforeAll(async () => {
    gateway = await testGateway({
      policy: {
        exceptions: [
          { guard: 'pii', code: 'CREDIT_CARD', expires: '2999-01-01', reason: 'The shop needs them.' },
          { guard: 'pii', code: 'US_SSN', expires: '2020-01-01', reason: 'Over.' },
        ],
      },
    })
  })
  afterAll(() => gateway.close())

  const excepted = (response: Response) =>
    gateway.trail(response).filter(({ detail }) => detail?.startsWith('Let pass') === true)

  it.each([false, true])(
    'passes with an event for each gate that names rule and reason (stream: %s)',
    async (stream) => {
      const messages = [{ role: 'user', content: `Charge ${card}, please, and again ${card}.` }]
      const response = await gateway.chat({ model: 'demo', messages, stream })
      expect(await response.text()).not.toContain('[CREDIT_CARD]')
      expect(excepted(response)).toEqual([
        expect.objectContaining({
          type: 'policy_violation',
          outcome: 'allow',
          stage: 'input',
          rule: 'pii/credit-card',
        }),
        expect.objectContaining({ stage: 'output', detail: 'Let pass by an exception: The shop needs them.' }),
      ])
      expect(JSON.stringify(gateway.trail(response))).not.toContain('4111')
    },
  )

  it('is a finding like any other once the exception is over, and no event is made where nothing is found', async () => {
    const content = `My social security number is ${['536', '22', '1847'].join('-')}.`
    const redacted = await gateway.chat({ model: 'demo', messages: [{ role: 'user', content }] })
    expect(await redacted.text()).toContain('[US_SSN]')
    expect(excepted(redacted)).toEqual([])
    const clean = await gateway.chat({ model: 'demo', messages: [{ role: 'user', content: 'Good morning.' }] })
    expect([clean.status, excepted(clean)]).toEqual([200, []])
  })
})
