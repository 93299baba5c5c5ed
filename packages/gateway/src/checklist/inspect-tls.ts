import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'

export interface TlsReport {
  readonly protocol: string
  readonly cipher: string
  readonly authorized: boolean
  /** Node's code for why it is not trusted, e.g. `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly reason: string
  /** Milliseconds since the epoch. */
  readonly validTo: number
  readonly keyType: string | undefined
  readonly keyBits: number | undefined
  /** Versions below 1.2 that the server accepts. */
  readonly old: readonly string[]
  /** A cipher that hides nothing or little, or knows nobody, which the server accepts. */
  readonly weakCipher: string | undefined
}

/** Level 0 lets our own side offer what it would refuse to offer by itself. */
const ANYTHING = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
// RC4, DES and export ciphers are not even built into Node's OpenSSL any more.
const WEAK_CIPHERS = 'aNULL:eNULL@SECLEVEL=0'

/** Shakes hands as an ordinary client would, then with what nobody should accept any more. */
export async function inspectTls(url: URL): Promise<TlsReport> {
  const socket = await handshake(url, {}).catch(() => handshake(url, ANYTHING))
  const certificate = new X509Certificate(socket.getPeerCertificate().raw)
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
  const report = {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    authorized: socket.authorized,
    reason: String(
      (socket.authorizationError as unknown as { code?: string } | null)?.code ?? socket.authorizationError ?? '',
    ),
    validTo: Date.parse(certificate.validTo),
    keyType: asymmetricKeyType,
    keyBits: asymmetricKeyDetails?.modulusLength,
  }
  socket.destroy()
  const old: string[] = []
  for (const version of ['TLSv1', 'TLSv1.1'] as const) {
    if ((await cipherOf(url, { ...ANYTHING, minVersion: version, maxVersion: version })) !== undefined)
      old.push(version)
  }
  const weakCipher = await cipherOf(url, { maxVersion: 'TLSv1.2', ciphers: WEAK_CIPHERS })
  return { ...report, old, weakCipher }
}

/** What is agreed on when this is offered; undefined when the server, or our own side, refuses. */
async function cipherOf(url: URL, options: ConnectionOptions): Promise<string | undefined> {
  const socket = await handshake(url, options).catch(() => undefined)
  const name = socket?.getCipher().name
  socket?.destroy()
  return name
}

function handshake(url: URL, options: ConnectionOptions): Promise<TLSSocket> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    // Throws when our own side knows none of the ciphers: the same as a refusal.
    const socket = connect(
      // What is not trusted is looked at, not used: nothing is sent.
      {
        host,
        port: Number(url.port || 443),
        rejectUnauthorized: false,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...options,
      },
      () => resolve(socket),
    )
    socket.setTimeout(10_000, () => socket.destroy(new Error('The TLS handshake took too long.')))
    socket.once('error', reject)
  })
}
