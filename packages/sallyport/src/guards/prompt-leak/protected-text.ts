import type { ConversationText } from '../../guard/guard.ts'
import { skeleton } from '../../text/fold.ts'
import { canariesIn } from './canary.ts'
import { type CopyIndex, indexCopies, markKnown } from './copy-index.ts'
import { CopyScan } from './copy-scan.ts'
import { COMMON_PHRASES } from './common-phrases.data.ts'
import { PIECE_WORDS } from './leak-judge.ts'
import type { PromptLeakOptions } from './options.ts'
import { readLetters } from './view-letters.ts'

/** Letters in a row that make a hit: four words or so. */
const GRAM = 20
/** Letters of a canary in a row: a part of one gives it away as well as the whole. */
export const CANARY_GRAM = 12
/** Letters from hit to hit within one passage: a few words may be exchanged for others. */
export const REACH = 40

/** An index and what of it the user wrote, which does not count. */
export interface ProtectedIndex {
  readonly index: CopyIndex
  readonly known: Uint8Array
}

/** Everything a text is compared with. */
export interface ProtectedText {
  readonly prompt?: ProtectedIndex
  readonly canaries?: ProtectedIndex
  /** Words of the prompt that earlier answers gave away. */
  readonly told: ReadonlySet<number>
}

const prepared = new WeakMap<PromptLeakOptions, WeakMap<object, ProtectedText | undefined>>()
const NO_CONVERSATION = {}

/** What must not come out, prepared once for all texts of a conversation's answer; undefined when there is nothing. */
export function protectedText(
  options: PromptLeakOptions,
  conversation: ConversationText | undefined,
): ProtectedText | undefined {
  let byConversation = prepared.get(options)
  if (!byConversation) prepared.set(options, (byConversation = new WeakMap()))
  const key = conversation ?? NO_CONVERSATION
  if (byConversation.has(key)) return byConversation.get(key)
  const result = prepare(options, conversation)
  byConversation.set(key, result)
  return result
}

function prepare(options: PromptLeakOptions, conversation?: ConversationText): ProtectedText | undefined {
  const texts = [...options.prompts, ...(conversation?.system ?? [])].filter((text) => text !== '')
  if (texts.length === 0 && options.canaries.length === 0) return undefined
  const written = (conversation?.written ?? []).map(skeleton)
  const canaries = [...new Set([...options.canaries, ...texts.flatMap(canariesIn)])].filter(
    (canary) => !isKnown(canary, written),
  )
  if (texts.length === 0 && canaries.length === 0) return undefined
  const index = indexOf(texts)
  const prompt = index && protect(index, [...written, ...options.quotable.map(skeleton)])
  const told = prompt ? toldBy(conversation?.said ?? [], prompt) : new Set<number>()
  if (canaries.length === 0) return { ...(prompt && { prompt }), told }
  // A model is asked to write it backward, too.
  const bothWays = canaries.flatMap((canary) => [canary, [...skeleton(canary)].reverse().join('')])
  return { ...(prompt && { prompt }), told, canaries: protect(indexCopies(bothWays, CANARY_GRAM), []) }
}

function protect(index: CopyIndex, known: readonly string[]): ProtectedIndex {
  const marks = new Uint8Array(index.letters.length)
  for (const text of known) markKnown(index, text, marks)
  return { index, known: marks }
}

/** Whether the user wrote the canary or enough of it. */
function isKnown(canary: string, written: readonly string[]): boolean {
  return protect(indexCopies([canary], CANARY_GRAM), written).known.includes(1)
}

function toldBy(said: readonly string[], { index, known }: ProtectedIndex): ReadonlySet<number> {
  const told = new Set<number>()
  for (const text of said) {
    const scan = new CopyScan({
      index,
      known,
      reach: REACH,
      onPassage: ({ words }) => {
        if (words.size >= PIECE_WORDS) for (const word of words) told.add(word)
      },
    })
    readLetters(skeleton(text), [scan])
  }
  return told
}

/** An application sends the same system prompt with every request. */
const CACHED = 32
const CACHED_LENGTH = 65_536
const indexes = new Map<string, CopyIndex>()

function indexOf(texts: readonly string[]): CopyIndex | undefined {
  if (texts.length === 0) return undefined
  const key = texts.join('\0')
  const known = indexes.get(key)
  if (known) return known
  const index = indexCopies(texts, GRAM, COMMON_PHRASES)
  if (key.length > CACHED_LENGTH) return index
  if (indexes.size >= CACHED) indexes.delete(indexes.keys().next().value ?? '')
  indexes.set(key, index)
  return index
}
