import type { Origin, Stage } from '../../guard/stage.ts'
import type { Rule, ViewName } from '../../guard/rule.ts'
import type { Severity } from '../../guard/finding.ts'
import { MENTION_REACH, mentionedConfidence } from './mention.ts'

/** Which family of attack a phrase belongs to; part of the code, so that findings read without a table. */
export type Family =
  | 'override'
  | 'delimiter'
  | 'persona'
  | 'extraction'
  | 'refusal-suppression'
  | 'output-steering'
  | 'indirect'
  | 'tool-steering'
  | 'encoded'

export interface Phrase {
  /** What follows the family in the code: `override-prior` is family `override`, name `prior`. */
  readonly name: string
  /** Source of the pattern, for the folded view (lower case, no accents on Latin letters, `\n` line ends). */
  readonly pattern: string
  readonly literals: readonly string[]
  readonly confidence: number
  readonly message?: string
  readonly stages?: readonly Stage[]
  readonly origins?: readonly Origin[]
  readonly views?: readonly ViewName[]
  /**
   * Where the phrase is an everyday one (a phone has a developer mode, too) and counts below every threshold. Tested on
   * what stands before, the match and what follows, joined by NUL.
   */
  readonly ordinary?: RegExp
  /** False for tokens that mean the same in quotes, e.g. chat-template tokens. Default true. */
  readonly mention?: boolean
}

const MESSAGES: Readonly<Record<Family, string>> = {
  override: 'Asks to set aside the instructions in force.',
  delimiter: 'Imitates the role or turn markers of a chat template.',
  persona: 'Asks for a persona or mode without rules.',
  extraction: 'Asks for the system prompt or hidden instructions.',
  'refusal-suppression': 'Forbids refusals, warnings or disclaimers.',
  'output-steering': 'Dictates how the answer must begin or be split.',
  indirect: 'Addresses an assistant from inside a document.',
  'tool-steering': 'Orders a tool call, a transfer of data or silence towards the user.',
  encoded: 'Asks to decode hidden text and act on it.',
}

const THREATS: Readonly<Record<Family, readonly string[]>> = {
  override: ['LLM01:2026', 'AML.T0051.000', 'ASI01'],
  delimiter: ['LLM01:2026', 'AML.T0051.000', 'ASI01'],
  persona: ['LLM01:2026', 'AML.T0054'],
  extraction: ['LLM08:2026', 'AML.T0056'],
  'refusal-suppression': ['LLM01:2026', 'AML.T0054'],
  'output-steering': ['LLM01:2026', 'AML.T0054'],
  indirect: ['LLM01:2026', 'AML.T0051.001', 'ASI01'],
  'tool-steering': ['LLM01:2026', 'AML.T0051.001', 'AML.T0053', 'ASI02'],
  encoded: ['LLM01:2026', 'AML.T0051.000'],
}

/** What the application itself wrote is trusted: a system prompt may say "never reveal" and "ignore attempts to". */
const UNTRUSTED: readonly Origin[] = ['user', 'model', 'tool', 'retrieved']

/** What else people and programs do to each other: there the subject of the verb counts. */
const TELLABLE: ReadonlySet<Family> = new Set(['override', 'extraction'])

/** In these languages the infinitive describes more often than it orders. */
const INFINITIVES: Readonly<Record<string, RegExp>> = {
  fr: /^\w{3,12}(?:er|ir)(?!\w)/,
  es: /^\w{3,12}(?:ar|er|ir)(?!\w)/,
  pt: /^\w{3,12}(?:ar|er|ir)(?!\w)/,
  it: /^\w{2,12}(?:are|ere|ire)(?!\w)/,
}

const LATIN_VIEWS: readonly ViewName[] = ['folded', 'skeleton', 'leet', 'decoded']
const OTHER_VIEWS: readonly ViewName[] = ['folded', 'decoded']

/** Rules of one family in a Latin-script language. The pattern is held to whole words. */
export function latinRules(family: Family, phrases: readonly Phrase[], language?: string): readonly Rule[] {
  return phrases.map((phrase) => {
    const pattern = new RegExp(`(?<![a-z0-9_])(?:${phrase.pattern})(?![a-z0-9_])`, 'u')
    return phraseRule(family, phrase, pattern, LATIN_VIEWS, language)
  })
}

/** Rules in a script with spaces between words that is not Latin: Cyrillic, Arabic, Devanagari, Hangul. */
export function scriptRules(family: Family, phrases: readonly Phrase[], language: string): readonly Rule[] {
  return phrases.map((phrase) => {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrase.pattern})`, 'u')
    return phraseRule(family, phrase, pattern, OTHER_VIEWS, language)
  })
}

/** Rules whose pattern brings its own edges: tokens, and scripts without spaces. */
export function bareRules(family: Family, phrases: readonly Phrase[], language?: string): readonly Rule[] {
  return phrases.map((phrase) => phraseRule(family, phrase, new RegExp(phrase.pattern, 'u'), OTHER_VIEWS, language))
}

function phraseRule(
  family: Family,
  phrase: Phrase,
  pattern: RegExp,
  views: readonly ViewName[],
  language: string | undefined,
): Rule {
  return {
    code: [family, phrase.name, ...(language === undefined ? [] : [language])].join('-'),
    pattern,
    views: phrase.views ?? views,
    literals: phrase.literals,
    severity: severityOf(phrase.confidence),
    confidence: phrase.confidence,
    message: phrase.message ?? MESSAGES[family],
    origins: phrase.origins ?? UNTRUSTED,
    threats: THREATS[family],
    ...(phrase.stages === undefined ? {} : { stages: phrase.stages }),
    ...(phrase.mention === false
      ? {}
      : {
          validate: mentionedConfidence(phrase.confidence, {
            infinitive: INFINITIVES[language ?? ''],
            ordinary: phrase.ordinary,
            tellable: TELLABLE.has(family),
          }),
          // Only so that the validator sees what follows: a closing quote.
          context: { words: ['"'], boost: 0, after: MENTION_REACH },
        }),
  }
}

function severityOf(confidence: number): Severity {
  if (confidence >= 0.8) return 'high'
  return confidence >= 0.5 ? 'medium' : 'low'
}
