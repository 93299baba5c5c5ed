/**
 * Twenty consonants. Without vowels no code is a word, without digits none looks like a number to any rule, and upper
 * case means the same, as models change it.
 */
const LETTERS = 'bcdfghjklmnpqrstvwxz'
/** 20^10 codes: 43 bits. A code is the authenticator, so this is what a forger has to guess. */
export const CODE_LENGTH = 10

const CODES = 20n ** BigInt(CODE_LENGTH)
const RUN = new RegExp(`[${LETTERS}]{${CODE_LENGTH},}`, 'gi')
const PARTIAL = new RegExp(`[${LETTERS}]{1,${CODE_LENGTH - 1}}$`, 'i')

export function isCodeLetter(character: string): boolean {
  return character !== '' && LETTERS.includes(character.toLowerCase())
}

/** A code from a keyed digest of at least 8 bytes. */
export function codeOf(digest: Uint8Array): string {
  let number = new DataView(digest.buffer, digest.byteOffset, 8).getBigUint64(0) % CODES
  let code = ''
  for (let count = 0; count < CODE_LENGTH; count++) {
    code += LETTERS[Number(number % 20n)] ?? ''
    number /= 20n
  }
  return code
}

/** The placeholder in full: `[EMAIL_ADDRESS_kwzqthbnfm]`. */
export function placeholderOf(entity: string, code: string): string {
  return `[${entity}_${code}]`
}

/** What a code could be found in: runs of its letters that are long enough. */
export function* codeRuns(text: string): Generator<{ readonly start: number; readonly run: string }> {
  const runs = new RegExp(RUN)
  for (let found = runs.exec(text); found !== null; found = runs.exec(text)) {
    yield { start: found.index, run: found[0] }
  }
}

/** All codes a text may hold, in lower case. */
export function possibleCodes(text: string): string[] {
  const codes: string[] = []
  for (const { run } of codeRuns(text)) {
    const lower = run.toLowerCase()
    for (let at = 0; at + CODE_LENGTH <= lower.length; at++) codes.push(lower.slice(at, at + CODE_LENGTH))
  }
  return codes
}

/** The first known code. */
export function findCode(
  text: string,
  isKnown: (code: string) => boolean,
): { readonly start: number; readonly code: string } | undefined {
  for (const { start, run } of codeRuns(text)) {
    const lower = run.toLowerCase()
    for (let at = 0; at + CODE_LENGTH <= lower.length; at++) {
      const code = lower.slice(at, at + CODE_LENGTH)
      if (isKnown(code)) return { start: start + at, code }
    }
  }
  return undefined
}

/** Where letters at the end of a text may be the beginning of a code; the text's length when there are none. */
export function partialCodeStart(text: string): number {
  // A longer run has been searched already, but its last letters may begin a code that is still to come.
  const tail = text.slice(-(CODE_LENGTH - 1))
  const partial = PARTIAL.exec(tail)
  return partial ? text.length - partial[0].length : text.length
}
