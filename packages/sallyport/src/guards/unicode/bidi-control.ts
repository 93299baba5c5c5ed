import { RIGHT_TO_LEFT } from './characters.ts'
import { type Found, leftContext, type Step, type TextWindow } from './text-window.ts'

/** A pair longer than this, or over a line end, is not taken for honest typography. */
const PAIR_LIMIT = 256
/** Honest text nests a quotation in a quotation; deeper nesting only costs time. */
const DEPTH_LIMIT = 8

const POP_DIRECTIONAL = 0x202c
const POP_ISOLATE = 0x2069
const FIRST_STRONG_ISOLATE = 0x2068

/**
 * Judges an embedding, override, isolate or terminator. Overrides reorder letters at will (Trojan Source,
 * CVE-2021-42574) and are always reported. An isolate or embedding stays when it is closed on its line, holds no
 * override, and there is right-to-left text for it to serve; a first-strong isolate needs no such text, because
 * localisation libraries put it around every inserted value.
 */
export function inspectBidiControl(window: TextWindow, index: number, closers: Set<number>): Step | undefined {
  const control = window.text.charCodeAt(index)
  const report = (confidence: number): Step => {
    const found: Found = { start: index, end: index + 1, code: 'bidi-control', confidence, replacement: '' }
    return { next: index + 1, found: [found] }
  }
  if (control === POP_DIRECTIONAL || control === POP_ISOLATE) {
    return closers.delete(window.base + index) ? { next: index + 1, found: [] } : report(0.8)
  }
  if (isOverride(control)) return report(0.9)
  const closer = closerOf(window, index)
  if (closer === undefined) return undefined
  if (closer === 'none') return report(0.8)
  const served =
    control === FIRST_STRONG_ISOLATE ||
    RIGHT_TO_LEFT.test(leftContext(window, index)) ||
    RIGHT_TO_LEFT.test(window.text.slice(index, closer))
  if (!served) return report(0.8)
  closers.add(window.base + closer)
  return { next: index + 1, found: [] }
}

function isOverride(control: number): boolean {
  return control === 0x202d || control === 0x202e
}

function closerOf(window: TextWindow, index: number): number | 'none' | undefined {
  const { text } = window
  const isIsolate = text.charCodeAt(index) >= 0x2066
  const open: number[] = []
  for (let at = index; at < index + PAIR_LIMIT; at += 1) {
    if (at >= text.length) return window.end ? 'none' : undefined
    const unit = text.charCodeAt(at)
    if ((unit >= 0x0a && unit <= 0x0d) || unit === 0x85 || unit === 0x2029 || isOverride(unit)) return 'none'
    if (open.length > DEPTH_LIMIT) return 'none'
    if (unit === 0x202a || unit === 0x202b) open.push(POP_DIRECTIONAL)
    else if (unit >= 0x2066 && unit <= 0x2068) open.push(POP_ISOLATE)
    else if (unit === POP_DIRECTIONAL || unit === POP_ISOLATE) {
      if (open.pop() !== unit) return 'none'
      if (open.length === 0) return (unit === POP_ISOLATE) === isIsolate ? at : 'none'
    }
  }
  return 'none'
}
