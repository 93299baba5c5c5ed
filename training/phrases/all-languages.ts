import { arabic, chinese, hindi, japanese, korean } from './asian.data.ts'
import { arabicDocuments, germanDocuments, japaneseDocuments, portugueseDocuments } from './documents.data.ts'
import { everydayPhrases } from './everyday.data.ts'
import { english } from './english.data.ts'
import { french, german, italian, portuguese, russian, spanish } from './european.data.ts'
import { furtherArabic } from './further-arabic.data.ts'
import { furtherChinese } from './further-chinese.data.ts'
import { furtherFrench } from './further-french.data.ts'
import { furtherGerman } from './further-german.data.ts'
import { furtherHindi } from './further-hindi.data.ts'
import { furtherItalian } from './further-italian.data.ts'
import { furtherJapanese } from './further-japanese.data.ts'
import { furtherKorean } from './further-korean.data.ts'
import { furtherPortuguese } from './further-portuguese.data.ts'
import { furtherRussian } from './further-russian.data.ts'
import { furtherSpanish } from './further-spanish.data.ts'
import { moreChinese, moreJapanese, moreKorean } from './more-east-asian.data.ts'
import { furtherEnglish } from './further-english.data.ts'
import { hinglish } from './hinglish.data.ts'
import { moreEnglish } from './more-english.data.ts'
import { moreGerman } from './more-germanic.data.ts'
import { moreFrench, moreItalian, morePortuguese, moreSpanish } from './more-romance.data.ts'
import { moreArabic, moreHindi, moreRussian } from './more-slavic-semitic-indic.data.ts'
import type { PhraseBook } from './phrase-book.ts'

const books: Readonly<Record<string, readonly Partial<PhraseBook>[]>> = {
  en: [english, moreEnglish, furtherEnglish],
  de: [german, moreGerman, furtherGerman, germanDocuments],
  fr: [french, moreFrench, furtherFrench],
  es: [spanish, moreSpanish, furtherSpanish],
  pt: [portuguese, morePortuguese, furtherPortuguese, portugueseDocuments],
  it: [italian, moreItalian, furtherItalian],
  ru: [russian, moreRussian, furtherRussian],
  zh: [chinese, moreChinese, furtherChinese],
  ja: [japanese, moreJapanese, furtherJapanese, japaneseDocuments],
  ko: [korean, moreKorean, furtherKorean],
  ar: [arabic, moreArabic, furtherArabic, arabicDocuments],
  hi: [hindi, moreHindi, furtherHindi],
  'hi-Latn': [hinglish],
}

export const phraseBooks: Readonly<Record<string, PhraseBook>> = Object.fromEntries(
  Object.entries(books).map(([lang, own]) => [lang, united(...own, everydayPhrases[lang] ?? {})]),
)

/** One after the other: which phrases are held out goes by their place, so new books come last. */
function united(...books: readonly Partial<PhraseBook>[]): PhraseBook {
  const list = (key: keyof PhraseBook): readonly string[] => books.flatMap((book) => book[key] ?? [])
  return {
    override: list('override'),
    payload: list('payload'),
    extraction: list('extraction'),
    persona: list('persona'),
    indirect: list('indirect'),
    request: list('request'),
    harmless: list('harmless'),
    letters: list('letters'),
  }
}
