import { base58CheckVersion } from '../checksums/base58check.ts'
import { bech32 } from '../checksums/bech32.ts'
import { eip55 } from '../checksums/eip55.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const WALLET = near(
  [
    'wallet',
    'address',
    'bitcoin',
    'btc',
    'crypto',
    ...whole('eth'),
    'ethereum',
    'deposit',
    'send to',
    'pay to',
    'litecoin',
    'dogecoin',
    'tron',
  ],
  0.3,
)

/** Version bytes of Bitcoin (0, 5), its test networks, Litecoin, Dogecoin and TRON. */
const VERSIONS = new Set([0x00, 0x05, 0x6f, 0xc4, 0x30, 0x32, 0x1e, 0x16, 0x41])

/** Addresses of cryptocurrency wallets whose checksum fits. */
export const cryptoRules: readonly EntityRule[] = [
  entityRule({
    code: 'crypto-base58',
    entity: 'CRYPTO',
    label: 'a Bitcoin address',
    views: ['original'],
    // Bitcoin's start with a digit. Of the others one in some 250 has none, too few to search every text for.
    pattern: /(?<![A-Za-z0-9])(?=[A-Za-z]{0,34}\d)[13LMDTA92mn][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])/u,
    confidence: 0.99,
    validate: ({ text }) => VERSIONS.has(base58CheckVersion(text) ?? -1),
  }),
  entityRule({
    code: 'crypto-bech32',
    entity: 'CRYPTO',
    label: 'a Bitcoin, Litecoin or Cardano address',
    literals: ['bc1', 'tb1', 'ltc1', 'addr1'],
    pattern: /(?<![a-z0-9])(?:bc|tb|ltc|addr)1[02-9ac-hj-np-z]{11,100}(?![a-z0-9])/u,
    confidence: 0.99,
    validate: ({ text }) => bech32(text),
  }),
  entityRule({
    code: 'crypto-ethereum',
    entity: 'CRYPTO',
    label: 'an Ethereum address',
    views: ['original'],
    literals: ['0x'],
    pattern: /(?<![A-Za-z0-9])0x[0-9a-fA-F]{40}(?![A-Za-z0-9])/u,
    confidence: 0.5,
    // Without the mixed-case checksum it may be any 20 bytes; a zero address is nobody's.
    validate: ({ text }) => {
      if (/^0x0{24}/u.test(text)) return 0.2
      const valid = eip55(text)
      return valid === undefined ? 0.5 : valid ? 0.95 : 0.3
    },
    context: WALLET,
  }),
]
