import { approvalListSchema, approvalSchema, type ApprovalInfo } from '@sallyport/gateway/contract'
import type { GatewayClient } from './gateway-client.ts'

const PATH = '/admin/api/approvals'

/** Tool calls that wait for a person, and those that did; newest first. */
export async function listApprovals(client: GatewayClient, signal?: AbortSignal): Promise<readonly ApprovalInfo[]> {
  return approvalListSchema.parse(await (await client.send('GET', PATH, undefined, signal)).json()).approvals
}

export async function decideApproval(client: GatewayClient, id: string, approve: boolean): Promise<ApprovalInfo> {
  const response = await client.send('POST', `${PATH}/${encodeURIComponent(id)}`, { approve })
  return approvalSchema.parse(await response.json())
}
