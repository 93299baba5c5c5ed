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
/** Key of what the model's matches say beside a rule, which in a long text is more than by themselves. */
const MODEL_BESIDE = 'model beside rules'
/** No rule is certain: what is left is for a model to decide. */
const CAP = 0.99

/** Odds that rules add to the model's: a rule of full confidence multiplies them by e to this power. */
const RULE_ODDS = 4
/**
 * What rules reach by themselves: up to `enough` they count in full, and beyond it at this share. Where no model reads the text
 * they block, and hardly more. Where one does and does not agree, people write or quote such words for other
 * reasons: that is worth a look, and no refusal.
 */
const WITHOUT_MODEL = { enough: 0.8, beyond: 0.25 }
const BESIDE_MODEL = { enough: 0.5, beyond: 0.2 }
/** What is worth no more than a phrase in quotes adds nothing. */
const MENTIONED = 0.3
/** The least that the model's word counts, also where it has none: less than an ordinary text gets. */
const UNHEARD = 0.005

/**
 * Combines matches into one score, 0 to 1, within two neighbouring buckets of the text. Rules: a noisy-or over their
 * codes, the strongest in full, the others discounted; a code counts once however often it matched there. The model's
 * strongest word and the rules are then added as log-odds. Where a model reads the text, rules alone do not block.
 *
 * What is no rule (`isRule`) and not the model's is a second opinion, which may block by itself, whatever its id.
 *
 * Adding a match never lowers the result: what it displaces is at most as strong as itself, and takes a discount that
 * the new match does not.
 */
export function injectionScore(
  matches: readonly Match[],
  _context?: GuardContext,
  isScanned = false,
  isRule: (code: string) => boolean = () => true,
): number {
  const buckets = new Map<number, Map<string, number>>()
  for (const match of matches) {
    const index = Math.floor(match.start / BUCKET)
    const codes = buckets.get(index) ?? new Map<string, number>()
    codes.set(match.code, Math.max(codes.get(match.code) ?? 0, weightOf(match, match.confidence)))
    if (match.code === MODEL) {
      const support = weightOf(match, match.support ?? match.confidence)
      codes.set(MODEL_BESIDE, Math.max(codes.get(MODEL_BESIDE) ?? 0, support))
    }
    buckets.set(index, codes)
  }
  let best = 0
  for (const [index, codes] of buckets) best = Math.max(best, combine(codes, buckets.get(index + 1), isScanned, isRule))
  return Math.min(CAP, best)
}

/** What a match counts: the model's word on a brief text is pressed together, which keeps its order. */
function weightOf({ code, start, end }: Match, confidence: number): number {
  if (code !== MODEL || end - start >= BRIEF) return confidence
  if (confidence <= 0.5) return confidence * (BRIEF_MIDDLE / 0.5)
  return BRIEF_MIDDLE + (confidence - 0.5) * ((BRIEF_CAP - BRIEF_MIDDLE) / 0.5)
}

function combine(
  here: ReadonlyMap<string, number>,
  next: ReadonlyMap<string, number> | undefined,
  isScanned: boolean,
  isRule: (code: string) => boolean,
): number {
  const codes = new Map(here)
  for (const [code, confidence] of next ?? []) codes.set(code, Math.max(codes.get(code) ?? 0, confidence))
  const model = codes.get(MODEL)
  const beside = codes.get(MODEL_BESIDE) ?? 0
  codes.delete(MODEL)
  codes.delete(MODEL_BESIDE)
  const rules = noisyOr(codes)
  const opinions = noisyOr(new Map([...codes].filter(([code]) => !isRule(code))))
  const alone = Math.max(
    upTo(rules, isScanned ? BESIDE_MODEL : WITHOUT_MODEL),
    // A second opinion is asked because the model was in doubt: that doubt does not count against it.
    upTo(opinions, WITHOUT_MODEL),
  )
  if (model === undefined || rules === 0) return Math.max(model ?? 0, alone)
  const odds =
    (Math.max(beside, UNHEARD) / (1 - Math.min(beside, CAP))) *
    Math.exp((RULE_ODDS * Math.max(0, rules - MENTIONED)) / (1 - MENTIONED))
  return Math.max(model, alone, odds / (1 + odds))
}

function upTo(score: number, { enough, beyond }: { readonly enough: number; readonly beyond: number }): number {
  return score <= enough ? score : enough + (score - enough) * beyond
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
