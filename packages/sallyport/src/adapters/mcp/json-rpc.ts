/** Messages of JSON-RPC 2.0, read by what they hold: they come from outside. */
export type Json = Readonly<Record<string, unknown>>
export type RequestId = string | number

export interface RpcRequest {
  readonly jsonrpc: '2.0'
  readonly id: RequestId
  readonly method: string
  readonly params?: Json
}

export interface RpcNotification {
  readonly jsonrpc: '2.0'
  readonly method: string
  readonly params?: Json
}

export interface RpcResult {
  readonly jsonrpc: '2.0'
  readonly id: RequestId
  readonly result: Json
}

export interface RpcError {
  readonly jsonrpc: '2.0'
  readonly id?: RequestId | undefined
  readonly error: { readonly code: number; readonly message: string; readonly data?: unknown }
}

export type RpcMessage = RpcRequest | RpcNotification | RpcResult | RpcError

/** Codes of JSON-RPC, and one of ours: a gate said no. */
export const RPC = {
  methodNotFound: -32_601,
  internal: -32_603,
  refused: -32_010,
  timeout: -32_001,
  busy: -32_011,
} as const

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isRequest(message: RpcMessage): message is RpcRequest {
  return 'method' in message && 'id' in message
}

export function isNotification(message: RpcMessage): message is RpcNotification {
  return 'method' in message && !('id' in message)
}

export function isResult(message: RpcMessage): message is RpcResult {
  return 'result' in message
}

export function errorFor(id: RequestId, code: number, message: string): RpcError {
  return { jsonrpc: '2.0', id, error: { code, message } }
}
