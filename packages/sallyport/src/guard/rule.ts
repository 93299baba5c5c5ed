import type { Origin, Stage } from './stage.ts'
import type { Severity } from './finding.ts'

/**
 * A reading of the text. `original` is the text as it stands. `folded` is lower case, compatibility-normalised (NFKC per
 * code point), without invisible characters and combining marks on Latin, Greek and Cyrillic letters, with runs of
 * blanks as one space (line ends stay `\n`). `skeleton` is `folded` with look-alike letters (UTS #39) as ASCII.
 * `leet` is `skeleton` with leetspeak undone and spaced or punctuated single letters joined. `decoded` is what base64,
 * hex, percent, entity … runs decode to, itself folded; a match there has the span of the encoded run.
 */
export type ViewName = 'original' | 'folded' | 'skeleton' | 'leet' | 'decoded'

/** What a validator or replacement sees of a match. Never store it in a finding. */
export interface RuleMatch {
  /** The matched text as the view has it. */
  readonly text: string
  /** Up to 100 characters of the same view before the match. */
  readonly before: string
  /** Up to `context.after` characters of the same view after the match: nothing unless the rule declares it. */
  readonly after: string
  readonly view: ViewName
}

/** Words near a match that make it more likely. */
export interface RuleContext {
  /** Lower case, as the folded view has them; matched at word starts. */
  readonly words: readonly string[]
  /** Added to the confidence when one is near, capped at 1. */
  readonly boost: number
  /** Characters looked at before the match, at most 100. Default 60. */
  readonly before?: number
  /** Characters looked at after the match, at most 64. Default 0, because a stream must hold them back. */
  readonly after?: number
}

/**
 * One thing to look for, declared as data. `compose` builds a single scanner from the rules of every guard in a gate.
 * The pattern must be bounded: `{1,64}` instead of `+` or `*`; that is checked when the gate is built. CI checks every
 * shipped pattern further: recheck has to call it safe, and on the worst text that a search finds one attempt has to
 * stay under a limit of steps, as a bounded pattern can still be slow. The search is no proof.
 */
export interface Rule {
  /** Stable kebab-case id, unique within the guard. */
  readonly code: string
  /**
   * Matched against each of `views`. Written for the view it reads (lower case for `folded`), with lookbehind and
   * lookahead for the surroundings: the whole match is the finding's span. Flags `u`, `v`, `i`, `m`, `s` only.
   */
  readonly pattern: RegExp
  /** Default `['folded']`. */
  readonly views?: readonly ViewName[]
  /**
   * Lower case; each match (or its lookbehind and lookahead) contains at least one of them, compared without ASCII
   * case. They feed the shared prefilter: the pattern only runs near a hit. Leave out only when there is no such literal.
   */
  readonly literals?: readonly string[]
  readonly severity: Severity
  /** 0 to 1, before context and validation. */
  readonly confidence: number
  /** Our words for people; never quoted input. */
  readonly message: string
  /** Personal-data type in Presidio's names. */
  readonly entity?: string
  /** `false` drops the match, a number replaces the confidence, `true` keeps it. Checksums live here. */
  readonly validate?: (match: RuleMatch) => boolean | number
  readonly context?: RuleContext
  /** Default: every stage of the guard. */
  readonly stages?: readonly Stage[]
  /** Default: every origin. */
  readonly origins?: readonly Origin[]
  /** Taxonomy ids, e.g. `LLM01:2026`. Default: the guard's. */
  readonly threats?: readonly string[]
}
