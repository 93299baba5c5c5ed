import type { Rule } from '../../../guard/rule.ts'
import { arabic } from './arabic.ts'
import { chinese } from './chinese.ts'
import { spanishDocuments } from './documents/spanish.ts'
import { frenchDocuments } from './documents/french.ts'
import { portugueseDocuments } from './documents/portuguese.ts'
import { italianDocuments } from './documents/italian.ts'
import { russianDocuments } from './documents/russian.ts'
import { arabicDocuments } from './documents/arabic.ts'
import { japaneseDocuments } from './documents/japanese.ts'
import { chineseDocuments } from './documents/chinese.ts'
import { koreanDocuments } from './documents/korean.ts'
import { hindiDocuments } from './documents/hindi.ts'
import { germanDocuments } from './documents/german.ts'
import { dutch } from './dutch.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { hindi } from './hindi.ts'
import { italian } from './italian.ts'
import { japanese } from './japanese.ts'
import { korean } from './korean.ts'
import { germanParaphrases } from './paraphrases/german.ts'
import { polish } from './polish.ts'
import { portuguese } from './portuguese.ts'
import { russian } from './russian.ts'
import { spanish } from './spanish.ts'
import { turkish } from './turkish.ts'

/** All rules that are not English. Each file has one language with the same families. */
export const languageRules: readonly Rule[] = [
  ...german,
  ...germanDocuments,
  ...germanParaphrases,
  ...french,
  ...frenchDocuments,
  ...spanish,
  ...spanishDocuments,
  ...portuguese,
  ...portugueseDocuments,
  ...italian,
  ...italianDocuments,
  ...dutch,
  ...polish,
  ...turkish,
  ...russian,
  ...russianDocuments,
  ...chinese,
  ...chineseDocuments,
  ...japanese,
  ...japaneseDocuments,
  ...korean,
  ...koreanDocuments,
  ...arabic,
  ...arabicDocuments,
  ...hindi,
  ...hindiDocuments,
]
