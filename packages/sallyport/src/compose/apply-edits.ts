import type { Edit } from '../guard/finding.ts'

/** An edit with the rank that decides whose replacement stands when edits overlap. */
export interface RankedEdit extends Edit {
  readonly rank: number
}

/**
 * Unites overlapping edits: the united edit spans them all and carries the replacement of the highest rank (then the
 * longest, then the first), so that nothing of any matched span survives. Sorted by start.
 */
export function uniteEdits(edits: readonly RankedEdit[]): RankedEdit[] {
  const sorted = edits.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const united: RankedEdit[] = []
  for (const edit of sorted) {
    const last = united.at(-1)
    if (!last || edit.start >= last.end) {
      united.push(edit)
      continue
    }
    const leading = leads(edit, last) ? edit : last
    united[united.length - 1] = { ...leading, start: last.start, end: Math.max(last.end, edit.end) }
  }
  return united
}

function leads(edit: RankedEdit, over: RankedEdit): boolean {
  return edit.rank > over.rank || (edit.rank === over.rank && edit.end - edit.start > over.end - over.start)
}

/** Applies non-overlapping edits, sorted by start, to the text. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const { start, end, replacement } of edits) {
    result += text.slice(at, start) + replacement
    at = end
  }
  return result + text.slice(at)
}
