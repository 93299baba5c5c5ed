import type { Finding, Shield } from 'sallyport'
import type { RawFinding } from '../finding.ts'
import type { TextFile } from '../text-file.ts'

/** Looks at one file. */
export type Scanner = (file: TextFile) => Promise<readonly RawFinding[]> | readonly RawFinding[]

/** What a guard finds in a text of a file; a text that cannot be judged within its budget throws. */
export async function guardFindings(shield: Shield, text: string): Promise<readonly Finding[]> {
  const { findings, decision } = await shield.check({ text, stage: 'retrieval', origin: 'retrieved' })
  if (decision.kind === 'deny' && findings.length === 0) throw new Error('The text costs more than the scan may spend.')
  return findings
}

/** Characters that the views of one file may amount to: generous, since no caller waits for an answer. */
export const SCAN_WORK = 1_000_000_000
