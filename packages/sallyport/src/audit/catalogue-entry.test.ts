import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogueEntry } from './catalogue-entry.ts'
import { EVENT_CATALOGUE } from './event-catalogue.data.ts'

const docs = readFileSync(new URL('../../../../docs/audit.md', import.meta.url), 'utf8')
const types = Object.keys(EVENT_CATALOGUE)

describe('the event catalogue', () => {
  it.each(types)('%s is documented with its names elsewhere', (type) => {
    expect(docs).toContain(`\`${type}\``)
    for (const outcome of ['success', 'failure'] as const) {
      const entry = catalogueEntry(type, outcome)
      if (typeof entry?.owasp === 'string') expect(docs).toContain(`\`${entry.owasp}\``)
      expect(docs).toContain(String(entry?.ocsf.classUid))
      for (const threat of entry?.threats ?? []) expect(docs).toContain(threat)
    }
  })

  it('tells a failed sign-in from a good one', () => {
    expect(catalogueEntry('auth_attempt', 'success')?.owasp).toBe('authn_login_success')
    expect(catalogueEntry('auth_attempt', 'failure')).toMatchObject({ owasp: 'authn_login_fail', severity: 'medium' })
  })

  it('tells a key that was made from one that was rotated, revoked, or shown again after that', () => {
    const words = (['create', 'update', 'delete'] as const).map((activity) => {
      const entry = catalogueEntry('key-lifecycle', 'success', activity)
      return [entry?.owasp, entry?.ocsf.activityId]
    })
    expect(words).toEqual([
      ['authn_token_created', 1],
      ['authn_token_created', 3],
      ['authn_token_revoked', 4],
    ])
    expect(catalogueEntry('key-lifecycle', 'failure')?.owasp).toBe('authn_token_reuse')
  })

  it('knows no other types, such as the records a log writes about itself', () => {
    expect(catalogueEntry('log-head')).toBeUndefined()
    expect(catalogueEntry('constructor')).toBeUndefined()
  })
})
