import { locateValues } from 'sallyport/config'
import type { TextFile } from './text-file.ts'
import { LineIndex } from './text-file.ts'

/** A configuration as a value, with where each part stands. */
export interface JsonFile {
  readonly value: unknown
  /** Offsets of the line on which the value at a dotted path starts; of the nearest thing around it if it is not known. */
  readonly spanOf: (path: readonly (string | number)[]) => { readonly start: number; readonly end: number }
}

/** Parses JSON with comments and trailing commas, as editors and agents do. Undefined when it is none. */
export function readJson({ text }: Pick<TextFile, 'text'>): JsonFile | undefined {
  const plain = withoutComments(text)
  let value: unknown
  try {
    value = JSON.parse(plain)
  } catch {
    return undefined
  }
  const lines = locateValues(plain.replaceAll('\t', ' '))
  const index = new LineIndex(text)
  return {
    value,
    spanOf: (path) => {
      for (let length = path.length; length > 0; length--) {
        const line = lines.get(path.slice(0, length).join('.'))
        if (line !== undefined) return lineSpan(text, index, line)
      }
      return lineSpan(text, index, 1)
    },
  }
}

function lineSpan(text: string, index: LineIndex, line: number): { start: number; end: number } {
  const start = index.startOf(line)
  const end = text.indexOf('\n', start)
  const content = text.slice(start, end === -1 ? text.length : end)
  return { start: start + (content.length - content.trimStart().length), end: start + content.trimEnd().length }
}

/** Comments become spaces, so that every offset stays where it was; trailing commas go the same way. */
function withoutComments(text: string): string {
  const blank = (match: string): string => match.replace(/[^\n]/g, ' ')
  const uncommented = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (match) =>
    match.startsWith('"') ? match : blank(match),
  )
  return uncommented.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (match) => (match === ',' ? ' ' : match))
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
