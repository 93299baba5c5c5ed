/**
 * The syntax tree of a regular expression. Every node keeps the slice of the pattern it was read from, so that a tool can
 * put patterns together from the author's own pieces.
 */
export type PatternNode =
  AlternationNode | SequenceNode | GroupNode | QuantifierNode | CharacterNode | AssertionNode | LookaroundNode

/** `a|b|c`: two or more alternatives. */
export interface AlternationNode {
  readonly kind: 'alternation'
  readonly source: string
  readonly alternatives: readonly PatternNode[]
}

/** Parts one after the other; empty for the empty pattern. */
export interface SequenceNode {
  readonly kind: 'sequence'
  readonly source: string
  readonly items: readonly PatternNode[]
}

/** `(…)`, `(?<name>…)` or `(?:…)`. */
export interface GroupNode {
  readonly kind: 'group'
  readonly source: string
  readonly capturing: boolean
  readonly name?: string
  readonly body: PatternNode
}

/** `x?`, `x*`, `x+`, `x{n,m}` and their lazy forms. */
export interface QuantifierNode {
  readonly kind: 'quantifier'
  readonly source: string
  readonly min: number
  /** `Infinity` when there is no upper bound. */
  readonly max: number
  readonly lazy: boolean
  readonly body: PatternNode
}

/** Whatever consumes exactly one character: a literal, an escape, a class, the dot. */
export interface CharacterNode {
  readonly kind: 'character'
  readonly source: string
  /**
   * Inclusive code point ranges the source lists, before case folding. For a negated class these are what it excludes.
   * Without the `u` or `v` flag they are UTF-16 code units.
   */
  readonly ranges: readonly (readonly [first: number, last: number])[]
  /** True for `[^…]`. */
  readonly negated: boolean
  /** True when the ranges are not all of it: the dot, `\p{…}`, `\D`, `\S`, `\W`. */
  readonly open: boolean
  /** Fewest and most UTF-16 code units one match takes: 2 is possible only with the `u` or `v` flag. */
  readonly minUnits: 1 | 2
  readonly maxUnits: 1 | 2
}

/** `^`, `$`, `\b`, `\B`. */
export interface AssertionNode {
  readonly kind: 'assertion'
  readonly source: string
  readonly assertion: 'start' | 'end' | 'boundary' | 'not-boundary'
}

/** `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`. */
export interface LookaroundNode {
  readonly kind: 'lookaround'
  readonly source: string
  readonly direction: 'ahead' | 'behind'
  readonly negative: boolean
  readonly body: PatternNode
}
