import { dirname } from 'node:path'
import type { FileLayer } from '../file-layer.ts'

interface Inode {
  content: Buffer
  synced: Buffer
}

export interface VolatileOptions {
  /** A disk that promises and does not keep it. Default true. */
  readonly keepsPromises?: boolean
}

/**
 * A file system in memory that loses, when the power goes, everything that was not synced: bytes of a file that were not
 * synced, and names in a folder that was not.
 */
export class VolatileFiles implements FileLayer {
  #live = new Map<string, Inode>()
  #durable = new Map<string, Inode>()
  readonly #keepsPromises: boolean
  /** Bytes that may still be written before the disk is full. */
  room = Number.POSITIVE_INFINITY
  /** Files cannot be replaced. */
  refusesRename = false

  constructor(options: VolatileOptions = {}) {
    this.#keepsPromises = options.keepsPromises ?? true
  }

  /** The power goes. `kept` says how much of the unsynced end of each file reached the disk all the same (0 to 1). */
  losePower(kept = 0): void {
    for (const inode of new Set([...this.#live.values(), ...this.#durable.values()])) {
      const unsynced = Math.max(0, inode.content.length - inode.synced.length)
      const isAppended = inode.content.subarray(0, inode.synced.length).equals(inode.synced)
      inode.content = isAppended
        ? Buffer.from(inode.content.subarray(0, inode.synced.length + Math.floor(unsynced * kept)))
        : Buffer.from(inode.synced)
      inode.synced = inode.content
    }
    this.#live = new Map(this.#durable)
  }

  /** What a loss of power would leave now, if of the files that are `flushed` also the unsynced end reached the disk. */
  survivors(flushed: (path: string) => boolean): readonly (readonly [path: string, content: Buffer])[] {
    return [...this.#durable].map(([path, { content, synced }]) => [path, flushed(path) ? content : synced])
  }

  makeFolder(): void {
    // Folders are only prefixes here.
  }

  list(path: string): readonly string[] {
    return [...this.#live.keys()].filter((file) => dirname(file) === path).map((file) => file.slice(path.length + 1))
  }

  read(path: string): Buffer | undefined {
    return this.#live.get(path)?.content
  }

  open(path: string) {
    let inode = this.#live.get(path)
    if (inode === undefined) this.#live.set(path, (inode = { content: Buffer.alloc(0), synced: Buffer.alloc(0) }))
    const file = inode
    return {
      write: (bytes: Uint8Array) => {
        const taken = Math.min(bytes.length, this.room)
        this.room -= taken
        file.content = Buffer.concat([file.content, bytes.subarray(0, taken)])
        if (taken < bytes.length) throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' })
      },
      sync: () => {
        if (this.#keepsPromises) file.synced = Buffer.from(file.content)
      },
      truncate: (size: number) => {
        file.content = Buffer.from(file.content.subarray(0, size))
      },
      close: () => undefined,
    }
  }

  rename(from: string, to: string): void {
    const inode = this.#live.get(from)
    if (inode === undefined || this.refusesRename) throw Object.assign(new Error('No such file.'), { code: 'ENOENT' })
    this.#live.delete(from)
    this.#live.set(to, inode)
  }

  remove(path: string): void {
    this.#live.delete(path)
  }

  syncFolder(path: string): void {
    for (const file of this.#durable.keys())
      if (dirname(file) === path && !this.#live.has(file)) this.#durable.delete(file)
    for (const [file, inode] of this.#live) if (dirname(file) === path) this.#durable.set(file, inode)
  }

  /** All files, to be looked at by what reads a real disk. */
  entries(): readonly (readonly [path: string, content: Buffer])[] {
    return [...this.#live].map(([path, { content }]) => [path, content])
  }
}
