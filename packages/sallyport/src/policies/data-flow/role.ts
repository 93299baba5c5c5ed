import { placesIn } from './part-text.ts'

/** An id of three digits stands in many a text by chance: as a day, a count, a price. */
const SHORT = /^\d{1,3}$/
const ID_WORDS: ReadonlySet<string> = new Set(['id', 'identifier', 'uid', 'index', 'idx', 'ref', 'number', 'no', 'nr'])
/** Words that may stand between a number and what it is the number of. */
const FILLERS: ReadonlySet<string> = new Set([...ID_WORDS, 'and', 'or', 'is', 'are', 'with', 'has', 'the', 'whose'])
/** Words of a tool's name that say nothing of what it is about. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'get list search find read all by to of for from in on a the my'.split(' ').concat(...ID_WORDS),
)
/** Characters before a number that are read. */
const BEFORE = 80

/**
 * What a value is used as: the argument and the tool it is for. Only ids of up to three digits need it: `13` in a text may
 * be anything, so as an id it counts where it is called one, as in "file 13" or "the event with ID 13".
 */
export class Role {
  readonly #words: ReadonlySet<string>
  readonly #isId: boolean
  /** The same for equal roles. */
  readonly id: string

  constructor(tool: string, trail: readonly string[]) {
    const argument = trail.flatMap(wordsOf)
    this.#isId = ID_WORDS.has(argument.at(-1) ?? '')
    this.id = this.#isId ? `${tool} ${trail.join('.')}` : ''
    this.#words = new Set(
      wordsOf(tool)
        .concat(argument)
        .filter((word) => !EMPTY_WORDS.has(word)),
    )
  }

  isShortNumber(value: string | number): boolean {
    return this.#isId && SHORT.test(String(value).trim())
  }

  /** Whether a text (in lower case) calls the number that of such a thing: the nearest word before it that says what it is. */
  isNamedIn(text: string, number: string): boolean {
    for (const at of placesIn(text, number.trim())) {
      if (this.#isCalledSo(text.slice(Math.max(0, at - BEFORE), at))) return true
    }
    return false
  }

  /** Whether a tool's results are about the same things: `search_files` for the `file_id` of `delete_file`. */
  isOfTool(tool: string): boolean {
    return wordsOf(tool).some((word) => this.#words.has(word))
  }

  #isCalledSo(before: string): boolean {
    const clause = before.slice(before.search(/[^.!?;\n]*$/))
    let isNumbered = false
    for (const word of (clause.match(/[\p{L}\p{N}]+/gu) ?? []).reverse().map(singular)) {
      if (this.#words.has(word)) return true
      if (!FILLERS.has(word) && !/^\d+$/.test(word)) return false
      isNumbered ||= ID_WORDS.has(word)
    }
    return isNumbered
  }
}

/** `attachedFileIds`, `attached_file_ids` → attached, file, id. */
function wordsOf(name: string): string[] {
  return (name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? []).map((word) =>
    singular(word.toLowerCase()),
  )
}

function singular(word: string): string {
  return word.length > 2 && word.endsWith('s') ? word.slice(0, -1) : word
}
