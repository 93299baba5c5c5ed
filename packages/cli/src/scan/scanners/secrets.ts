import { allGuards, createShield, type Finding, type Shield } from 'sallyport'
import { isSample } from '../file-kind.ts'
import type { Level, RawFinding } from '../finding.ts'
import { guardFindings, SCAN_WORK, type Scanner } from './scanner.ts'

const OTHERS = Object.fromEntries(
  allGuards.filter(({ meta }) => meta.id !== 'secrets').map(({ meta }) => [meta.id, { enabled: false }]),
)
let shield: Shield | undefined

/** Made at first use: it takes a moment that other commands should not spend. */
function lazyShield(): Shield {
  return (shield ??= createShield({ guards: OTHERS, limits: { maxWork: SCAN_WORK } }))
}

/** From here on a format says by itself that it is a credential. */
const CERTAIN = 0.9

/** Credentials in any text file. */
export const scanSecrets: Scanner = async ({ path, kind, text }) => {
  const findings = await guardFindings(lazyShield(), text)
  return findings.flatMap((finding): RawFinding[] => {
    // A lock file is digests from end to end; only what has a prefix of its own means anything there.
    if (kind === 'lock' && finding.confidence < CERTAIN) return []
    const { start, end, code } = finding
    return [
      {
        rule: 'secret',
        level: levelOf(finding, path, text),
        start,
        end,
        message: `${code}: ${finding.message ?? 'looks like a credential'}`,
      },
    ]
  })
}

/** Formats that anybody can make for a test, unlike a key that only its provider can have issued. */
const SELF_MADE =
  /^(?:json-web-|private-key$|putty-private-key$|age-secret-key$|azure-storage-key$|authorization-|bearer-|(?:database-|jdbc-|connection-string-)?(?:url-)?password$)/
/** What people type when they make a key up. */
const MADE_UP = /abc|xyz|123456|(?:12|23|34|45|56|67|78|89)3?(?:45|56|67|89)|(.)\1{3}/i

function levelOf({ code, confidence, start, end }: Finding, path: string, text: string): Level {
  // Says what kind of file this is; the key in it is found by itself.
  if (code === 'gcp-service-account') return 'note'
  const isMadeUp = SELF_MADE.test(code) || MADE_UP.test(text.slice(start, end))
  if (isSample(path) && (confidence < CERTAIN || isMadeUp)) return 'note'
  return confidence >= CERTAIN ? 'error' : 'warning'
}
