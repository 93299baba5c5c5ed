import type { GatedCall, Judged } from '../core/gated-call.ts'
import { callsOf, isJson, type Json, listOf } from './chat-json.ts'
import { ANSWER, answerPlace, JSON_ANSWER } from './places.ts'

/**
 * Puts a whole answer through the gates: all choices, their texts and tool calls.
 *
 * @throws GateRefusal
 */
export async function gateChatAnswer(answer: Json, call: GatedCall, json: boolean): Promise<Judged<Json>> {
  const judged = await call.toolCalls(answer, json ? JSON_ANSWER : ANSWER, answerPlace, (value) =>
    callsOf(listOf(value['choices']).flatMap(({ message }) => (isJson(message) ? [message] : []))),
  )
  await call.end()
  return gateLogprobs(judged, call)
}

/** Tokens tell the text again: they stay only where no gate touched it or would touch them. */
async function gateLogprobs(judged: Judged<Json>, call: GatedCall): Promise<Judged<Json>> {
  const choices = listOf(judged.value['choices'])
  const told = choices.map(({ logprobs }) => logprobs).filter((logprobs) => isJson(logprobs))
  if (told.length === 0) return judged
  if (!judged.edited && (await call.isClean(told))) return judged
  return { value: { ...judged.value, choices: choices.map((choice) => ({ ...choice, logprobs: null })) }, edited: true }
}
