import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A text of the data sets; `file` is the set it came from. */
export interface SourceRow {
  readonly text: string
  readonly label: 'malicious' | 'benign' | 'unlabelled'
  readonly kind: string
  readonly lang: string
  readonly file: string
  /** Where the set took the row from. */
  readonly source?: string
  readonly encoding?: string
  readonly plain?: string
}

/** All rows of one folder of `injection/`, file by file in order of their names. */
export function readFolder(dataFolder: string, folder: 'train' | 'train-unclear-licence' | 'dev'): SourceRow[] {
  const path = join(dataFolder, 'injection', folder)
  if (!existsSync(path)) throw new Error(`No data at ${path}; pass its folder with --data.`)
  return readdirSync(path)
    .filter((name) => name.endsWith('.jsonl.gz'))
    .sort()
    .flatMap((name) => {
      const file = name.replace('.jsonl.gz', '')
      return gunzipSync(readFileSync(join(path, name)))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => ({ ...(JSON.parse(line) as SourceRow), file }))
    })
}
