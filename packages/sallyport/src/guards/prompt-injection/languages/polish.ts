import { any, gap, SEP } from '../fragments.ts'
import { MACHINE_MODE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules } from '../phrase-rule.ts'

/** `ł` has no decomposition, so the folded view may keep it. */
const DROP = any(
  'z?ignoruj(?:cie)?|zignorowac|ignorowac',
  'zapomnij(?:cie)?(?: o)?|zapomniec o',
  'pomin(?:cie)?',
  'omin(?:cie)?|obejdz',
  'odrzuc',
  'anu[lł]uj',
  'nadpisz',
  'nie (?:stosuj sie do|przestrzegaj|wykonuj|s[lł]uchaj|zwazaj na|bierz pod uwage)',
  'przestan (?:przestrzegac|stosowac sie do)',
  'zlekcewaz',
)
const PRIOR = any(
  'poprzedni\\w{1,3}|wczesniejsz\\w{1,3}|powyzsz\\w{1,3}|dotychczasow\\w{1,3}|pierwotn\\w{1,3}|poczatkow\\w{1,3}|systemow\\w{1,3}|star\\w{1,3}|istniejac\\w{1,3}|uprzedni\\w{1,3}',
)
const STEERING = any(
  'instrukcj\\w{1,3}|instrukcji|polece\\w{1,3}|regu[lł]\\w{0,3}|zasad\\w{0,3}|wytyczn\\w{1,3}|prompt\\w{0,3}|komend\\w{0,3}|kontekst\\w{0,2}|wskazow\\w{1,3}|ograniczen\\w{0,3}|rozkaz\\w{0,3}|dyrektyw\\w{0,2}|wiadomosci|tekst\\w{0,2}',
)
const LITERALS = [
  'instrukcj',
  'polece',
  'regu',
  'zasad',
  'wytyczn',
  'prompt',
  'komend',
  'kontekst',
  'wskazow',
  'ogranicz',
  'rozkaz',
  'dyrektyw',
  'wiadomosci',
  'tekst',
]

export const polish = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `${DROP}(?:${SEP}(?!moje)\\w{1,12}){0,3}${SEP}${PRIOR}${gap(2)}${STEERING}`,
        literals: LITERALS,
        confidence: 0.92,
      },
      {
        name: 'all',
        pattern: `${DROP}${SEP}(?:wszystkie|wszelkie|wszystkich|swoje|swoich|twoje|te|wszystkie swoje|kazda)${gap(1)}(?:instrukcj\\w{1,3}|polecenia|regu[lł]y?|zasady?|wytyczne|ograniczenia|prompty?|filtry|dyrektywy|zasadach|instrukcjach)`,
        literals: [
          'instrukcj',
          'polecenia',
          'regu',
          'zasad',
          'wytyczne',
          'ograniczenia',
          'prompt',
          'filtry',
          'dyrektywy',
        ],
        confidence: 0.82,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'everything',
        pattern: `(?:zapomnij|zignoruj|ignoruj)(?: o)?${SEP}wszystk\\w{1,3}(?:${SEP}\\w{1,12}){0,4}${SEP}(?:wczesniej|powyzej|dotychczas|poprzednio|przedtem|powiedziano|napisano)|(?:zapomnij|zignoruj)(?: o)? wszystk\\w{1,3}(?=[.!,;:]|(?![^\\n])| i )`,
        literals: ['zapomnij', 'ignoruj'],
        confidence: 0.7,
      },
    ],
    'pl',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `(?:jestes|zachowuj sie|udawaj|wyobraz sobie|odpowiadaj|dzia[lł]aj|odgrywaj|wciel sie|badz)(?:${SEP}\\w{1,14}){0,7}${SEP}(?:bez (?:zadnych |jakichkolwiek )?(?:ogranicze[nm]|cenzury|filtrow|zasad|moralnosci|etyki|granic)|nieograniczon\\w{1,3}|nieocenzurowan\\w{1,3})`,
        literals: ['bez ', 'nieogranicz', 'nieocenzur'],
        confidence: 0.66,
      },
      {
        name: 'mode',
        pattern: `tryb(?:ie|u)? (?:dewelopera|deweloperski\\w{0,2}|dan|jailbreak|boga|administratora|debugowania|root|bez ograniczen)(?:${SEP}\\w{1,10}){0,2}|(?:w[lł]acz|aktywuj|przejdz w) tryb (?:dewelopera|deweloperski|dan|jailbreak|boga|admin\\w{0,8}|root)`,
        literals: ['tryb'],
        confidence: 0.55,
        ordinary: MACHINE_MODE,
      },
    ],
    'pl',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `(?:pokaz|ujawnij|wyswietl|powtorz|napisz|podaj|wypisz|zdradz|powiedz|przet[lł]umacz|skopiuj|udostepnij|jak(?:i|ie|a) (?:jest|sa)|wydrukuj)(?:${SEP}(?:mi|nam|swoj|swoje|twoj|twoje|ca[lł]y|pe[lł]ny|dok[lł]adny|dos[lł]ownie|tresc|tekst|wszystkie|swojego|ca[lł]a)){0,5}${SEP}(?:prompt\\w{0,2} systemow\\w{1,3}|systemow\\w{1,3} prompt|instrukcj\\w{1,3} (?:systemow\\w{1,3}|poczatkow\\w{1,3}|ukryt\\w{1,3}|wewnetrzn\\w{1,3})|(?:ukryt\\w{1,3}|tajn\\w{1,3}|poczatkow\\w{1,3}|pierwotn\\w{1,3}|wewnetrzn\\w{1,3}|systemow\\w{1,3}) (?:instrukcj\\w{1,3}|prompt|polecenia|zasady|wytyczne))`,
        literals: ['prompt', 'instrukcj', 'polecenia', 'zasady', 'wytyczne'],
        confidence: 0.8,
      },
    ],
    'pl',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `nie${SEP}(?:mow|wspominaj|informuj|ujawniaj|powiadamiaj|pokazuj|pytaj)(?:${SEP}(?:o|tym|tego|nic|to)){0,3}${SEP}uzytkownik\\w{1,3}`,
        literals: ['uzytkownik'],
        confidence: 0.6,
      },
    ],
    'pl',
  ),
]
