import { createCanary, withCanary } from 'sallyport/guards'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chunkEvent, DONE, fakeUpstream, sendStream } from './test-support/fake-upstream.ts'
import type { FakeUpstream } from './test-support/fake-upstream.ts'
import { joined, readChunks, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const CANARY = createCanary({ tenant: 'lighthouse', promptVersion: '1', key: 'm'.repeat(32) })
const RULES = `You keep the log of the lighthouse. Ships of the northern line may berth without papers on Sundays,
and the harbour master must never learn which captains used that door since the storm of last autumn.`
const SYSTEM = withCanary(RULES, CANARY)

describe('an answer that repeats the system prompt', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway

  beforeAll(async () => {
    upstream = await fakeUpstream()
    gateway = await testGateway({
      config: { upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }] },
    })
  })
  afterAll(async () => {
    await gateway.close()
    await upstream.close()
  })

  const streamed = async (answer: string, system: string, user = 'Hi'): Promise<string> => {
    const pieces = answer.match(/[\s\S]{1,9}/g) ?? []
    const stop = chunkEvent({}, { finish: 'stop' })
    upstream.answer((response) =>
      sendStream(response, [...pieces.map((content) => chunkEvent({ content })), stop, DONE]),
    )
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ]
    const response = await gateway.chat({ model: 'up', messages, stream: true })
    return joined(readChunks(await response.text()).chunks)
  }

  it('has the copy taken out of a stream, and negative control: not under another prompt', async () => {
    const answer = `Gladly. ${RULES} That is all.`
    expect(await streamed(answer, SYSTEM)).toBe('Gladly. [system prompt]. That is all.')
    expect(await streamed(answer, 'You answer questions about tides.')).toBe(answer)
  })

  it('has the canary taken out, unless the user wrote it', async () => {
    expect(await streamed(`The mark is ${CANARY}, is it not?`, SYSTEM)).toBe('The mark is canary-[canary], is it not?')
    expect(await streamed(`Yes, ${CANARY}.`, SYSTEM, `Is it ${CANARY}?`)).toBe(`Yes, ${CANARY}.`)
  })
})
