import { z } from 'zod'
import type { Advisory } from './context.ts'

const severity = z.enum(['info', 'low', 'moderate', 'high', 'critical'])
/** `npm audit --json` of npm 7 and later. */
const npmAudit = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ name: z.string(), severity })),
})
/** `osv-scanner --format json`. */
const osv = z.object({
  results: z.array(
    z.object({
      packages: z.array(
        z.object({
          package: z.object({ name: z.string() }),
          groups: z.array(z.object({ max_severity: z.string().optional() })).optional(),
        }),
      ),
    }),
  ),
})

/** @throws Error in our words when it is neither `npm audit --json` nor the JSON of osv-scanner. */
export function parseAdvisories(text: string): readonly Advisory[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('it is no JSON')
  }
  const npm = npmAudit.safeParse(value)
  if (npm.success) {
    return Object.values(npm.data.vulnerabilities).flatMap(({ name, severity: grade }): Advisory[] =>
      grade === 'info' ? [] : [{ name: nameOf(name), severity: grade }],
    )
  }
  const scanned = osv.safeParse(value)
  if (!scanned.success)
    throw new Error('it is neither the output of "npm audit --json" nor of "osv-scanner --format json"')
  return scanned.data.results.flatMap(({ packages }) =>
    packages.map(({ package: { name }, groups = [] }) => ({
      name: nameOf(name),
      severity: gradeOf(Math.max(...groups.map(({ max_severity }) => Number(max_severity ?? 10)), 0)),
    })),
  )
}

/** CVSS 3.1, table 14. */
function gradeOf(score: number): Advisory['severity'] {
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'moderate' : 'low'
}

/** A name from a file is shown: nothing but what a package name may have. */
function nameOf(name: string): string {
  return name.replace(/[^\w@/.:-]/g, '?').slice(0, 214)
}
