import { canonicalJson, type JsonValue } from '../../guard/canonical-json.ts'
import type { ToolCall } from '../../guard/tool-call.ts'

/**
 * Hex SHA-256 of what an approval is about: the tool and its definition, the arguments, who asks, the whole conversation
 * before the call, the policy and when the approval ends. Change one of them and the approval is for another call.
 *
 * @throws TypeError for arguments or parts that are no JSON.
 */
export async function approvalDigest(call: ToolCall, policyDigest: string, expiresAt: number): Promise<string> {
  const { tool, definition, principal, conversation } = call
  const subject = plain({
    tool,
    definition,
    arguments: call.arguments,
    principal,
    conversation,
    policyDigest,
    expiresAt,
  })
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(subject))))
}

/** Hex SHA-256 of a policy as `shield.policy` has it. */
export async function policyDigestOf(policy: unknown): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(plain(policy)))))
}

/** What JSON makes of it: `undefined` left out, nothing shared. */
function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
