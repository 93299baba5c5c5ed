import { statSync } from 'node:fs'
import { join } from 'node:path'
import { SUBJECTS_FILE, SubjectKeys } from './subject-keys.ts'

const MAX_FOLDERS = 8
const known = new Map<string, { readonly state: string; readonly subjects: SubjectKeys }>()

/**
 * The keys of persons for reading a log. Read anew only when the file is another: with many persons that takes longer
 * than a search. An erasure puts a new file in its place, so a person who was erased is never shown from memory.
 */
export function knownSubjects(folder: string): Pick<SubjectKeys, 'find' | 'open'> {
  const state = stateOf(join(folder, SUBJECTS_FILE))
  const cached = known.get(folder)
  if (cached?.state === state) return cached.subjects
  const subjects = new SubjectKeys(folder)
  known.delete(folder)
  known.set(folder, { state, subjects })
  for (const oldest of known.keys()) if (known.size > MAX_FOLDERS) known.delete(oldest)
  return subjects
}

function stateOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? 'none' : `${stat.ino} ${stat.size} ${stat.mtimeNs}`
}
