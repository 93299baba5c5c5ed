import { isPlaceholder } from '../placeholder.ts'
import type { SecretRow } from '../secret-row.ts'
import { isJsonWebToken, isWebKey } from '../web-token.ts'

/**
 * What lies between the lines of a PEM block: base64, headers, and the quotes, commas and line ends of the code around
 * it. It is read in pairs with at most one hyphen: so it stops before the next line of hyphens, and no attempt reads on
 * into the next block. The last pair may take the first hyphen of the end line.
 */
const PEM_CHARACTERS = String.raw`A-Za-z0-9+/=\s\\,:."'()#`
const PEM_BODY = `(?:[${PEM_CHARACTERS}][${PEM_CHARACTERS}-]|-[${PEM_CHARACTERS}]){8,4000}[${PEM_CHARACTERS}]?`

/** Key material and signed tokens. A key that was cut off is as bad as a whole one, so the end line is optional. */
export const PRIVATE_KEYS: readonly SecretRow[] = [
  {
    code: 'private-key',
    name: 'a private key in PEM form',
    literals: ['private key'],
    pattern: new RegExp(`${pemLine('BEGIN', 5, 5)}${PEM_BODY}(?:${pemLine('END', 4, 6)})?`, 'i'),
    minimumEntropy: 0,
    placeholders: 'off',
    decoded: true,
    validate: (value) => hasKeyMaterial(value),
  },
  {
    code: 'putty-private-key',
    name: 'a PuTTY private key',
    literals: ['putty-user-key-file'],
    pattern:
      /PuTTY-User-Key-File-[123]:[^\n]{3,40}\n[\s\S]{0,2000}?Private-Lines: \d{1,3}\r?\n(?:[A-Za-z0-9+/=]{1,80}\r?\n?){1,64}/,
    minimumEntropy: 0,
    placeholders: 'off',
  },
  {
    code: 'age-secret-key',
    name: 'an age secret key',
    literals: ['age-secret-key-'],
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58,100}/i,
    minimumEntropy: 0,
    placeholders: 'off',
  },
  {
    code: 'ssh-dss-putty-fragment',
    name: 'a private key in XML form',
    literals: ['<rsakeyvalue>'],
    pattern: /<RSAKeyValue>[\s\S]{40,1500}?<D>[A-Za-z0-9+/=\s]{40,1200}<\/D>/,
    minimumEntropy: 0,
    placeholders: 'off',
  },
  {
    code: 'json-web-key',
    name: 'a private JSON Web Key',
    literals: ['"kty"'],
    pattern: /\{(?=[^{}]{0,1500}"kty")[^{}]{0,3000}\}/,
    minimumEntropy: 0,
    placeholders: 'off',
    decoded: false,
    validate: (value) => isWebKey(value),
  },
  {
    code: 'ethereum-private-key',
    name: 'a secp256k1 private key',
    literals: ['0x'],
    pattern: /(?<![A-Za-z0-9])0x[0-9a-f]{64}(?![0-9a-z])/i,
    minimumEntropy: 3.2,
    decoded: false,
    severity: 'high',
    confidence: 0.4,
    validate: (_value, before) =>
      /(?:priv(?:ate)?|secret|wallet|signer|deployer|mnemonic)[\w ."'-]{0,20}(?:[:=(,]|is)?[ "'`(]{0,4}$/i.test(before)
        ? 0.9
        : true,
  },
  {
    code: 'bitcoin-private-key',
    name: 'a Bitcoin private key (WIF) or extended key',
    literals: ['xprv', 'yprv', 'zprv', 'tprv'],
    pattern: /(?<![A-Za-z0-9])[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107}(?![A-Za-z0-9])/,
    minimumEntropy: 4,
  },
  {
    code: 'mnemonic-phrase',
    name: 'a wallet recovery phrase',
    literals: ['mnemonic', 'seed phrase', 'recovery phrase', 'seed_phrase', 'recovery_phrase'],
    pattern:
      /(?<=(?:mnemonic|seed[ _]phrase|recovery[ _]phrase)[\w ]{0,12}["']?\s{0,3}(?:is|=|:)\s{0,3}["']?)(?:[a-z]{3,8} ){11}[a-z]{3,8}(?:(?: [a-z]{3,8}){12})?(?![ \w])/i,
    minimumEntropy: 3,
    decoded: false,
    confidence: 0.8,
  },
  {
    code: 'json-web-token',
    name: 'a JSON Web Token',
    literals: ['eyj'],
    pattern:
      /(?<![\w.-])eyJ[A-Za-z0-9_-]{10,2000}\.(?:[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,1400}|[A-Za-z0-9_-]{0,700}\.[A-Za-z0-9_-]{8,100}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,100})(?![\w-])/,
    minimumEntropy: 3,
    severity: 'high',
    decoded: false,
    validate: (value) => isJsonWebToken(value),
  },
  {
    code: 'json-web-token-unsigned',
    name: 'a JSON Web Token without its signature',
    literals: ['.eyj'],
    pattern: /(?<![\w.-])eyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{8,4000}(?![\w.-])/,
    minimumEntropy: 3,
    severity: 'medium',
    confidence: 0.7,
    decoded: false,
    validate: (value) => isJsonWebToken(value),
  },
  {
    code: 'json-web-token-base64',
    name: 'a JSON Web Token, encoded once more',
    literals: ['zxlk'],
    pattern: /(?<![\w+/=-])ZXlK[A-Za-z0-9+/_-]{40,8000}={0,2}(?![\w+/=-])/,
    minimumEntropy: 3,
    severity: 'high',
    decoded: false,
    validate: (value) => isEncodedToken(value),
  },
]

function pemLine(word: string, minHyphens: number, maxHyphens: number): string {
  return `-{${minHyphens},${maxHyphens}}${word}[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----`
}

/**
 * Enough characters of base64 between the lines, so that a mention or a placeholder of a key is none. Between both lines
 * one short run is enough; where the end line is missing, prose may follow the first one.
 */
function hasKeyMaterial(value: string): boolean {
  const body = value
    .replace(/-----[^-\n]{0,120}-----|-{4,6}END[^\n]{0,90}$/gi, '')
    .replace(/\\[nrt]/g, '')
    .replace(/^[\w-]{1,40}: .{0,200}$/gm, '')
  const runs = (body.match(/[A-Za-z0-9+/]{16,}/g) ?? []).filter(isMixed)
  if (/-END[^\n]{0,90}$/i.test(value) && runs.some((run) => !isPlaceholder(run))) return true
  const base64 = body.replace(/[^A-Za-z0-9+/=]/g, '')
  return runs.length > 0 && base64.length >= 48 && new Set(base64).size >= 12
}

/** No word and no filler: base64 mixes its characters. */
function isMixed(run: string): boolean {
  return /\d|[a-z].*[A-Z]|[A-Z].*[a-z]/.test(run) && new Set(run).size >= 8
}

function isEncodedToken(value: string): boolean {
  try {
    return isJsonWebToken(atob(value.replaceAll('-', '+').replaceAll('_', '/')).trim())
  } catch {
    return false
  }
}
