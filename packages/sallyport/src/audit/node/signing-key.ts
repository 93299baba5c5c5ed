import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { canonicalJson } from '../../guard/canonical-json.ts'
import type { JsonValue } from '../../guard/canonical-json.ts'
import { AuditLogError } from './audit-log-error.ts'
import { replaceFile } from './file-layer.ts'
import type { FileLayer } from './file-layer.ts'

const PRIVATE = 'signing.key'
const PUBLIC = 'signing.pub'

export interface Signed<T> {
  readonly statement: T
  /** Ed25519 over the canonical JSON of the statement, base64url. */
  readonly signature: string
}

/** The key pair of an installation. */
export interface SigningKey {
  /** First 16 bytes of the SHA-256 of the public key, hex. */
  readonly id: string
  /** DER (SPKI), base64url. */
  readonly publicKey: string
  sign<T>(statement: T): Signed<T>
}

/** Loads the key pair of the folder; makes one (mode 0600) when `isNew`. */
export function loadSigningKey(files: FileLayer, folder: string, isNew: boolean): SigningKey {
  const stored = files.read(join(folder, PRIVATE))
  if (stored === undefined && !isNew) {
    throw new AuditLogError(
      'damaged',
      `${join(folder, PRIVATE)} is missing. Restore it from a backup, or move the folder away to begin a new log.`,
    )
  }
  const privateKey = stored === undefined ? generateKeyPairSync('ed25519').privateKey : createPrivateKey(stored)
  const publicKey = createPublicKey(privateKey)
  if (stored === undefined) {
    replaceFile(files, join(folder, PRIVATE), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
    replaceFile(files, join(folder, PUBLIC), publicKey.export({ type: 'spki', format: 'pem' }).toString())
  }
  const encoded = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url')
  return {
    id: keyId(encoded),
    publicKey: encoded,
    sign: (statement) => ({
      statement,
      signature: sign(null, bytesOf(statement), privateKey).toString('base64url'),
    }),
  }
}

/** The public key beside the log, if it can be read: DER (SPKI), base64url. */
export function readPublicKey(files: FileLayer, folder: string): string | undefined {
  const stored = files.read(join(folder, PUBLIC))
  try {
    return stored === undefined ? undefined : parsePublicKey(stored.toString('latin1'))
  } catch {
    return undefined
  }
}

/** Reads a public key in PEM; gives DER (SPKI) as base64url. */
export function parsePublicKey(pem: string): string {
  return createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64url')
}

export function keyId(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 32)
}

const parsedKeys = new Map<string, KeyObject>()

export function isSignedBy(publicKey: string, signed: Signed<unknown>): boolean {
  try {
    let key = parsedKeys.get(publicKey)
    if (key === undefined) {
      key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), type: 'spki', format: 'der' })
      parsedKeys.set(publicKey, key)
    }
    const signature = Buffer.from(signed.signature, 'base64url')
    // The last character of base64url has spare bits: only one way of writing a signature counts.
    return (
      signature.toString('base64url') === signed.signature && verify(null, bytesOf(signed.statement), key, signature)
    )
  } catch {
    return false
  }
}

// Statements are plain objects of strings and numbers.
function bytesOf(statement: unknown): Buffer {
  return Buffer.from(canonicalJson(statement as JsonValue))
}
