import type { Dispatcher } from 'undici'
import { GatewayError } from '../gateway-error.ts'

/** Reason with which the gateway aborts a call whose overall time is over. */
export const OVERALL_TIMEOUT = Symbol('overall timeout')

/** Any fault of a call in our words. What the network or the upstream said stays inside: it may hold keys and addresses. */
export function toGatewayError(error: unknown, name: string, signal: AbortSignal): GatewayError {
  if (error instanceof GatewayError) return error
  if (signal.aborted && signal.reason !== OVERALL_TIMEOUT) {
    return new GatewayError('client_closed_request', 'The caller closed the connection.')
  }
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  if (signal.aborted || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return new GatewayError('upstream_timeout', `The upstream ${name} did not answer in time.`)
  }
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) {
    return new GatewayError('upstream_error', `The upstream ${name} cannot be reached.`)
  }
  return new GatewayError('upstream_error', `The connection to the upstream ${name} failed.`)
}

/** An answer with a status that is no success. Of its body only a known error code is read, never passed on as text. */
export async function upstreamStatusError(response: Dispatcher.ResponseData, name: string): Promise<GatewayError> {
  const status = response.statusCode
  const code = status === 400 ? await knownCode(response) : undefined
  if (code === undefined) await response.body.dump({ limit: 64 * 1024 }).catch(() => undefined)
  if (code === 'context_length_exceeded') {
    return new GatewayError('context_length_exceeded', "The request is longer than the model's context.", {
      param: 'messages',
    })
  }
  if (status === 400 || status === 413 || status === 422) {
    return new GatewayError('upstream_rejected', `The upstream ${name} rejected the request (status ${status}).`)
  }
  if (status === 404) return new GatewayError('model_not_found', `The upstream ${name} does not serve this model.`)
  if (status === 429) {
    const wait = response.headers['retry-after']
    const headers = typeof wait === 'string' && /^\d{1,6}$/.test(wait) ? { 'retry-after': wait } : {}
    return new GatewayError('rate_limit_exceeded', `The upstream ${name} is at its limit.`, { headers })
  }
  if (status === 408 || status === 504) {
    return new GatewayError('upstream_timeout', `The upstream ${name} did not answer in time.`)
  }
  if (status === 401 || status === 403) {
    return new GatewayError('upstream_error', `The upstream ${name} does not accept the gateway's key.`)
  }
  if (status >= 300 && status < 400) {
    return new GatewayError('upstream_error', `The upstream ${name} answered with a redirect, which is never followed.`)
  }
  return new GatewayError('upstream_error', `The upstream ${name} failed (status ${status}).`)
}

async function knownCode(response: Dispatcher.ResponseData): Promise<'context_length_exceeded' | undefined> {
  let text = ''
  try {
    for await (const piece of response.body as AsyncIterable<Buffer>) {
      text += piece.toString('latin1')
      if (text.length > 64 * 1024) {
        response.body.destroy()
        return undefined
      }
    }
    const body = JSON.parse(text) as { readonly error?: { readonly code?: unknown } }
    return body.error?.code === 'context_length_exceeded' ? 'context_length_exceeded' : undefined
  } catch {
    return undefined
  }
}
