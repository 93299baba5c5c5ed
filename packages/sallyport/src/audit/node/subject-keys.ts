import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { nodeFiles, replaceFile } from './file-layer.ts'
import type { AppendFile, FileLayer } from './file-layer.ts'

export const SUBJECTS_FILE = 'subjects.keys'

/** A person's name as the log holds it: readable only while the key with this id exists. */
export interface SealedSubject {
  readonly subject: string
  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, the rest; base64url. */
  readonly sealed: string
}

interface StoredKey {
  readonly id: string
  /** HMAC of the name: finds the key of a person without storing who that is. */
  readonly digest: string
  readonly key: string
}

/**
 * One key a person, in a file beside the log (mode 0600). Removing a person's key makes their name unreadable in all
 * records and leaves every byte, and so the chain, as it is.
 */
export class SubjectKeys {
  readonly #files: FileLayer
  readonly #folder: string
  readonly #byDigest = new Map<string, StoredKey>()
  readonly #byId = new Map<string, StoredKey>()
  #salt: string | undefined
  #file: AppendFile | undefined
  #unsynced = false
  /** The file may lack a part of what it should hold: it is written anew before anything is added. */
  #isTorn = false

  constructor(folder: string, files: FileLayer = nodeFiles) {
    this.#files = files
    this.#folder = folder
    this.#load()
  }

  /** Seals a name under the person's key; makes the key if there is none. */
  seal(name: string): SealedSubject {
    const { id, key } = this.#keyOf(name)
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), nonce)
    const sealed = Buffer.concat([cipher.update(name, 'utf8'), cipher.final()])
    return { subject: id, sealed: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url') }
  }

  /** The name; undefined when it was erased or altered. */
  open({ subject, sealed }: SealedSubject): string | undefined {
    const stored = this.#byId.get(subject)
    if (stored === undefined) return undefined
    try {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', Buffer.from(stored.key, 'base64url'), bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    } catch {
      return undefined
    }
  }

  /** The key of the person with this id is there. */
  has(subject: string): boolean {
    return this.#byId.has(subject)
  }

  /** The id under which a person stands in the log. */
  find(name: string): string | undefined {
    return this.#salt === undefined ? undefined : this.#byDigest.get(this.#digest(name))?.id
  }

  /** New keys must be safe before the records that need them: call before the log is synced. */
  sync(): void {
    if (!this.#unsynced) return
    if (this.#isTorn) return this.#rewrite()
    this.#tearing(() => this.#file?.sync())
    this.#unsynced = false
  }

  /** Forgets a person. */
  erase(name: string): void {
    const id = this.find(name)
    const stored = id === undefined ? undefined : this.#byId.get(id)
    if (stored === undefined) return
    this.#byId.delete(stored.id)
    this.#byDigest.delete(stored.digest)
    try {
      this.#rewrite()
    } catch (error) {
      // As the file has it, so that it can be asked for again.
      this.#remember(stored)
      throw error
    }
  }

  close(): void {
    this.#file?.close()
    this.#file = undefined
  }

  get #path(): string {
    return join(this.#folder, SUBJECTS_FILE)
  }

  #keyOf(name: string): StoredKey {
    if (this.#salt === undefined) {
      this.#salt = randomBytes(32).toString('base64url')
      this.#write({ salt: this.#salt })
      this.#files.syncFolder(this.#folder)
    }
    const digest = this.#digest(name)
    const known = this.#byDigest.get(digest)
    if (known !== undefined) return known
    const made = { id: randomBytes(9).toString('base64url'), digest, key: randomBytes(32).toString('base64url') }
    this.#write(made)
    this.#remember(made)
    return made
  }

  #write(line: Readonly<Record<string, string>>): void {
    if (this.#isTorn) this.#rewrite()
    this.#tearing(() => {
      this.#file ??= this.#files.open(this.#path)
      this.#file.write(Buffer.from(`${JSON.stringify(line)}\n`))
    })
    this.#unsynced = true
  }

  /** A write that fails may leave half a line, and after a failed sync nobody knows what reached the disk. */
  #tearing(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#isTorn = true
      throw error
    }
  }

  #digest(name: string): string {
    return createHmac('sha256', Buffer.from(this.#salt ?? '', 'base64url'))
      .update(name)
      .digest('base64url')
  }

  #remember(stored: StoredKey): void {
    this.#byDigest.set(stored.digest, stored)
    this.#byId.set(stored.id, stored)
  }

  #rewrite(): void {
    this.close()
    const lines = [{ salt: this.#salt }, ...this.#byId.values()].map((stored) => `${JSON.stringify(stored)}\n`)
    replaceFile(this.#files, this.#path, lines.join(''))
    this.#isTorn = false
    this.#unsynced = false
  }

  #load(): void {
    const content = this.#files.read(this.#path)?.toString('utf8')
    if (content === undefined) return
    for (const line of content.split('\n')) {
      const stored = parseLine(line)
      if (typeof stored?.salt === 'string') this.#salt = stored.salt
      if (stored?.id !== undefined && stored.digest !== undefined && stored.key !== undefined) {
        this.#remember({ id: stored.id, digest: stored.digest, key: stored.key })
      }
    }
    // A torn line at the end belongs to a key that no synced record uses; the next one must not stick to it.
    this.#isTorn = content !== '' && !content.endsWith('\n')
  }
}

function parseLine(line: string): (Partial<StoredKey> & { readonly salt?: string }) | undefined {
  try {
    return JSON.parse(line) as Partial<StoredKey> & { readonly salt?: string }
  } catch {
    return undefined
  }
}
