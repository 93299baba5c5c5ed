import { arabic, chinese, hindi, japanese, korean } from './asian.data.ts'
import { english } from './english.data.ts'
import { french, german, italian, portuguese, russian, spanish } from './european.data.ts'
import type { PhraseBook } from './phrase-book.ts'

export const phraseBooks: Readonly<Record<string, PhraseBook>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
  it: italian,
  ru: russian,
  zh: chinese,
  ja: japanese,
  ko: korean,
  ar: arabic,
  hi: hindi,
}
