import type { RuleMatch } from '../../../guard/rule.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const CONTEXT = near(
  [
    'ip address',
    'ipv4',
    'ipv6',
    'address',
    'subnet',
    'gateway',
    'dns',
    'ping',
    'client',
    'remote',
    'connect',
    'login',
    'loopback',
    ...whole('ip', 'addr', 'host', 'server', 'from'),
  ],
  0.3,
)

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const BEFORE = '(?<![a-z0-9_])(?<!\\d\\.)(?<!:[0-9a-f]{0,4}:)'
const AFTER = '(?:/(?:3[0-2]|[12]?\\d)(?!\\d))?(?![a-z0-9_])(?!\\.\\d)'
const LOCAL = '(?:10|127|0|255|169\\.254|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.'

/** IPv4 and IPv6 addresses with zone and prefix; addresses of no person's network have low severity. */
export const ipAddressRules: readonly EntityRule[] = [
  entityRule({
    code: 'ip-address',
    entity: 'IP_ADDRESS',
    label: 'an IPv4 address',
    severity: 'medium',
    pattern: new RegExp(`${BEFORE}(?!${LOCAL})${OCTET}(?:\\.${OCTET}){3}${AFTER}`, 'u'),
    confidence: 0.6,
    validate: likelyIpv4,
    context: CONTEXT,
  }),
  entityRule({
    code: 'ip-address-local',
    entity: 'IP_ADDRESS',
    label: 'a private or special IPv4 address',
    severity: 'low',
    pattern: new RegExp(`${BEFORE}(?=${LOCAL})${OCTET}(?:\\.${OCTET}){3}${AFTER}`, 'u'),
    confidence: 0.6,
    validate: likelyIpv4,
    context: CONTEXT,
  }),
  entityRule({
    code: 'ipv6-address',
    entity: 'IP_ADDRESS',
    label: 'an IPv6 address',
    severity: 'medium',
    literals: [':'],
    pattern:
      /(?<![a-z0-9_:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?:(?:\.\d{1,3}){3})?(?:%[a-z0-9]{1,16})?(?:\/\d{1,3}(?!\d))?(?![a-z0-9_:])/u,
    confidence: 0.7,
    validate: likelyIpv6,
    context: CONTEXT,
  }),
]

/** Software versions have the same form: `version 1.2.3.4`, `Chrome/120.0.0.0`, `v1.2.3.4`, `section 2.1.3.4`. */
const VERSION =
  /(?:\b(?:versions?|ver|v|vers|release[ds]?|build|firmware|driver|sections?|sec|chapter|rfc|clause|figure|fig|table|update|upgrade[ds]?|patch|node|nodejs|npm|python|java|php|ruby|chrome|chromium|firefox|safari|edge|opera|kernel|assembly|sdk|api|schema|appendix|requirement|ftp|asn\.1|oid|ge|gt|lt|le)|§|[a-z][ -]?\/|[a-z]-|\^|~|[=<>]=)[\s:="'#.(v]{0,4}$/u
const WELL_KNOWN = new Set(['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4', '9.9.9.9', '4.2.2.2'])

function likelyIpv4({ text, before }: RuleMatch): boolean | number {
  if (VERSION.test(before)) return false
  const address = text.split('/')[0] ?? ''
  const octets = address.split('.').map(Number)
  const [first = 0, second = 0] = octets
  // Loopback, unspecified, netmasks and broadcast say nothing about anybody.
  if (first === 127 || first === 0 || first === 255) return 0.15
  // A whole network is nobody in particular.
  if (text.includes('/')) return 0.45
  if (WELL_KNOWN.has(address) || first === 10) return true
  // Four small numbers are rather a version or a section number.
  return octets.every((octet) => octet <= 30) || (second === 0 && octets[2] === 0 && octets[3] === 0) ? 0.3 : true
}

function likelyIpv6({ text, before }: RuleMatch): boolean | number {
  const [address = ''] = text.split(/[%/]/u)
  const groups = parseIpv6(address)
  if (groups === undefined) return false
  // `items[1::2]` is a slice.
  if (/[\p{L}\p{N}_)\]"']\[$/u.test(before)) return false
  if (address === '::') return 0.1
  if (address === '::1') return 0.15
  const written = groups.filter((group) => group !== '')
  if (written.length < 3 && written.every((group) => /^\d{1,3}$/u.test(group))) return 0.2
  if (written.length < 3 && !/\d/u.test(address)) return 0.2
  return true
}

/** The written groups (an empty one for each side of `::`), or undefined when it is no address (RFC 4291, 2.2). */
function parseIpv6(address: string): readonly string[] | undefined {
  const lastColon = address.lastIndexOf(':')
  const tail = address.slice(lastColon + 1)
  let text = address
  if (tail.includes('.')) {
    const octets = tail.split('.')
    if (octets.length !== 4 || octets.some((octet) => !/^(?:0|[1-9]\d{0,2})$/u.test(octet) || Number(octet) > 255))
      return undefined
    text = `${address.slice(0, lastColon + 1)}0:0`
  }
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (groups.includes('') || groups.some((group) => group.length > 4)) return undefined
  return halves.length === 2 ? (groups.length <= 7 ? groups : undefined) : groups.length === 8 ? groups : undefined
}
