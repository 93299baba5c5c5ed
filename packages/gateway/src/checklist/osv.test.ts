import { describe, expect, it } from 'vitest'
import { parseAdvisories } from './advisories.ts'
import type { InstalledPackage } from './context.ts'
import { compareVersions, cvss3 } from './osv.ts'

const npm = (name: string, version: string): InstalledPackage => ({ ecosystem: 'npm', name, version })
const record = (events: readonly object[], more: object = {}) => ({
  id: 'GHSA-aaaa-bbbb-cccc',
  affected: [{ package: { ecosystem: 'npm', name: 'left' }, ranges: [{ type: 'SEMVER', events }] }],
  database_specific: { severity: 'HIGH' },
  ...more,
})
const judge = (value: unknown, ...installed: readonly InstalledPackage[]) =>
  parseAdvisories([JSON.stringify(value)], installed)

describe('advisories in the OSV format', () => {
  const fixed = record([{ introduced: '1.0.0' }, { fixed: '1.2.4' }])

  it.each([
    ['0.9.9', false],
    ['1.0.0', true],
    ['1.2.3', true],
    ['1.2.4-rc.1', true],
    ['1.2.4', false],
    ['1.10.0', false],
  ])('take version %s for vulnerable: %s', (version, isHit) => {
    expect(judge(fixed, npm('left', version))).toHaveLength(isHit ? 1 : 0)
  })

  it('say the package, its version, the grade and the id', () => {
    expect(judge([fixed], npm('left', '1.2.3'), npm('right', '1.2.3'))).toEqual([
      { name: 'left', version: '1.2.3', severity: 'high', id: 'GHSA-aaaa-bbbb-cccc' },
    ])
  })

  it.each([
    ['the last vulnerable version', record([{ introduced: '0' }, { last_affected: '2.0.0' }]), npm('left', '2.0.0'), 1],
    ['a version after it', record([{ introduced: '0' }, { last_affected: '2.0.0' }]), npm('left', '2.0.1'), 0],
    [
      'a second range',
      record([{ introduced: '0' }, { fixed: '1.0.0' }, { introduced: '2.0.0' }, { fixed: '2.1.0' }]),
      npm('left', '2.0.5'),
      1,
    ],
    [
      'an advisory that was taken back',
      record([{ introduced: '0' }], { withdrawn: '2026-01-01' }),
      npm('left', '1.0.0'),
      0,
    ],
    [
      'the same name in another registry',
      record([{ introduced: '0' }]),
      { ecosystem: 'PyPI', name: 'left', version: '1.0' } as const,
      0,
    ],
    [
      'a listed version, with the name written another way',
      { id: 'PYSEC-1', affected: [{ package: { ecosystem: 'PyPI', name: 'Foo.Bar' }, versions: ['1.0.post1'] }] },
      { ecosystem: 'PyPI', name: 'foo-bar', version: '1.0.post1' } as const,
      1,
    ],
  ])('judge %s', (_, value, installed, count) => {
    expect(judge(value, installed)).toHaveLength(count)
  })

  it('are graded by their CVSS vector where nobody graded them, and are serious without one', () => {
    const vector = 'CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N'
    const own = record([{ introduced: '0' }], { database_specific: {}, severity: [{ type: 'CVSS_V3', score: vector }] })
    expect(judge(own, npm('left', '1.0.0'))[0]?.severity).toBe('low')
    expect(judge({ ...own, severity: [] }, npm('left', '1.0.0'))[0]?.severity).toBe('high')
  })

  it('need a lock file to be compared with', () => {
    expect(() => parseAdvisories([JSON.stringify(fixed)], undefined)).toThrow('there is none')
  })
})

// https://www.first.org/cvss/v3.1/examples
it.each([
  ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
  ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1],
  ['CVSS:3.0/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', 7.8],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
  ['CVSS:4.0/AV:N/AC:L', undefined],
])('scores %s as %s', (vector, score) => {
  expect(cvss3(vector)).toBe(score)
})

it('puts versions in their order', () => {
  const ordered = [
    '0.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-beta',
    '1.0.0rc1',
    '1.0',
    '1.0.post1',
    '1.0.1',
    '1.10',
    '2',
  ]
  expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered)
  expect(compareVersions('1.0', '1.0.0')).toBe(0)
  expect(compareVersions('v1.2.3+build', '1.2.3')).toBe(0)
})

it.each([
  ['no JSON', '{', 'no JSON'],
  ['something else', '{"a":1}', 'neither'],
])('refuses %s with words', (_, text, message) => {
  expect(() => parseAdvisories([text], [])).toThrow(message)
})

it('shows no more of a hostile name than a package may have', () => {
  const text = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: { x: { name: '<img src=x>\u001b[31m', severity: 'low' } },
  })
  expect(parseAdvisories([text], undefined)).toEqual([{ name: '?img?src?x???31m', severity: 'low' }])
})
