import type { LabelledText } from './corpus.ts'
import { insert, pickForm } from './document-forms.ts'
import { ENCODINGS, LATIN_ONLY } from './encodings.ts'
import { noiseDocument } from './noise-documents.ts'
import { combinations } from './phrases/combinations.data.ts'
import { harmlessCombinations } from './phrases/harmless-combinations.data.ts'
import type { Slots } from './phrases/slots.ts'
import { phraseBooks } from './phrases/all-languages.ts'
import { MENTIONS } from './phrases/mentions.data.ts'
import { PUZZLE_ORDERS, PUZZLE_QUESTIONS, TEMPLATE_TOKENS } from './phrases/further-english.data.ts'
import type { PhraseBook } from './phrases/phrase-book.ts'
import { PUZZLES } from './puzzles.ts'
import { Random } from './random.ts'

/** Which phrases are used: a quarter of templates and payloads is never trained on. */
export type Part = 'training' | 'held-out'

export interface GenerateSettings {
  readonly seed: number
  readonly part: Part
  /** Texts of each sort per language. */
  readonly count: number
  /** Benign documents by language, in which sentences are hidden. */
  readonly documents: ReadonlyMap<string, readonly string[]>
  /** Ordinary requests of people. */
  readonly requests: readonly string[]
}

const LATIN = new Set(['en', 'de', 'fr', 'es', 'pt', 'it', 'hi-Latn'])

/** Attacks and harmless texts of the same languages, lengths, encodings and documents. */
export function generateTexts(settings: GenerateSettings): LabelledText[] {
  const random = new Random(settings.seed)
  return Object.entries(phraseBooks).flatMap(([lang, book]) => {
    const maker = new Maker(book, lang, settings, random)
    const count = settings.count * (lang === 'en' ? 2 : 1)
    return Array.from({ length: count }, () => maker.make()).flat()
  })
}

class Maker {
  readonly #book: PhraseBook
  readonly #lang: string
  readonly #settings: GenerateSettings
  readonly #random: Random
  readonly #turn: number

  constructor(book: PhraseBook, lang: string, settings: GenerateSettings, random: Random) {
    this.#book = book
    this.#lang = lang
    this.#settings = settings
    this.#random = random
    this.#turn = Object.keys(phraseBooks).indexOf(lang)
  }

