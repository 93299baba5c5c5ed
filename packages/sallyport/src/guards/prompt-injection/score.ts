import type { GuardContext, Match } from '../../guard/guard.ts'

/** Evidence adds up only while it stands together; a clean long document must stay clean. UTF-16 code units. */
const BUCKET = 1_000
/** Two neighbouring buckets. */
export const SCORE_REACH = 2 * BUCKET

/** Another family is partly new evidence; another rule of the same family mostly says the same again. */
const OTHER_FAMILY = 0.7
const SAME_FAMILY = 0.5

/** Below this length the learned model has too little to go by to refuse a text alone ("Let's play a game where …"). */
const BRIEF = 100
/** Largest score of a brief text on the model's word alone: under the threshold at which `recommended` blocks. */
const BRIEF_CAP = 0.79
/** What 0.5 is pressed to. */
const BRIEF_MIDDLE = 0.42

/** Code of the model's matches. */
const MODEL = 'model'
/** No rule is certain: what is left is for a model to decide. */
const CAP = 0.99

/** Odds that rules add to the model's: a rule of full confidence multiplies them by e to this power. */
const RULE_ODDS = 2.2
/** Rules alone reach the threshold at which `recommended` blocks, and hardly more: what the model confirms ranks above. */
const ENOUGH = 0.8
const BEYOND_ENOUGH = 0.25
/** What is worth no more than a phrase in quotes adds nothing. */
const MENTIONED = 0.3
/** The model's word where it has none: what an ordinary text gets. */
const UNHEARD = 0.02

/**
 * Combines matches into one score, 0 to 1, within two neighbouring buckets of the text. Rules: a noisy-or over their
 * codes, the strongest in full, the others discounted; a code counts once however often it matched there. The model's
 * strongest word and the rules are then added as log-odds. Rules alone block, but rank below what the model confirms.
 *
 * Adding a match never lowers the result: what it displaces is at most as strong as itself, and takes a discount that
 * the new match does not.
 */
export function injectionScore(matches: readonly Match[], _context?: GuardContext): number {
  const buckets = new Map<number, Map<string, number>>()
  for (const match of matches) {
    const index = Math.floor(match.start / BUCKET)
    const codes = buckets.get(index) ?? new Map<string, number>()
    codes.set(match.code, Math.max(codes.get(match.code) ?? 0, weightOf(match)))
    buckets.set(index, codes)
  }
  let best = 0
  for (const [index, codes] of buckets) best = Math.max(best, combine(codes, buckets.get(index + 1)))
  return Math.min(CAP, best)
}

/** What a match counts: the model's word on a brief text is pressed together, which keeps its order. */
function weightOf({ code, confidence, start, end }: Match): number {
  if (code !== MODEL || end - start >= BRIEF) return confidence
  if (confidence <= 0.5) return confidence * (BRIEF_MIDDLE / 0.5)
  return BRIEF_MIDDLE + (confidence - 0.5) * ((BRIEF_CAP - BRIEF_MIDDLE) / 0.5)
}

function combine(here: ReadonlyMap<string, number>, next: ReadonlyMap<string, number> | undefined): number {
  const codes = new Map(here)
  for (const [code, confidence] of next ?? []) codes.set(code, Math.max(codes.get(code) ?? 0, confidence))
  const model = codes.get(MODEL)
  codes.delete(MODEL)
  const rules = noisyOr(codes)
  const alone = rules <= ENOUGH ? rules : ENOUGH + (rules - ENOUGH) * BEYOND_ENOUGH
  if (model === undefined || rules === 0) return Math.max(model ?? 0, alone)
  const odds =
    (Math.max(model, UNHEARD) / (1 - Math.min(model, CAP))) *
    Math.exp((RULE_ODDS * Math.max(0, rules - MENTIONED)) / (1 - MENTIONED))
  return Math.max(model, alone, odds / (1 + odds))
}

function noisyOr(codes: ReadonlyMap<string, number>): number {
  const seen = new Set<string>()
  let miss = 1
  for (const [code, confidence] of [...codes].sort((a, b) => b[1] - a[1])) {
    const family = familyOf(code)
    const weight = seen.size === 0 ? 1 : seen.has(family) ? SAME_FAMILY : OTHER_FAMILY
    seen.add(family)
    miss *= 1 - weight * confidence
  }
  return 1 - miss
}

/** Families with a dash in their name share no first word with another, so the first word tells them apart. */
function familyOf(code: string): string {
  const dash = code.indexOf('-')
  return dash < 0 ? code : code.slice(0, dash)
}
