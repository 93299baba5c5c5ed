/** Where a leet word or a run of single letters may stand. */
export interface LeetCandidate {
  readonly index: number
  /** `token` for a letter beside a sign that may stand for one, `run` for a single letter before another one. */
  readonly kind: 'token' | 'run'
}

const LETTER = 1
const SIGN = 2
const UNIT = 4
/** Most characters between two single letters of a run. */
export const MAX_GAP = 6

const kinds = new Uint8Array(0x80)
for (const letter of 'abcdefghijklmnopqrstuvwxyz') mark(letter, LETTER | UNIT)
for (const digit of '0123456789@$') mark(digit, UNIT)
for (const sign of '0134578@$!|+(') mark(sign, SIGN)

function mark(char: string, kind: number): void {
  const code = char.charCodeAt(0)
  kinds[code] = (kinds[code] ?? 0) | kind
}

/** The first candidate from `from` on. A loop: every text is asked, and a pattern would try three ways at each letter. */
export function leetCandidate(text: string, from: number): LeetCandidate | undefined {
  const { length } = text
  let before = from > 0 ? kindAt(text, from - 1) : 0
  let kind = from < length ? kindAt(text, from) : 0
  for (let index = from; index < length; index++) {
    const next = index + 1 < length ? kindAt(text, index + 1) : 0
    if (kind !== 0) {
      if ((kind & LETTER && next & SIGN) || (kind & SIGN && next & LETTER)) return { index, kind: 'token' }
      if (kind & UNIT && !(next & UNIT) && !(before & UNIT) && opensRun(text, index)) return { index, kind: 'run' }
    }
    before = kind
    kind = next
  }
  return undefined
}

/** Whether another single unit follows within the widest gap. */
function opensRun(text: string, index: number): boolean {
  let at = index + 1
  while (at < text.length && at - index <= MAX_GAP && !(kindAt(text, at) & UNIT)) at++
  if (at >= text.length || !(kindAt(text, at) & UNIT)) return false
  return at + 1 >= text.length || !(kindAt(text, at + 1) & UNIT)
}

function kindAt(text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code < 0x80 ? (kinds[code] ?? 0) : 0
}
