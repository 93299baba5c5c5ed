import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from './make-folder.ts'

/** A file that grows at its end. */
export interface AppendFile {
  write(bytes: Uint8Array): void
  /** Returns once what was written survives a loss of power. */
  sync(): void
  truncate(size: number): void
  close(): void
}

/** What the log asks of a file system. A parameter, so that a test can lose whatever was not synced. */
export interface FileLayer {
  makeFolder(path: string): void
  list(path: string): readonly string[]
  /** Undefined when there is no such file. */
  read(path: string): Buffer | undefined
  /** Opens for appending; makes the file, readable by its owner alone, when it is missing. */
  open(path: string): AppendFile
  rename(from: string, to: string): void
  remove(path: string): void
  /** Makes what was created, renamed and removed in the folder survive a loss of power. */
  syncFolder(path: string): void
}

export const nodeFiles: FileLayer = {
  makeFolder: (path) => makeFolder(path),
  list: (path) => readdirSync(path),
  read: (path) => {
    try {
      return readFileSync(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  },
  open: (path) => {
    const file = openSync(path, 'a', 0o600)
    return {
      write: (bytes) => {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
      },
      sync: () => fdatasyncSync(file),
      truncate: (size) => ftruncateSync(file, size),
      close: () => closeSync(file),
    }
  },
  rename: renameSync,
  remove: unlinkSync,
  syncFolder: (path) => {
    // Windows cannot open a folder; there renames are durable by themselves.
    if (process.platform === 'win32') return
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  },
}

/** Replaces a file so that after a crash there is the old or the new content, never a part of one. */
export function replaceFile(files: FileLayer, path: string, content: string | Uint8Array): void {
  const aside = `${path}.new`
  if (files.read(aside) !== undefined) files.remove(aside)
  const file = files.open(aside)
  try {
    file.write(typeof content === 'string' ? Buffer.from(content) : content)
    file.sync()
  } finally {
    file.close()
  }
  files.rename(aside, path)
  files.syncFolder(dirname(path))
}
