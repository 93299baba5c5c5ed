import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LogProblem } from './log-report.ts'
import type { LogRecord } from './statements.ts'
import { SUBJECTS_FILE, SubjectKeys } from './subject-keys.ts'
import type { SealedSubject } from './subject-keys.ts'

const SUBJECT = /"subject":"([\w-]+)"/

/** What the keys of persons beside a log say of it. */
export interface SubjectFindings {
  readonly problems: readonly LogProblem[]
  readonly unknown: readonly string[]
}

/**
 * Whether the names in a log can be read wherever they were not erased. The keys of persons stand beside the chain, so
 * that they can be removed; one that is gone without a record of its erasure shows here.
 */
export class SubjectCheck {
  readonly #folder: string
  /** As they were before the records were read: one that is erased meanwhile is still in it. */
  readonly #before: SubjectKeys
  /** One sealed name of each person: the key opens all of them or none. */
  readonly #names = new Map<string, SealedSubject>()
  readonly #erased = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
    this.#before = new SubjectKeys(folder)
  }

  /** Looks at an event as it stands in a record. */
  see(event: string): void {
    const subject = SUBJECT.exec(event)?.[1]
    if (subject === undefined || this.#names.has(subject)) return
    const name = sealedIn(event)
    if (name !== undefined) this.#names.set(name.subject, name)
  }

  erased({ subject }: Extract<LogRecord, { type: 'log-erasure' }>): void {
    this.#erased.add(subject)
  }

  /** To be asked when all records were seen: the log may have got new persons since. */
  finish(): SubjectFindings {
    const keys = new SubjectKeys(this.#folder)
    const missing = [...this.#names.values()].filter(
      (name) =>
        !this.#erased.has(name.subject) && keys.open(name) === undefined && this.#before.open(name) === undefined,
    ).length
    const unfinished = [...this.#erased].filter((subject) => keys.has(subject)).length
    const problems: LogProblem[] = []
    if (unfinished > 0) {
      const message = `${unfinished} erased names can still be read: erase them again, the first time was not finished.`
      problems.push({ code: 'erasure-unfinished', message })
    }
    if (missing === 0) return { problems, unknown: [] }
    if (!existsSync(join(this.#folder, SUBJECTS_FILE))) {
      const message = `Who the ${missing} persons in it are: the keys of their names, ${SUBJECTS_FILE}, are not beside the log.`
      return { problems, unknown: [message] }
    }
    const message = `The names of ${missing} persons cannot be read, and no record says that they were erased.`
    return { problems: [...problems, { code: 'names-missing', message }], unknown: [] }
  }
}

function sealedIn(event: string): SealedSubject | undefined {
  try {
    const { actor } = JSON.parse(event) as { readonly actor?: { readonly user?: Partial<SealedSubject> } }
    const { subject, sealed } = actor?.user ?? {}
    return typeof subject === 'string' && typeof sealed === 'string' ? { subject, sealed } : undefined
  } catch {
    return undefined
  }
}
