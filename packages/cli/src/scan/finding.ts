import type { RuleId } from './rules.data.ts'

/** The names are SARIF's. `note` is for a person who reads; it never fails a run by default. */
export const LEVELS = ['note', 'warning', 'error'] as const
export type Level = (typeof LEVELS)[number]

/** What a scanner reports: where, and in our words what. It has no field for the text that was found. */
export interface RawFinding {
  readonly rule: RuleId
  readonly level: Level
  /** UTF-16 offsets in the text of the file, half-open. */
  readonly start: number
  readonly end: number
  /** Our words; never a quotation. */
  readonly message: string
  /** What to do, when it differs from the rule's own advice. */
  readonly fix?: string
}

export interface ScanFinding {
  readonly rule: RuleId
  readonly level: Level
  /** Relative to the scanned folder, with `/`. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly message: string
  readonly fix: string
  /**
   * Stays the same while the line does: a digest of rule, file and the line *without* what was found, so that nobody can
   * guess a secret from a baseline.
   */
  readonly fingerprint: string
  /** Why it does not count, when a comment or the baseline says so. */
  readonly accepted?: Acceptance
}

export interface Acceptance {
  readonly by: 'comment' | 'baseline'
  readonly reason: string
}

/** A file that was not read, and why; shown, because an attacker chooses where to hide. */
export interface SkippedFile {
  readonly file: string
  readonly reason: string
}

export interface ScanReport {
  readonly root: string
  readonly filesScanned: number
  readonly skipped: readonly SkippedFile[]
  /** Those that count and those that were accepted, by file and line. */
  readonly findings: readonly ScanFinding[]
}

export function isAtLeastLevel(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least)
}
