import { any, gap, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'

/** Dotless `ı` has no decomposition, so both forms are allowed. */
const STEERING = any(
  'talimat(?:lar)?[iı]?(?:n[iı])?(?:z[iı])?|yonerge(?:ler)?i?(?:ni)?|komut(?:lar)?[iı]?(?:n[iı])?|kural(?:lar)?[iı]?(?:n[iı])?|istem(?:ler)?i?(?:ni)?|prompt(?:u|lar[iı])?|emir(?:ler)?i?|k[iı]s[iı]tlama(?:lar)?[iı]?|mesaj(?:lar)?[iı]?|baglam[iı]?',
)
const LITERALS = ['talimat', 'yonerge', 'komut', 'kural', 'istem', 'prompt', 'emir', 'tlama', 'mesaj', 'baglam']

export const turkish = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `(?:onceki|yukar[iı]daki|eski|daha onceki|mevcut|as[iı]l|ilk|sistem|simdiye kadarki|tum|butun|verilen)(?:${SEP}\\w{1,12}){0,3}${SEP}${STEERING}${gap(1)}(?:yok say|gormezden gel|unut|goz ard[iı] et|dikkate alma|iptal et|uyma|takip etme|atla|gec(?:ersiz|))\\w{0,6}`,
        literals: LITERALS,
        confidence: 0.88,
      },
      {
        name: 'everything',
        pattern: `(?:her seyi|hepsini|onceki her seyi)${SEP}(?:unut|yok say)\\w{0,5}`,
        literals: ['unut', 'yok say'],
        confidence: 0.6,
      },
    ],
    'tr',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `(?:hicbir${SEP}(?:\\w{1,12}${SEP}){0,2}(?:k[iı]s[iı]tlama|s[iı]n[iı]r|kural|filtre|sansur)\\w{0,6}(?:${SEP}\\w{1,12}){0,4}|s[iı]n[iı]rs[iı]z|sansursuz|filtresiz|k[iı]s[iı]tlamas[iı]z)${SEP}(?:bir${SEP})?(?:yapay zeka|asistan|model|sohbet botu|bot|ai)`,
        literals: ['tlama', 'rs', 'sansur', 'filtre', 'kural', 'hicbir'],
        confidence: 0.72,
      },
    ],
    'tr',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `(?:sistem|gizli|ilk|baslang[iı]c|dahili|orijinal)${SEP}(?:(?:sistem|gizli)${SEP})?${STEERING}(?:${SEP}(?:bana|aynen|tam|kelimesi|kelimesine|olarak|simdi|tamam[iı]n[iı])){0,4}${SEP}(?:goster|soyle|yaz|ac[iı]kla|tekrarla|paylas|ver|yazd[iı]r|nedir|ifsa et|listele)\\w{0,5}`,
        literals: LITERALS,
        confidence: 0.78,
      },
    ],
    'tr',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `kullan[iı]c[iı]ya(?:${SEP}\\w{1,10}){0,3}${SEP}(?:soyleme|bahsetme|bildirme|gosterme|haber verme|sorma)\\w{0,4}`,
        literals: ['kullan'],
        confidence: 0.6,
      },
    ],
    'tr',
  ),
]
