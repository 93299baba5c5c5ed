import { z } from 'zod'
import type { Advisory, InstalledPackage } from './context.ts'
import { gradeOf, matchOsv, osvRecord, type OsvRecord } from './osv.ts'

const severity = z.enum(['info', 'low', 'moderate', 'high', 'critical'])
/** `npm audit --json` of npm 7 and later. */
const npmAudit = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ name: z.string(), severity })),
})
/** `osv-scanner --format json`. */
const osvScanner = z.object({
  results: z.array(
    z.object({
      packages: z.array(
        z.object({
          package: z.object({ name: z.string(), version: z.string().optional() }),
          groups: z
            .array(z.object({ ids: z.array(z.string()).optional(), max_severity: z.string().optional() }))
            .optional(),
        }),
      ),
    }),
  ),
})
/** One record, a list of them, or the answer of the query API of osv.dev. */
const osvRecords = z.union([
  osvRecord.transform((record) => [record]),
  z.array(osvRecord),
  z.object({ vulns: z.array(osvRecord) }).transform(({ vulns }) => vulns),
])

/**
 * Reads what an advisory source says: a report on what is installed (`npm audit --json`, `osv-scanner --format json`), or
 * records of the OSV format, which are compared with the installed packages.
 *
 * @throws Error in our words when it is none of these, or when there are records and nothing to compare them with.
 */
export function parseAdvisories(
  texts: readonly string[],
  installed: readonly InstalledPackage[] | undefined,
): readonly Advisory[] {
  const reported: Advisory[] = []
  const records: OsvRecord[] = []
  for (const text of texts) {
    const read = readOne(text)
    reported.push(...read.reported)
    records.push(...read.records)
  }
  if (records.length > 0 && installed === undefined)
    throw new Error('its OSV records are compared with a lock file, and there is none: give --source a folder with one')
  return [...reported, ...matchOsv(records, installed ?? [])].map(shown)
}

interface Read {
  readonly reported: readonly Advisory[]
  readonly records: readonly OsvRecord[]
}

function readOne(text: string): Read {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('it is no JSON')
  }
  const npm = npmAudit.safeParse(value)
  if (npm.success) {
    const found = Object.values(npm.data.vulnerabilities)
    return {
      reported: found.flatMap(({ name, severity: grade }) => (grade === 'info' ? [] : [{ name, severity: grade }])),
      records: [],
    }
  }
  const records = osvRecords.safeParse(value)
  if (records.success) return { reported: [], records: records.data }
  const scanned = osvScanner.safeParse(value)
  if (!scanned.success)
    throw new Error(
      'it is neither the output of "npm audit --json" or "osv-scanner --format json" nor advisories in the OSV format',
    )
  return { reported: scanned.data.results.flatMap(({ packages }) => packages.map(scannerEntry)), records: [] }
}

function scannerEntry({
  package: { name, version },
  groups = [],
}: z.infer<typeof osvScanner>['results'][number]['packages'][number]): Advisory {
  const id = groups[0]?.ids?.[0]
  return {
    name,
    severity: gradeOf(Math.max(...groups.map(({ max_severity: most }) => Number(most || 10)), 0)),
    ...(version === undefined ? {} : { version }),
    ...(id === undefined ? {} : { id }),
  }
}

/** Names from a file are shown: nothing but what a package, a version and an id may have. */
function shown(advisory: Advisory): Advisory {
  const clean = (text: string): string => text.replace(/[^\w@/.:+-]/g, '?').slice(0, 214)
  return {
    name: clean(advisory.name),
    severity: advisory.severity,
    ...(advisory.version === undefined ? {} : { version: clean(advisory.version) }),
    ...(advisory.id === undefined ? {} : { id: clean(advisory.id) }),
  }
}

/** `lodash 4.17.15 (high, GHSA-…)`, the first few of them. */
export function namesOf(advisories: readonly Advisory[], most = 10): string {
  const names = advisories.slice(0, most).map(({ name, version, id, severity: grade }) => {
    return `${name}${version === undefined ? '' : ` ${version}`} (${grade}${id === undefined ? '' : `, ${id}`})`
  })
  return `${names.join(', ')}${advisories.length > most ? ` and ${advisories.length - most} more` : ''}`
}
