import type { GuardContext, GuardDefinition, Match } from '../guard/guard.ts'

/** Matches, findings and edits of a stream that are kept to its end; further ones count, and are counted. */
export const MAX_KEPT = 1_000
/** The same evidence may be met in several views, at most this many characters apart. */
const REPEATS_WITHIN = 65_536
/** Known matches above which old ones are looked for to be forgotten. */
const FORGET_ABOVE = 4_096

/** Everything known about one guard while its text is read. */
export class GuardState {
  readonly #definition: GuardDefinition
  readonly #context: GuardContext
  readonly #isScanned: boolean
  readonly #matches: Match[] = []
  /** Matches already known, with their ends, so that the same evidence seen in two views counts once. */
  readonly #known = new Map<string, number>()
  /** Matches that may still add up with later ones, by where they start. */
  readonly #near = new Map<number, Match[]>()
  #forgetAbove = FORGET_ABOVE
  score = 0

  constructor(definition: GuardDefinition, context: GuardContext, isScanned: boolean) {
    this.#definition = definition
    this.#context = context
    this.#isScanned = isScanned
  }

  /** What one match is worth by itself. */
  worth(match: Match): number {
    const { score, scored } = this.#definition
    return scored && score ? score([match], this.#context, this.#isScanned) : match.confidence
  }

  /** What the combined score was made of: all of a whole text, the first {@link MAX_KEPT} of a stream. */
  get matches(): readonly Match[] {
    return this.#matches
  }

  /**
   * Takes a match and raises the score by it; false when it is known already.
   *
   * @param isWhole Whether the text came in one piece and is kept.
   * @param released Offset up to which the text has left.
   */
  take(match: Match, isWhole: boolean, released: number): boolean {
    const key = `${match.code} ${match.start} ${match.end} ${match.confidence}`
    if (this.#known.has(key)) return false
    this.#known.set(key, match.end)
    if (this.#known.size > this.#forgetAbove) this.#forget(released - REPEATS_WITHIN)
    const { score, scoreReach, scored } = this.#definition
    if (scored && (isWhole || this.#matches.length < MAX_KEPT)) this.#matches.push(match)
    const together = score && scoreReach !== undefined ? this.#around(match, scoreReach) : this.#matches
    this.score = Math.max(this.score, score ? score(together, this.#context, this.#isScanned) : match.confidence)
    return true
  }

  /** The match and those near enough to add up with it. */
  #around(match: Match, reach: number): readonly Match[] {
    const place = Math.floor(match.start / reach)
    const here = this.#near.get(place)
    if (here) here.push(match)
    else this.#near.set(place, [match])
    return [place - 1, place, place + 1].flatMap((each) => this.#near.get(each) ?? [])
  }

  #forget(before: number): void {
    for (const [key, end] of this.#known) if (end < before) this.#known.delete(key)
    const { scoreReach } = this.#definition
    if (scoreReach !== undefined) {
      for (const place of this.#near.keys()) if ((place + 2) * scoreReach < before) this.#near.delete(place)
    }
    this.#forgetAbove = 2 * this.#known.size + FORGET_ABOVE
  }
}
