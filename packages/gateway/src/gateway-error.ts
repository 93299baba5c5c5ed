/** Every code a refused or failed request can carry, with its HTTP status and OpenAI error type. One row, one meaning. */
export const ERROR_TABLE = {
  invalid_json: { status: 400, type: 'invalid_request_error' },
  invalid_encoding: { status: 400, type: 'invalid_request_error' },
  invalid_type: { status: 400, type: 'invalid_request_error' },
  invalid_value: { status: 400, type: 'invalid_request_error' },
  unknown_parameter: { status: 400, type: 'invalid_request_error' },
  missing_required_parameter: { status: 400, type: 'invalid_request_error' },
  duplicate_key: { status: 400, type: 'invalid_request_error' },
  confusable_key: { status: 400, type: 'invalid_request_error' },
  forbidden_key: { status: 400, type: 'invalid_request_error' },
  too_deep: { status: 400, type: 'invalid_request_error' },
  unsupported_parameter: { status: 400, type: 'invalid_request_error' },
  content_filter: { status: 400, type: 'invalid_request_error' },
  upstream_rejected: { status: 400, type: 'invalid_request_error' },
  context_length_exceeded: { status: 400, type: 'invalid_request_error' },
  invalid_api_key: { status: 401, type: 'invalid_request_error' },
  insufficient_permissions: { status: 403, type: 'invalid_request_error' },
  own_approval: { status: 403, type: 'invalid_request_error' },
  invalid_csrf_token: { status: 403, type: 'invalid_request_error' },
  host_not_allowed: { status: 403, type: 'invalid_request_error' },
  origin_not_allowed: { status: 403, type: 'invalid_request_error' },
  model_not_found: { status: 404, type: 'invalid_request_error' },
  key_not_found: { status: 404, type: 'invalid_request_error' },
  approval_not_found: { status: 404, type: 'invalid_request_error' },
  unknown_url: { status: 404, type: 'invalid_request_error' },
  method_not_allowed: { status: 405, type: 'invalid_request_error' },
  request_timeout: { status: 408, type: 'invalid_request_error' },
  key_in_use: { status: 409, type: 'invalid_request_error' },
  approval_decided: { status: 409, type: 'invalid_request_error' },
  request_too_large: { status: 413, type: 'invalid_request_error' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error' },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error' },
  client_closed_request: { status: 499, type: 'invalid_request_error' },
  internal_error: { status: 500, type: 'server_error' },
  upstream_error: { status: 502, type: 'server_error' },
  storage_unavailable: { status: 503, type: 'server_error' },
  overloaded: { status: 503, type: 'server_error' },
  upstream_timeout: { status: 504, type: 'server_error' },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly type: string }>>

export type GatewayErrorCode = keyof typeof ERROR_TABLE

export interface GatewayErrorDetails {
  /** Where in the request, in OpenAI's notation: `messages[0].content`. */
  readonly param?: string
  /** `guard/code` of the rule that refused. */
  readonly rule?: string
  /** Why it was refused, in our words. */
  readonly reason?: string
  /** Response headers that belong to the error, e.g. `allow` or `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
  /** Milliseconds the answer waits before it is sent. Default 0. */
  readonly holdMs?: number
}

/** A request that ends with an error answer. The message is ours: it never quotes an upstream, a secret or matched text. */
export class GatewayError extends Error {
  readonly code: GatewayErrorCode
  readonly details: GatewayErrorDetails

  constructor(code: GatewayErrorCode, message: string, details: GatewayErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'GatewayError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return ERROR_TABLE[this.code].status
  }
}

/** The error as OpenAI clients read it, with our rule, reason and request id beside their fields. */
export function errorBody(
  error: GatewayError,
  requestId: string,
): { readonly error: Readonly<Record<string, unknown>> } {
  return {
    error: {
      message: error.message,
      type: ERROR_TABLE[error.code].type,
      param: error.details.param ?? null,
      code: error.code,
      ...(error.details.rule === undefined ? {} : { rule: error.details.rule }),
      ...(error.details.reason === undefined ? {} : { reason: error.details.reason }),
      request_id: requestId,
    },
  }
}
