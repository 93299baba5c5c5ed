import type { Rule } from '../../../../guard/rule.ts'
import { SENTENCE_START } from '../../fragments.ts'
import { anyPhrase, type Grammar, phraseOf, rulesIn, type Stems } from '../stems.ts'
import { DOCUMENTS } from './stages.ts'

/** What a document needs to speak to the model that reads it, in a language whose verbs stand before their objects. */
export interface DocumentWords {
  /** "note", "message", "important", "P.S." */
  readonly note: Stems
  /** "for", "to all" */
  readonly to: Stems
  /** "AI", "assistant", "language model": nobody else is called so in a letter. */
  readonly machine: Stems
  /** The same and what people may be called, too: "assistant", "agent". */
  readonly assistant: Stems
  /** "that reads", "processing" */
  readonly reading: Stems
  /** "this text", "this page" */
  readonly thisText: Stems
  /** "must", "has to" */
  readonly must: Stems
  /** "now", "first", "obey", "do this" */
  readonly now: Stems
  /** Orders to a single person that one knows well, or to a machine. */
  readonly order: Stems
  /** "when you summarise", "if you read" */
  readonly whenYou: Stems
  /** "before answering" */
  readonly beforeAnswering: Stems
  readonly user: Stems
  /** "add to", "end … with" */
  readonly add: Stems
  readonly yourAnswer: Stems
  /** "must contain", "has to begin with" */
  readonly contain: Stems
  /** "forget", "ignore", "skip" */
  readonly leave: Stems
  /** "drop everything" */
  readonly dropAll: Stems
  /** "more urgent", "more important" */
  readonly urgent: Stems
  /** "important message", "urgent instruction" */
  readonly importantMessage: Stems
  /** "account holder", "owner", "administrator" */
  readonly owner: Stems
  /** "do not mention this", "say nothing" */
  readonly silence: Stems
  /** "without telling" */
  readonly withoutTelling: Stems
  /** "has asked you", "wants you to" */
  readonly asksYou: Stems
}

const COLON = '(?= ?[:,;.!(-])'
const ONLY_COLON = ' ?:'
const CALLED = ' ?[,،:;!-] ?'

/** Names long enough to look for in every text. */
const named = (stems: Stems): Stems => stems.filter((stem) => stem.length > 4)

/** Rules for what documents say to the model that reads them. */
export function documentRules(grammar: Grammar, words: DocumentWords): readonly Rule[] {
  const phrase = (...places: Parameters<typeof phraseOf> extends [Grammar, ...infer Rest] ? Rest : never) =>
    phraseOf(grammar, ...places)
  return [
    ...rulesIn(grammar, 'indirect', [
      {
        name: 'address',
        ...anyPhrase(
          phrase(words.note, 2, words.to, 2, words.machine, COLON),
          phrase(words.to, 1, words.machine, 1, words.reading, 1, words.thisText),
          phrase(words.machine, 1, words.reading, words.thisText),
          phrase(words.note, 2, words.to, 1, words.assistant, COLON),
        ),
        confidence: 0.6,
        stages: DOCUMENTS,
      },
      {
        name: 'assistant-must',
        ...anyPhrase(
          phrase(words.assistant, words.must, 2, words.now),
          phrase(words.assistant, words.now, words.must),
          phrase(words.machine, words.must, 2, words.now),
          phrase(words.must, 1, words.assistant, 2, words.now),
        ),
        confidence: 0.56,
        stages: DOCUMENTS,
      },
      {
        name: 'vocative',
        ...anyPhrase(
          phrase(SENTENCE_START, words.assistant, CALLED, words.order),
          phrase(SENTENCE_START, named(words.machine), CALLED, words.order),
        ),
        confidence: 0.58,
        stages: DOCUMENTS,
      },
      {
        name: 'while-reading',
        ...anyPhrase(
          phrase(words.whenYou, 2, words.thisText, 3, words.order),
          phrase(words.beforeAnswering, 1, words.user),
        ),
        confidence: 0.58,
        stages: DOCUMENTS,
      },
      {
        name: 'in-your-answer',
        ...anyPhrase(
          phrase(words.add, 1, words.yourAnswer, ONLY_COLON),
          phrase(words.yourAnswer, 1, words.must, 2, words.contain),
          phrase(words.must, words.contain, words.yourAnswer),
        ),
        confidence: 0.56,
        stages: DOCUMENTS,
      },
      {
        name: 'leave-the-page',
        ...anyPhrase(
          phrase(words.leave, 3, words.thisText, 1, words.order),
          phrase(words.dropAll, 3, words.urgent),
          phrase(words.urgent, ONLY_COLON),
        ),
        confidence: 0.56,
        stages: DOCUMENTS,
      },
      {
        name: 'owner',
        ...anyPhrase(phrase(words.importantMessage, 2, words.owner), phrase(words.user, 1, words.asksYou)),
        confidence: 0.52,
        stages: DOCUMENTS,
      },
    ]),
    ...rulesIn(grammar, 'tool-steering', [
      {
        name: 'keep-silent',
        ...anyPhrase(phrase(words.silence), phrase(words.withoutTelling, 2, words.user)),
        confidence: 0.52,
        stages: DOCUMENTS,
      },
    ]),
  ]
}
