import type { GateRefusal } from '../core/gate-refusal.ts'
import { writeEvent } from '../core/server-sent-events.ts'

/** A refusal as the API would answer it: the client throws `BadRequestError` with the code `content_filter`. */
export function refusalError(refusal: GateRefusal): Response {
  const { message, requestId } = refusal
  const error = { message, type: 'invalid_request_error', param: null, code: 'content_filter', request_id: requestId }
  return Response.json({ error }, { status: 400, headers: { 'x-request-id': requestId, 'x-should-retry': 'false' } })
}

/** A refusal as an ordinary answer in the operator's words. */
export function refusalAnswer(text: string, refusal: GateRefusal, model: string, streams: boolean): Response {
  const head = { id: `chatcmpl-${refusal.requestId}`, created: Math.floor(Date.now() / 1000), model }
  const finish = { index: 0, finish_reason: 'content_filter', logprobs: null }
  if (!streams) {
    const message = { role: 'assistant', content: text, refusal: null }
    return Response.json({ ...head, object: 'chat.completion', choices: [{ ...finish, message }] })
  }
  const chunk = (choice: object): string =>
    writeEvent({ data: JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [choice] }) })
  const body = [
    chunk({ index: 0, delta: { role: 'assistant', content: text }, finish_reason: null }),
    chunk({ ...finish, delta: {} }),
    writeEvent({ data: '[DONE]' }),
  ]
  return new Response(body.join(''), { headers: { 'content-type': 'text/event-stream' } })
}