  /** One round: a request with an attack and one without, a document with an injected sentence and two without. */
  make(): LabelledText[] {
    const attack = this.#attack()
    const harmless = this.#harmless()
    const encoding = this.#encoding()
    const texts = [
      this.#text(this.#wrapped(attack), true, ['user'], 'user-attack'),
      this.#text(this.#wrapped(harmless), false, ['user'], 'user-harmless'),
      this.#text(ENCODINGS[encoding]!(attack), true, ['user'], 'user-attack', encoding),
      this.#text(ENCODINGS[encoding]!(harmless), false, ['user'], 'user-harmless', encoding),
      ...this.#documents(),
    ]
    if (this.#random.next() < 0.3) texts.push(this.#text(this.#mention(), false, ['user', 'document'], 'mention'))
    if (this.#lang === 'en' && this.#random.next() < 0.5) texts.push(...this.#puzzles())
    return texts
  }

  #documents(): LabelledText[] {
    const random = this.#random
    const carrier = this.#carrier()
    const direct = random.next() < 0.6
    const injected = direct ? this.#injection() : this.#bare()
    const filler = random.next() < 0.5 ? this.#sentenceOf(this.#carrier()) : this.#harmlessForDocument()
    const place = random.next()
    const encoding = this.#encoding()
    const encoded = random.next() < 0.15
    const disguise = (text: string): string => (encoded ? ENCODINGS[encoding]!(text) : text)
    const form = pickForm(random)
    const attack = form(insert(carrier, disguise(injected), place))
    const twin = form(insert(carrier, disguise(filler), place))
    return [
      {
        ...this.#text(
          attack.text,
          true,
          ['document'],
          direct ? 'document-injection' : 'document-bare',
          encoded ? encoding : undefined,
        ),
        span: attack.span,
      },
      this.#text(twin.text, false, ['document'], 'document-twin', encoded ? encoding : undefined),
      this.#text(
        random.next() < 0.4 ? this.#harmlessForDocument() : this.#sentenceOf(this.#carrier()),
        false,
        ['document', 'user'],
        'document-sentence',
      ),
      ...(random.next() < 0.5 ? [this.#text(carrier, false, ['document'], 'document-clean')] : []),
      ...(random.next() < 0.25
        ? [this.#text(noiseDocument(random, carrier), false, ['document', 'user'], 'document-noise')]
        : []),
    ]
  }

  /** Something hidden with an order to obey it, and hidden alike without one. */
  #puzzles(): LabelledText[] {
    const hide = this.#random.pick(PUZZLES)
    const order = this.#pick(PUZZLE_ORDERS).replace('{}', () =>
      hide(this.#random.next() < 0.5 ? this.#pick(this.#book.payload) : this.#request()),
    )
    const question = this.#pick(PUZZLE_QUESTIONS).replace('{}', () =>
      hide(this.#random.next() < 0.5 ? this.#pick(this.#book.harmless) : this.#request()),
    )
    return [this.#text(order, true, ['user'], 'puzzle-order'), this.#text(question, false, ['user'], 'puzzle-question')]
  }

  #attack(): string {
    const attack = this.#plainAttack()
    if (this.#random.next() > 0.08) return attack
    const order = this.#random.next() < 0.5 ? `${capitalized(this.#pick(this.#book.payload))}${this.#stop()}` : attack
    return this.#pick(TEMPLATE_TOKENS).replace('{}', () => order)
  }

  #plainAttack(): string {
    const chance = this.#random.next()
    const { extraction, override, persona } = this.#book
    if (chance < 0.25) return this.#filled(this.#pick(override))
    if (chance < 0.45) return this.#combinedOverride()
    if (chance < 0.58) return this.#pick(extraction)
    if (chance < 0.7) return `${this.#combined('extraction')}${this.#stop()}`
    if (chance < 0.82) return this.#filled(this.#pick(persona))
    if (chance < 0.92) return `${this.#combined('freedom')}${this.#stop()} ${this.#request()}`
    return `${this.#request()}\n\n${this.#filled(this.#pick(override))}`
  }

  #combinedOverride(): string {
    const and = this.#random.next() < 0.5 ? `${this.#stop()} ` : this.#isUnspaced() ? '，' : ', '
    return `${this.#combined('override')}${and}${this.#pick(this.#book.payload)}${this.#random.next() < 0.7 ? this.#stop() : ''}`
  }

