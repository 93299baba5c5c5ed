import type { GatedCall } from '../core/gated-call.ts'
import type { AnswerPart, GenerateResult } from './model-shape.ts'
import { answerPlace, JSON_OUTPUT, OUTPUT_CONTENT } from './places.ts'

/**
 * Puts a whole answer through the gates: texts, reasoning, sources, tool calls, results of tools that ran at the provider.
 *
 * @throws GateRefusal
 */
export async function gateGenerate(result: GenerateResult, call: GatedCall, json: boolean): Promise<GenerateResult> {
  const calls = await call.toolCalls(result.content, json ? JSON_OUTPUT : OUTPUT_CONTENT, answerPlace, callsOf)
  await call.end()
  const { response, providerMetadata } = result
  const keepsMetadata = providerMetadata === undefined || (!calls.edited && (await call.isClean(providerMetadata)))
  return {
    ...result,
    content: calls.value,
    // The provider's own body holds the text as it was.
    ...(response !== undefined && { response: calls.edited ? { ...response, body: undefined } : response }),
    ...(!keepsMetadata && { providerMetadata: undefined }),
  }
}

/** The calls that would run, with their arguments. */
export function callsOf(
  parts: readonly AnswerPart[],
): { readonly tool: string; readonly input: unknown; readonly callId: string }[] {
  return parts
    .filter(({ type }) => type === 'tool-call')
    .map(({ toolName, input, toolCallId }) => ({
      tool: String(toolName),
      input: typeof input === 'string' ? parsed(input) : input,
      callId: String(toolCallId),
    }))
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
