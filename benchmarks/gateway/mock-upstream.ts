import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { ANSWER_PIECES, answerOf } from './payload.ts'

/** A deterministic upstream: answers at once, or streams the answer in pieces at a fixed pace. */
const answer = answerOf()
const whole = JSON.stringify({
  id: 'chatcmpl-mock',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'mock',
  choices: [
    { index: 0, finish_reason: 'stop', logprobs: null, message: { role: 'assistant', content: answer, refusal: null } },
  ],
  usage: { prompt_tokens: 50, completion_tokens: 125, total_tokens: 175 },
})
const paceMs = Number(process.argv[2] ?? 10)

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (piece: string) => (body += piece))
  request.on('end', () => {
    if (!body.includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) })
      response.end(whole)
      return
    }
    void stream()
  })
  const stream = async (): Promise<void> => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of ANSWER_PIECES) {
      response.write(`data: ${JSON.stringify(chunk({ content: piece }))}\n\n`)
      await pause(paceMs)
    }
    response.end(`data: ${JSON.stringify(chunk({}, 'stop'))}\n\ndata: [DONE]\n\n`)
  }
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined })
})

function chunk(delta: object, finish: string | null = null): object {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return { id: 'chatcmpl-mock', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'mock', choices }
}
