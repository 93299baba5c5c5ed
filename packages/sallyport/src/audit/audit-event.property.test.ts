import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanEvent } from './audit-event.ts'
import type { AuditEvent } from './audit-event.ts'
import { canonicalJson } from '../guard/canonical-json.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 400 })
const keys = [
  'type',
  'severity',
  'id',
  'actor',
  'codes',
  'findings',
  'timings',
  'detail',
  'status',
  'zebra',
  '__proto__',
]
const anyEvent = fc.dictionary(
  fc.constantFrom(...keys),
  fc.oneof(
    anyText,
    fc.double(),
    fc.array(anyText),
    fc.dictionary(anyText, fc.oneof(anyText, fc.double())),
    fc.array(fc.record({ start: fc.double(), guard: anyText, extra: anyText })),
    fc.record({ user: anyText, keyId: anyText, role: fc.integer() }, { requiredKeys: [] }),
    fc.constant('\ud800'),
  ),
)

describe('cleanEvent', () => {
  it('gives what JSON.stringify writes as canonical JSON, whatever it is given', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const clean = cleanEvent(event as unknown as AuditEvent)
        expect(JSON.stringify(clean)).toBe(canonicalJson(clean))
        expect(Object.keys(clean)).not.toContain('zebra')
      }),
      { numRuns: 500 },
    )
  })
})
