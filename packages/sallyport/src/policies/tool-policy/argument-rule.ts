import { RE2JS } from 're2js'
import { SallyportError } from '../../errors/sallyport-error.ts'
import type { ArgumentRule } from '../../guard/tool-settings.ts'
import { hostList, type HostList } from '../../sinks/host-list.ts'
import { confinePath } from '../../sinks/path.ts'
import { readWebUrl } from '../../sinks/web-url.ts'
import { mailAddress } from '../canonical-value.ts'

/** Why a value does not pass: the code of the finding and the end of the sentence `"url" …`. */
export interface RuleBreach {
  readonly code: 'argument-rule' | 'path-outside-root' | 'host-not-allowed' | 'recipient-not-allowed'
  readonly says: string
}

export type ArgumentTest = (value: unknown) => RuleBreach | undefined

/**
 * Compiles what the policy file says about one argument. A value of the wrong type fails: what cannot be judged does not
 * pass. Null passes, as an argument that is left out does.
 *
 * @throws SallyportError `invalid-policy` that says where and what is wrong.
 */
export function argumentTests(rule: ArgumentRule, where: string): readonly ArgumentTest[] {
  const tests: ArgumentTest[] = []
  const text = (says: string, code: RuleBreach['code'], passes: (value: string) => boolean): void => {
    tests.push((value) => (typeof value === 'string' && passes(value) ? undefined : { code, says }))
  }
  if (rule.pattern !== undefined) {
    const pattern = compilePattern(rule.pattern, where)
    text('does not match the pattern', 'argument-rule', (value) => pattern.matches(value))
  }
  if (rule.in !== undefined) {
    const allowed = new Set<unknown>(rule.in)
    tests.push((value) =>
      allowed.has(value) ? undefined : { code: 'argument-rule', says: 'is not one of the values allowed' },
    )
  }
  const { min = -Infinity, max = Infinity, maxLength } = rule
  if (rule.min !== undefined || rule.max !== undefined) {
    tests.push((value) => {
      const number = numberOf(value)
      if (number === undefined) return { code: 'argument-rule', says: 'is not a number' }
      return number >= min && number <= max ? undefined : { code: 'argument-rule', says: 'is out of range' }
    })
  }
  if (maxLength !== undefined) {
    tests.push((value) =>
      typeof value === 'string' && value.length > maxLength
        ? { code: 'argument-rule', says: 'is too long' }
        : undefined,
    )
  }
  if (rule.roots !== undefined) {
    const { roots } = rule
    text('does not lie in an allowed folder', 'path-outside-root', (value) => isInside(value, roots))
  }
  if (rule.hosts !== undefined || rule.schemes !== undefined) {
    const hosts = rule.hosts === undefined ? () => true : compileHosts(rule.hosts, where)
    const schemes = new Set<string>((rule.schemes ?? ['https']).map((scheme) => `${scheme}:`))
    text('names a host or scheme that is not allowed', 'host-not-allowed', (value) =>
      isAllowedUrl(value, hosts, schemes),
    )
  }
  if (rule.methods !== undefined) {
    const methods = new Set(rule.methods.map((method) => method.toUpperCase()))
    text('is not an HTTP method allowed', 'argument-rule', (value) => methods.has(value.toUpperCase()))
  }
  if (rule.recipients !== undefined) {
    const allowed = compileRecipients(rule.recipients)
    text('is not a recipient allowed', 'recipient-not-allowed', allowed)
  }
  return tests
}

/** A number, also as a plain decimal text; anything cleverer is not one. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : undefined
}

function compilePattern(pattern: string, where: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown reason'
    const hint = 'Patterns are written in RE2 syntax: no lookaround and no back-references.'
    throw new SallyportError('invalid-policy', `${where}.pattern: ${reason}. ${hint}`, { cause })
  }
}

function compileHosts(hosts: readonly string[], where: string): HostList {
  try {
    return hostList(hosts)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : ''
    throw new SallyportError('invalid-policy', `${where}.hosts: ${message}`, { cause })
  }
}

function isInside(path: string, roots: readonly string[]): boolean {
  return roots.some((root, at) => {
    const folder = root.replace(/(?<=.)\/+$/, '')
    const start = folder === '/' ? '/' : `${folder}/`
    if (path === folder) return true
    if (path.startsWith(start)) return confinePath(path.slice(start.length), { root: folder }).ok
    return at === 0 && confinePath(path, { root: folder }).ok
  })
}

function isAllowedUrl(text: string, hosts: HostList, schemes: ReadonlySet<string>): boolean {
  // A bare host name is how people write one; a tool may well take it.
  const url = readWebUrl(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`)
  if (url.kind !== 'host' || url.url.username !== '' || url.url.password !== '') return false
  return schemes.has(url.url.protocol) && hosts(url.host)
}

function compileRecipients(recipients: readonly string[]): (value: string) => boolean {
  const exact = new Set<string>()
  const domains = new Set<string>()
  for (const recipient of recipients) {
    if (recipient.startsWith('@')) domains.add(recipient.slice(1).toLowerCase())
    else exact.add(mailAddress(recipient) ?? account(recipient))
  }
  return (value) => {
    const address = mailAddress(value)
    if (address === undefined) return exact.has(account(value))
    return exact.has(address) || domains.has(address.slice(address.lastIndexOf('@') + 1))
  }
}

/** An account as banks compare it: without blanks, in capitals. */
function account(value: string): string {
  return value.replace(/[ \u00a0]/g, '').toUpperCase()
}
