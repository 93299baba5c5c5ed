import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Rows of a gzipped JSON Lines file. */
export function readRows<Row>(path: string): Row[] {
  return gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** The data folder named on the command line, or the one beside the repository. */
export function dataFolder(): string {
  const folder = process.argv[2] ?? join(import.meta.dirname, '../../../shared/data')
  if (!existsSync(join(folder, 'security')))
    throw new Error(`No measuring data at ${folder}; pass its folder as the argument.`)
  return folder
}

export interface BenignSet {
  readonly name: string
  readonly texts: readonly string[]
}

/** The benign rows of every training set, one set a file. */
export function readBenignSets(folder: string): BenignSet[] {
  const train = join(folder, 'injection/train')
  return readdirSync(train)
    .sort()
    .map((file) => ({
      name: file.replace('.jsonl.gz', ''),
      texts: readRows<{ text: string; label: string }>(join(train, file))
        .filter((row) => row.label === 'benign')
        .map((row) => row.text),
    }))
    .filter((set) => set.texts.length > 0)
}
