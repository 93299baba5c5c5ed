import { Random } from '../../training/random.ts'
import { familyOf } from '../../training/corpus.ts'
import { readFolder, type SourceRow } from '../../training/read-rows.ts'
import type { Head } from './injection-score.ts'

export interface SampledRow {
  readonly text: string
  readonly attack: boolean
  readonly head: Head
  readonly set: string
}

const DOCUMENT = /^(?:indirect_injection|benign_document|benign_structured|agent_instructions_benign)$/

/**
 * A few thousand rows of the data, the same each time: up to `perFamily` of each family, label and reading, and the
 * hard negatives of `dev/`, which nothing is trained on.
 */
export function sampleRows(data: string, perFamily: number): readonly SampledRow[] {
  const random = new Random(5)
  const groups = new Map<string, SampledRow[]>()
  const add = (row: SourceRow, set: string): void => {
    if (row.label === 'unlabelled' || row.text.length < 8 || row.text.length > 8_000) return
    const head = DOCUMENT.test(row.kind) ? 'document' : 'user'
    const key = `${set} ${row.label} ${head}`
    const list = groups.get(key) ?? []
    groups.set(key, list)
    list.push({ text: row.text, attack: row.label === 'malicious', head, set })
  }
  for (const folder of ['train', 'train-unclear-licence'] as const) {
    for (const row of readFolder(data, folder)) add(row, familyOf(row.file))
  }
  for (const row of readFolder(data, 'dev')) if (row.label === 'benign') add(row, `dev ${row.file}`)
  return [...groups.values()].flatMap((group) => random.sample(group, perFamily))
}
