import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:https'
import type { TlsConfig } from '../config/exposure-config.ts'
import { ConfigurationError } from '../configuration-error.ts'
import type { EventBus } from '../events/event-bus.ts'

export interface TlsFiles {
  readonly cert: string
  readonly key: string
  /** Tells one pair from another. */
  readonly digest: string
}

/**
 * Reads certificate and key and makes sure that they belong together and are in date.
 *
 * @throws ConfigurationError that names the file; never anything in it.
 */
export function readTlsFiles({ cert: certFile, key: keyFile }: TlsConfig, now = Date.now()): TlsFiles {
  const cert = readFile(certFile, 'certificate')
  const key = readFile(keyFile, 'private key')
  const certificate = parsed(() => new X509Certificate(cert), `${certFile} holds no certificate in PEM form.`)
  const privateKey = parsed(
    () => createPrivateKey(key),
    `${keyFile} holds no private key in PEM form without a passphrase.`,
  )
  if (!certificate.checkPrivateKey(privateKey))
    throw new ConfigurationError(`The key in ${keyFile} does not belong to the certificate in ${certFile}.`)
  if (Date.parse(certificate.validTo) <= now)
    throw new ConfigurationError(`The certificate in ${certFile} has expired.`)
  return { cert, key, digest: createHash('sha256').update(cert).update(key).digest('hex') }
}

/**
 * Looks at the files every so often and takes a new pair for new connections; those that are open go on. A pair that does
 * not fit (half written, expired) is reported once and the old one stays. The returned function ends it.
 */
export function followTlsFiles(server: Server, config: TlsConfig, start: TlsFiles, events: EventBus): () => void {
  let current = start.digest
  let isBroken = false
  const timer = setInterval(() => {
    try {
      const files = readTlsFiles(config)
      isBroken = false
      if (files.digest === current) return
      server.setSecureContext({ ...TLS_OPTIONS, cert: files.cert, key: files.key })
      current = files.digest
      events.record({
        type: 'config-change',
        severity: 'info',
        outcome: 'success',
        detail: 'the TLS certificate was replaced',
      })
    } catch (error) {
      if (isBroken) return
      isBroken = true
      const detail = `the TLS certificate was not replaced: ${error instanceof ConfigurationError ? error.message : 'it cannot be used'}`
      events.record({ type: 'degraded', severity: 'high', detail })
    }
  }, config.reloadSeconds * 1_000)
  timer.unref()
  return () => clearInterval(timer)
}

/** TLS 1.2 with forward secrecy, and 1.3 (RFC 9325). */
export const TLS_OPTIONS = {
  minVersion: 'TLSv1.2',
  ciphers:
    'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!eNULL',
  honorCipherOrder: true,
  ALPNProtocols: ['http/1.1'],
} as const

function readFile(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new ConfigurationError(`The ${what} ${path} (gateway.listen.tls) cannot be read: ${code}.`, { cause })
  }
}

function parsed<Value>(parse: () => Value, message: string): Value {
  try {
    return parse()
  } catch {
    // The engine's error may quote the file.
    throw new ConfigurationError(message)
  }
}
