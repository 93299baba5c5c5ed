import { z } from 'zod'
import type { Advisory, InstalledPackage } from './context.ts'

const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
})
/** The Open Source Vulnerability format (https://ossf.github.io/osv-schema/), as far as it is read here. */
export const osvRecord = z.object({
  id: z.string(),
  withdrawn: z.string().optional(),
  affected: z.array(
    z.object({
      package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
      ranges: z.array(z.object({ type: z.string(), events: z.array(event) })).optional(),
      versions: z.array(z.string()).optional(),
    }),
  ),
  severity: z.array(z.object({ type: z.string(), score: z.string() })).optional(),
  database_specific: z.object({ severity: z.string().optional() }).optional(),
})
export type OsvRecord = z.infer<typeof osvRecord>

/** What of the installed packages the records name, one entry a package, version and record. */
export function matchOsv(records: readonly OsvRecord[], installed: readonly InstalledPackage[]): readonly Advisory[] {
  const byName = new Map<string, InstalledPackage[]>()
  for (const each of installed) {
    const key = keyOf(each.ecosystem, each.name)
    byName.set(key, [...(byName.get(key) ?? []), each])
  }
  const found = new Map<string, Advisory>()
  for (const record of records) {
    if (record.withdrawn !== undefined) continue
    for (const { package: named, ranges = [], versions = [] } of record.affected) {
      if (named === undefined) continue
      for (const { name, version } of byName.get(keyOf(named.ecosystem, named.name)) ?? []) {
        const isHit =
          versions.includes(version) || ranges.some(({ type, events }) => type !== 'GIT' && isInRange(version, events))
        if (isHit)
          found.set(`${name}@${version} ${record.id}`, { name, version, id: record.id, severity: severityOf(record) })
      }
    }
  }
  return [...found.values()]
}

/** PyPI takes `Foo.Bar` and `foo-bar` for the same (PEP 503). */
function keyOf(ecosystem: string, name: string): string {
  return ecosystem === 'PyPI' ? `PyPI ${name.toLowerCase().replace(/[-_.]+/g, '-')}` : `${ecosystem} ${name}`
}

/** The events of a range, in order, switch "affected" on and off. */
function isInRange(version: string, events: readonly z.infer<typeof event>[]): boolean {
  let isAffected = false
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined && (introduced === '0' || compareVersions(version, introduced) >= 0)) isAffected = true
    if (fixed !== undefined && compareVersions(version, fixed) >= 0) isAffected = false
    if (last !== undefined && compareVersions(version, last) > 0) isAffected = false
  }
  return isAffected
}

/** Semantic Versioning 2.0, section 11; `1.2rc1` of Python is read as `1.2-rc.1`, `1.2.post1` as later than `1.2`. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [partsOf(left), partsOf(right)]
  return compareLists(a.release, b.release, 0) || comparePre(a.pre, b.pre)
}

function partsOf(version: string): {
  readonly release: readonly (number | string)[]
  readonly pre: readonly (number | string)[]
} {
  const [, release = '', rest = ''] = /^v?(\d+(?:\.\d+)*)([^+]*)/.exec(version) ?? []
  const pre = rest.match(/[A-Za-z]+|\d+/g) ?? []
  const numbered = pre.map((part) => (/^\d/.test(part) ? Number(part) : part.toLowerCase()))
  const isPost = numbered[0] === 'post'
  return {
    release: [...release.split('.').map(Number), ...(isPost ? [0, 0, 0, 0, 1] : [])],
    pre: isPost ? [] : numbered,
  }
}

function comparePre(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length === 0 ? 0 : a.length === 0 ? 1 : -1
  return compareLists(a, b, '')
}

function compareLists(
  a: readonly (number | string)[],
  b: readonly (number | string)[],
  missing: number | string,
): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [left, right] = [a[at] ?? missing, b[at] ?? missing]
    if (left === right) continue
    if (typeof left === typeof right) return left < right ? -1 : 1
    // Numbers come before words; what is missing before both.
    return left === '' || (right !== '' && typeof left === 'number') ? -1 : 1
  }
  return 0
}

const GRADES: Readonly<Record<string, Advisory['severity']>> = {
  LOW: 'low',
  MODERATE: 'moderate',
  MEDIUM: 'moderate',
  HIGH: 'high',
  CRITICAL: 'critical',
}

/** The database's own grade, or that of its CVSS 3 vector. What nobody graded counts as serious. */
function severityOf({ database_specific: own, severity = [] }: OsvRecord): Advisory['severity'] {
  const graded = GRADES[own?.severity?.toUpperCase() ?? '']
  if (graded !== undefined) return graded
  const scores = severity.map(({ score }) => cvss3(score)).filter((score) => score !== undefined)
  return scores.length === 0 ? 'high' : gradeOf(Math.max(...scores))
}

/** CVSS 3.1, table 14. */
export function gradeOf(score: number): Advisory['severity'] {
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'moderate' : 'low'
}

const WEIGHTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  C: { H: 0.56, L: 0.22, N: 0 },
  I: { H: 0.56, L: 0.22, N: 0 },
  A: { H: 0.56, L: 0.22, N: 0 },
}

/** The base score of a CVSS 3 vector (CVSS 3.1, section 7.1). Undefined for other vectors. */
export function cvss3(vector: string): number | undefined {
  if (!/^CVSS:3\.[01]\//.test(vector)) return undefined
  const metrics = new Map(
    vector
      .split('/')
      .slice(1)
      .map((part) => part.split(':') as [string, string]),
  )
  const weight = (metric: string): number => WEIGHTS[metric]?.[metrics.get(metric) ?? ''] ?? Number.NaN
  const isChanged = metrics.get('S') === 'C'
  const privileges =
    { N: 0.85, L: isChanged ? 0.68 : 0.62, H: isChanged ? 0.5 : 0.27 }[metrics.get('PR') ?? ''] ?? Number.NaN
  const base = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'))
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base
  const sum = impact + 8.22 * weight('AV') * weight('AC') * privileges * weight('UI')
  if (Number.isNaN(sum)) return undefined
  return impact <= 0 ? 0 : Math.ceil(Math.round(Math.min(isChanged ? 1.08 * sum : sum, 10) * 100_000) / 10_000) / 10
}
