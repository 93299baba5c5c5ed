import type { Approval } from 'sallyport'
import { decideApprovalRequestSchema, redeemRequestSchema } from '../contract.ts'
import type { ApprovalInfo, ApprovalList, RedeemResult } from '../contract.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { parseWith, readJson } from './read-json.ts'

/** `GET /admin/api/approvals`: tool calls that wait for a person, and those that did. */
export async function listApprovals(exchange: Exchange, services: Services): Promise<Response> {
  const own = ownerOf(exchange, services)
  const approvals = (await services.approvals.list()).map((approval) => info(approval, own))
  return jsonResponse(exchange.requestId, 200, { approvals } satisfies ApprovalList)
}

/** `POST /admin/api/approvals/:id`: a person answers, but never their own question. */
export async function decideApproval(exchange: Exchange, services: Services): Promise<Response> {
  const { approve } = parseWith(decideApprovalRequestSchema, await readJson(exchange, services))
  const owner = ownerOf(exchange, services)
  const approver = { key: owner, ...(exchange.principal === undefined ? {} : { role: exchange.principal.role }) }
  const answer = await services.approvals.decide(exchange.params['id'] ?? '', { approve, approver })
  record(exchange, services, answer.ok, answer.ok ? (approve ? 'approved' : 'denied') : answer.reason)
  if (answer.ok) return jsonResponse(exchange.requestId, 200, info(answer.approval, owner))
  switch (answer.reason) {
    case 'unknown':
    case 'expired':
      throw new GatewayError('approval_not_found', 'Nothing with this id waits for an answer.')
    case 'own-request':
      throw new GatewayError('own_approval', 'The call was asked for with your own key: somebody else has to decide.')
    case 'decided':
      throw new GatewayError('approval_decided', 'It was answered already.')
    default:
      return answer.reason satisfies never
  }
}

/** `POST /v1/approvals/redeem`: what came of a pending result; the approved call, once, to the key that asked. */
export async function redeemApproval(exchange: Exchange, services: Services): Promise<Response> {
  const { token } = parseWith(redeemRequestSchema, await readJson(exchange, services))
  const waiting = await services.approvals.read(token)
  if (waiting === undefined || waiting.requester.key !== ownerOf(exchange, services)) {
    throw new GatewayError('approval_not_found', 'There is no such pending result, or its time is over.')
  }
  const answer = await services.approvals.redeem(token)
  const respond = (result: RedeemResult): Response => jsonResponse(exchange.requestId, 200, result)
  if (!answer.ok) {
    const { reason } = answer
    if (reason === 'pending' || reason === 'denied' || reason === 'used') return respond({ status: reason })
    throw new GatewayError('approval_not_found', 'There is no such pending result, or its time is over.')
  }
  const { tool, arguments: args } = answer.approval
  record(exchange, services, true, 'handed out')
  return respond({ status: 'approved', call: { tool, arguments: args } })
}

function ownerOf({ principal }: Exchange, services: Services): string {
  return principal === undefined ? '' : services.keys.ownerOf(principal.keyId)
}

function record(exchange: Exchange, services: Services, ok: boolean, what: string): void {
  services.events.record({
    type: 'authz',
    severity: ok ? 'info' : 'medium',
    outcome: ok ? 'success' : 'failure',
    stage: 'tool-call',
    ...eventOrigin(exchange),
    detail: `approval of a tool call: ${what.replaceAll('-', ' ')}`,
  })
}

function info(approval: Approval, owner: string): ApprovalInfo {
  const { id, tool, requester, reason, codes, sources, state, approver, decidedAt } = approval
  return {
    id,
    tool,
    arguments: approval.arguments,
    requester,
    reason,
    codes: [...codes],
    sources: sources.map((source) => ({ ...source })),
    state,
    createdAt: new Date(approval.createdAt).toISOString(),
    expiresAt: new Date(approval.expiresAt).toISOString(),
    ...(approver === undefined ? {} : { approver }),
    ...(decidedAt === undefined ? {} : { decidedAt: new Date(decidedAt).toISOString() }),
    own: requester.key === owner,
  }
}
