import { pathToFileURL } from 'node:url'
import { version } from '../version.ts'
import type { ScanReport } from './finding.ts'
import { RULE_IDS, SCAN_RULES } from './rules.data.ts'
import { type SarifLog, sarifLog } from '../sarif.ts'

/** SARIF 2.1.0; accepted findings are there as suppressed, with their reasons. */
export function renderSarif({ root, findings, skipped }: ScanReport): SarifLog {
  return sarifLog({
    version,
    root: pathToFileURL(`${root}/`).href,
    rules: RULE_IDS.map((id) => ({
      id,
      title: SCAN_RULES[id].title,
      help: SCAN_RULES[id].fix,
      tags: SCAN_RULES[id].threats,
    })),
    results: findings.map((finding) => ({
      ruleId: finding.rule,
      level: finding.level,
      message: `${finding.message} ${finding.fix}`,
      location: {
        uri: finding.file,
        startLine: finding.line,
        startColumn: finding.column,
        endLine: finding.endLine,
        endColumn: finding.endColumn,
      },
      fingerprint: finding.fingerprint,
      ...(finding.accepted === undefined
        ? {}
        : {
            suppression: {
              kind: finding.accepted.by === 'comment' ? 'inSource' : 'external',
              justification: finding.accepted.reason,
            } as const,
          }),
    })),
    notes: skipped.map(({ file, reason }) => ({ uri: file, text: `Not read: ${reason}.` })),
  })
}
