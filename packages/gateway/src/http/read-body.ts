import type { IncomingMessage } from 'node:http'
import { GatewayError } from '../gateway-error.ts'

export interface BodyLimits {
  readonly maxBodyBytes: number
  readonly bodyTimeoutMs: number
}

/**
 * Reads a request body within its limits: from the socket's stream when there is one (no web streams on the hot path),
 * else from the `Request`.
 *
 * @throws GatewayError `request_too_large`, `request_timeout`, `unsupported_media_type` or `client_closed_request`.
 */
export async function readBody(
  request: Request,
  incoming: IncomingMessage | undefined,
  limits: BodyLimits,
): Promise<Buffer> {
  const length = request.headers.get('content-length')
  if (length !== null && Number(length) > limits.maxBodyBytes) throw tooLarge(limits)
  const encoding = request.headers.get('content-encoding')
  // A small compressed body can be a huge one, and a gate must see what the upstream would see.
  if (encoding !== null && encoding !== 'identity') {
    throw new GatewayError('unsupported_media_type', 'Compressed request bodies are not accepted.')
  }
  return incoming === undefined ? readWeb(request, limits) : readIncoming(incoming, limits)
}

/** Also refuses what no JSON body is: forms can be sent across origins without asking. */
export function requireJson(request: Request): void {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json(?:\s*;\s*charset=["']?utf-8["']?)?\s*$/i.test(type)) {
    throw new GatewayError('unsupported_media_type', 'The body must be application/json in UTF-8.')
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** @throws GatewayError `invalid_encoding`. Replacement characters would make the gate read another text. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new GatewayError('invalid_encoding', 'The body is not valid UTF-8.')
  }
}

function readIncoming(incoming: IncomingMessage, limits: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => {
      stop(
        new GatewayError('request_timeout', `The body did not arrive within ${limits.bodyTimeoutMs} ms.`, {
          headers: { connection: 'close' },
        }),
      )
    }, limits.bodyTimeoutMs)
    const stop = (error?: GatewayError): void => {
      clearTimeout(timer)
      incoming.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
      if (error === undefined) {
        resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces))
        return
      }
      incoming.on('error', () => undefined)
      reject(error)
    }
    const onData = (piece: Buffer): void => {
      size += piece.length
      if (size > limits.maxBodyBytes) stop(tooLarge(limits))
      else pieces.push(piece)
    }
    const onEnd = (): void => stop()
    const onClose = (): void => stop(new GatewayError('client_closed_request', 'The caller closed the connection.'))
    incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}

async function readWeb(request: Request, limits: BodyLimits): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  if (request.body === null) return Buffer.alloc(0)
  for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += piece.length
    if (size > limits.maxBodyBytes) throw tooLarge(limits)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function tooLarge(limits: BodyLimits): GatewayError {
  return new GatewayError('request_too_large', `The body is larger than ${limits.maxBodyBytes} bytes.`, {
    headers: { connection: 'close' },
  })
}
