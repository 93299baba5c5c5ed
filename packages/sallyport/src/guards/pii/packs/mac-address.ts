import type { RuleMatch } from '../../../guard/rule.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

/** Hardware addresses (IEEE 802 MAC-48) in the three usual notations. */
export const macAddressRules: readonly EntityRule[] = [
  entityRule({
    code: 'mac-address',
    entity: 'MAC_ADDRESS',
    label: 'a hardware (MAC) address',
    severity: 'low',
    literals: [':', '-', '.'],
    pattern:
      /(?<![a-z0-9])(?<![0-9a-f]{2}[:.-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![a-z0-9])(?![:.-][0-9a-f]{2})/u,
    confidence: 0.7,
    validate: likelyMac,
    context: near(
      [...whole('mac'), 'hardware', 'ethernet', 'physical address', 'ether', 'bssid', 'wifi', 'device', 'lladdr'],
      0.3,
    ),
  }),
]

function likelyMac({ text }: RuleMatch): boolean | number {
  const digits = text.replace(/[:.-]/gu, '')
  if (/^(?:0{12}|f{12})$/u.test(digits)) return false
  // Only decimal digits: as likely a timestamp (`24-01-15-12-30-59`) or a serial number.
  return /[a-f]/u.test(digits) ? true : text.includes(':') ? 0.5 : 0.3
}
