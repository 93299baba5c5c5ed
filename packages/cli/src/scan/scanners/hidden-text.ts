import { allGuards, createShield, type Shield } from 'sallyport'
import type { FileKind } from '../file-kind.ts'
import type { Level, RawFinding } from '../finding.ts'
import { guardFindings, SCAN_WORK, type Scanner } from './scanner.ts'

const OTHERS = Object.fromEntries(
  allGuards.filter(({ meta }) => meta.id !== 'unicode').map(({ meta }) => [meta.id, { enabled: false }]),
)
let shield: Shield | undefined

/** Made at first use: it takes a moment that other commands should not spend. */
function lazyShield(): Shield {
  return (shield ??= createShield({ guards: OTHERS, limits: { maxWork: SCAN_WORK } }))
}

/** Files that an agent obeys: there even a single stray character has no business. */
const OBEYED: ReadonlySet<FileKind> = new Set(['agent-instructions', 'agent-settings', 'mcp-config', 'prompt'])

/** Invisible text and direction controls in any text file. */
export const scanHiddenText: Scanner = async ({ kind, text }) => {
  if (isPlainText(text)) return []
  const findings = await guardFindings(lazyShield(), text)
  return findings.flatMap(({ code, start, end, message }): RawFinding[] => {
    const level = levelOf(code, kind)
    if (level === undefined) return []
    const rule = code === 'bidi-control' ? 'bidi-control' : 'hidden-text'
    return [{ rule, level, start, end, message: `${code}: ${message ?? ''}` }]
  })
}

function levelOf(code: string, kind: FileKind): Level | undefined {
  const isObeyed = OBEYED.has(kind)
  switch (code) {
    case 'hidden-text':
    case 'tag-characters':
      return 'error'
    case 'bidi-control':
      return kind === 'document' ? 'warning' : 'error'
    case 'zero-width':
    case 'variation-selectors':
      return isObeyed ? 'warning' : 'note'
    default:
      return undefined
  }
}

/** Most files are: nothing of interest is in the Latin-1 range. */
function isPlainText(text: string): boolean {
  return !/[^\0-\u00ac\u00ae-\u00ff]/.test(text)
}
