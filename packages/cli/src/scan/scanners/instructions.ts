import { allGuards, createShield, type Finding, type Shield } from 'sallyport'
import type { FileKind } from '../file-kind.ts'
import type { Level, RawFinding } from '../finding.ts'
import { guardFindings, SCAN_WORK, type Scanner } from './scanner.ts'

const OTHERS = Object.fromEntries(
  allGuards.filter(({ meta }) => meta.id !== 'prompt-injection').map(({ meta }) => [meta.id, { enabled: false }]),
)
let shield: Shield | undefined

/** Made at first use: it takes a moment that other commands should not spend. */
function lazyShield(): Shield {
  shield ??= createShield({
    guards: {
      ...OTHERS,
      // The learned model knows documents and chats; files that are orders by nature would all look like attacks to it.
      'prompt-injection': { actions: { retrieval: { monitor: 0.6 } }, options: { tier: 'rules' } },
    },
    limits: { maxWork: SCAN_WORK },
  })
  return shield
}

const READ_BY_AGENTS: ReadonlySet<FileKind> = new Set(['agent-instructions', 'mcp-config', 'prompt', 'document'])

/** From here on the wording leaves little doubt. */
const CERTAIN = 0.8

/** Instructions that were put into what an agent reads. */
export const scanInstructions: Scanner = async ({ kind, text }) => {
  if (!READ_BY_AGENTS.has(kind)) return []
  const found = (await guardFindings(lazyShield(), text)).filter(({ confidence }) => confidence >= 0.6)
  const quoted = quotedRanges(text)
  const comments = commentRanges(text)
  return found.map((finding): RawFinding => {
    const { code, start, end, message } = finding
    const isHidden = isWithin(finding, comments)
    const level = isWithin(finding, quoted)
      ? 'note'
      : isHidden
        ? hiddenLevel(finding)
        : kind === 'document'
          ? documentLevel(finding, found)
          : obeyedLevel(finding, text)
    const rule = isHidden ? 'hidden-comment' : 'injected-instruction'
    return { rule, level, start, end, message: `${code}: ${message ?? ''}` }
  })
}

function hiddenLevel({ confidence }: Finding): Level {
  return confidence >= CERTAIN ? 'error' : 'warning'
}

/** Manuals write about prompts and instructions all the time; an attack says more than one such thing in one breath. */
function documentLevel(finding: Finding, all: readonly Finding[]): Level {
  const near = all.some(
    ({ code, start }) => familyOf(code) !== familyOf(finding.code) && Math.abs(start - finding.start) < ONE_BREATH,
  )
  return near && finding.confidence >= CERTAIN ? 'warning' : 'note'
}

const ONE_BREATH = 400

/** Files that are orders by nature speak of system prompts, and of which rule overrides which, without meaning harm. */
function obeyedLevel({ code, confidence, start, end }: Finding, text: string): Level {
  const family = familyOf(code)
  if (family === 'extraction' || (family === 'override' && /overrid|supersed|replac/i.test(text.slice(start, end))))
    return 'note'
  return confidence >= CERTAIN ? 'error' : 'note'
}

function familyOf(code: string): string {
  return code.split('-')[0] ?? code
}

interface Range {
  readonly start: number
  readonly end: number
}

function isWithin({ start, end }: Range, ranges: readonly Range[]): boolean {
  return ranges.some((range) => range.start <= start && end <= range.end)
}

/** Code blocks, code spans, block quotes and quotation marks of Markdown. */
function quotedRanges(text: string): readonly Range[] {
  return rangesOf(
    text,
    /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1|$(?![\s\S]))|`[^`\n]{1,500}`|^ {0,3}>[^\n]*|"[^"\n]{1,300}"|“[^”\n]{1,300}”|<code>[\s\S]{1,2000}?<\/code>|\*[^*\n]{1,200}\*/gm,
  )
}

/** What a rendered page leaves out. */
function commentRanges(text: string): readonly Range[] {
  return rangesOf(text, /<!--[\s\S]*?(?:-->|$(?![\s\S]))|^\[\/\/\]: # [^\n]*/gm)
}

function rangesOf(text: string, pattern: RegExp): readonly Range[] {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
}