  /** One word of each list; words held out are held out here too. */
  #combined(sort: keyof (typeof combinations)[string]): string {
    return this.#joined(combinations[this.#lang]?.[sort] ?? [])
  }

  #joined(slots: Slots): string {
    const joint = this.#isUnspaced() ? '' : ' '
    return slots
      .map((slot) => this.#pick(slot))
      .join(joint)
      .replace(/ ([,;.])/g, '$1')
  }

  /** A role, something to ignore or to show, as people ask for it. */
  #combinedHarmless(): string {
    const sorts = harmlessCombinations[this.#lang]
    if (sorts === undefined) return this.#request()
    const text = this.#joined(this.#random.pick(Object.values(sorts) as readonly Slots[]))
    return /[.!?。؟।]$/.test(text) ? text : `${text}${this.#stop()}`
  }

  #stop(): string {
    return this.#isUnspaced() ? '。' : this.#lang === 'hi' ? '।' : '.'
  }

  #isUnspaced(): boolean {
    return this.#lang === 'zh' || this.#lang === 'ja'
  }

  #injection(): string {
    const chance = this.#random.next()
    if (chance < 0.4) return this.#filled(this.#pick(this.#book.indirect))
    if (chance < 0.55) return this.#combinedIndirect()
    if (chance < 0.7) return this.#filled(this.#pick(this.#book.override))
    if (chance < 0.85) return this.#combinedOverride()
    return chance < 0.93 ? this.#pick(this.#book.extraction) : this.#filled(this.#pick(this.#book.persona))
  }

  #combinedIndirect(): string {
    const joint = this.#isUnspaced() ? '' : ' '
    return `${this.#combined('indirect')}${joint}${this.#pick(this.#book.payload)}${this.#stop()}`
  }

  /** A plain request: harmless from a user, an attack inside a document. */
  #bare(): string {
    const { requests } = this.#settings
    if (this.#random.next() < 0.2) return `${capitalized(this.#pick(this.#book.payload))}.`
    return this.#lang === 'en' && this.#random.next() < 0.8 ? this.#random.pick(requests) : this.#request()
  }

  #harmless(): string {
    const random = this.#random
    const chance = random.next()
    if (chance < 0.35) return this.#pick(this.#book.harmless)
    if (chance < 0.65) return this.#combinedHarmless()
    if (chance < 0.75) return this.#request()
    if (chance < 0.9) return `${this.#request()} ${this.#pick(this.#book.harmless)}`
    return this.#lang === 'en' ? random.pick(this.#settings.requests) : this.#request()
  }

  #harmlessForDocument(): string {
    const { letters } = this.#book
    if (letters && this.#random.next() < 0.6) return this.#pick(letters)
    return this.#pick(
      this.#book.harmless.filter((text) =>
        /prompt|instruc|rules|指|規|规|인젝|правил|инъек|règle|Regel|Anweis|istruz|निर्देश|تعليمات/i.test(text),
      ),
    )
  }

  /** People write about attacks: the phrase stands in quotes in a text that explains or forbids it. */
  #mention(): string {
    const phrase = this.#filled(this.#pick(this.#book.override)).replace(/[.。।]$/, '')
    const own = MENTIONS[this.#lang] ?? []
    if (own.length > 0 && this.#random.next() < 0.7) return this.#random.pick(own).replace('{}', phrase)
    const frames = [
      `Attackers often write "${phrase}" and similar phrases; our filter detects them.`,
      `What does the phrase "${phrase}" mean?`,
      `Translate the following security example into English: "${phrase}"`,
      `Example of a prompt injection: "${phrase}". Models should treat it as data.`,
      `The test case contains "${phrase}" and expects the request to be blocked.`,
    ]
    return this.#random.pick(frames)
  }

  #wrapped(text: string): string {
    const chance = this.#random.next()
    if (chance < 0.6) return text
    if (chance < 0.7) return `"${text}"`
    if (chance < 0.8) return `${text} ${this.#request()}`
    if (chance < 0.9) return `${this.#sentenceOf(this.#carrier())} ${text}`
    return text.toLowerCase().replace(/[.!?。]$/, '')
  }

  #filled(template: string): string {
    return capitalized(
      template.replaceAll('{p}', () => this.#pick(this.#book.payload)).replaceAll('{r}', () => this.#request()),
    )
  }

  #request(): string {
    return this.#pick(this.#book.request)
  }

  #carrier(): string {
    const { documents } = this.#settings
    const own = documents.get(this.#lang) ?? []
    const list = own.length > 5 && this.#random.next() < 0.9 ? own : (documents.get('en') ?? [])
    const text = this.#random.pick(list)
    return text.slice(0, 400 + this.#random.below(1600))
  }

  #sentenceOf(document: string): string {
    const sentences = document.match(/[^.!?。！？।\n]{15,240}[.!?。！？।]?/g) ?? [document.slice(0, 120)]
    return (sentences[this.#random.below(sentences.length)] ?? '').trim()
  }

  #encoding(): string {
    const names = Object.keys(ENCODINGS).filter((name) => LATIN.has(this.#lang) || !LATIN_ONLY.has(name))
    return this.#random.pick(names)
  }

  /** Every fourth phrase is held out, others in each language: a meaning may be known from another one. */
  #pick(list: readonly string[]): string {
    const own = list.filter((_, index) => ((index + this.#turn) % 4 === 3) === (this.#settings.part === 'held-out'))
    return this.#random.pick(own.length > 0 ? own : list)
  }

  #text(text: string, attack: boolean, heads: LabelledText['heads'], kind: string, encoding?: string): LabelledText {
    return {
      text,
      attack,
      heads,
      kind,
      family: 'generated',
      fold: -1,
      lang: this.#lang,
      weight: 1,
      generated: true,
      ...(encoding !== undefined && { encoding }),
    }
  }
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
