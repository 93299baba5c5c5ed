import { entityRule, whole, near, type EntityRule } from '../entity-rule.ts'
import { GIVEN_NAMES } from './given-names.data.ts'

const WORD = "\\p{Lu}(?:\\p{L}|['’-](?=\\p{L})){1,24}"
const PARTICLE = '(?: (?:van|von|de|der|den|di|da|del|la|le|bin|al|dos|zu))?'
const FULL_NAME = `${WORD}(?: \\p{Lu}\\.)?(?:${PARTICLE} ${WORD}){0,2}`
const LOWER_NAME = "[\\p{L}'’-]{2,24}"

/**
 * Names and addresses by the words around them. A pattern cannot know all names: this tier misses most that stand
 * alone and takes some other words along, which is why it is off by default.
 */
export const nameRules: readonly EntityRule[] = [
  person(
    'person-after-title',
    `(?<=(?<!\\p{L})(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Herr|Herrn|Frau|Señor|Señora|Sra|Monsieur|Madame|Mme|Signor|Signora|Sig|Senhor|Senhora|Hr|Fr)\\.? )${FULL_NAME}`,
    0.6,
  ),
  person(
    'person-introduced',
    `(?<=(?<!\\p{L})(?:[Mm]y (?:full |first |last )?name is|[Mm]y name's|[Nn]ame:|[Cc]all me|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m'appelle|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Mm]eu nome é|[Mm]e chamo|[Mm]ijn naam is) )${FULL_NAME}`,
    0.75,
  ),
  {
    ...person(
      'person-introduced-lower-case',
      `(?<=(?<!\\p{L})(?:my name is|my name's|ich heisse|mein name ist|je m'appelle|me llamo|mi nombre es|mi chiamo) )${LOWER_NAME}(?: ${LOWER_NAME})?`,
      0.5,
    ),
    views: ['folded'],
    validate: ({ text }) =>
      !/^(?:not|the|a|an|in|on|of|irrelevant|unknown|too|very|also|what|your|no|being|never|by|for|and|used|spelled|hard|easy|important|required|secret|private)(?: |$)/u.test(
        text,
      ),
  },
  person(
    'person-signature',
    `(?<=(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Ss]incerely|[Cc]heers|[Bb]est|[Yy]ours|[Ll]ove|[Gg]rüße[n]?|[Gg]ruß|[Cc]ordialement|[Ss]aludos|[Ss]aluti)(?: \\p{L}{1,12})?,? ?\\n{1,3}(?: ?[-–—]{1,2} ?)?)${FULL_NAME}(?=\\.?(?:\\n|$))`,
    0.6,
  ),
  person(
    'person-greeted',
    `(?<=(?<!\\p{L})(?:Hi|Hello|Hey|Dear|Hallo|Liebe|Lieber|Bonjour|Cher|Chère|Hola|Querido|Querida|Estimado|Estimada|Ciao|Caro|Cara) )(?!All|Team|Everyone|World|There|Sir|Madam|Customer|User)${FULL_NAME}(?=[,!\\n])`,
    0.5,
  ),
  {
    ...person(
      'person-given-name',
      `(?<![\\p{L}\\p{N}_.@/-])(?:${GIVEN_NAMES.join('|')})(?: \\p{Lu}\\.)?(?:${PARTICLE} ${WORD}){0,2}(?![\\p{L}\\p{N}_@/(=])`,
      0.45,
    ),
    validate: ({ text }) => (text.includes(' ') ? 0.5 : 0.3),
  },
  location(
    'street-address',
    `(?<![\\p{L}\\p{N}.,/-])\\d{1,5}[A-Za-z]?,? (?:[NSEW]\\.? )?(?:[\\p{Lu}\\d][\\p{L}\\d.'’-]{0,20} ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|Sq|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Crescent|Close|Row|Trail|Grove|Gardens|Hill)(?![\\p{L}])\\.?(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat)\\.? ?#?[A-Za-z0-9]{1,6})?`,
    0.6,
  ),
  location(
    'street-address-de',
    `(?<![\\p{L}])\\p{Lu}[\\p{L}-]{1,30}(?:straße|strasse|str\\.|weg|platz|allee|gasse|damm|ufer|ring)(?: |\\u00a0)\\d{1,4} ?[a-z]?(?![\\p{L}\\p{N}])(?:, \\d{5} \\p{Lu}[\\p{L}-]{1,30})?`,
    0.6,
  ),
  location(
    'street-address-romance',
    `(?<![\\p{L}\\p{N}])(?:\\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|place|chemin|allée|quai|impasse) (?:de |du |des |de la |d')?[\\p{L}'’-]{2,24}(?: [\\p{L}'’-]{2,24}){0,3}|(?:[Cc]alle|[Aa]venida|[Aa]vda\\.|[Pp]laza|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Rr]ua|[Tt]ravessa) (?:de |del |della |di |do |da )?\\p{Lu}[\\p{L}'’-]{1,24}(?: [\\p{L}'’-]{2,24}){0,3},? (?:nº ?|n\\. ?)?\\d{1,4})(?![\\p{L}\\p{N}])`,
    0.55,
  ),
  location('po-box', '(?<![\\p{L}])(?:[Pp]\\.? ?[Oo]\\.?|[Pp]ost [Oo]ffice) ?[Bb]ox ?#?\\d{1,7}(?!\\d)', 0.6),
  {
    ...location(
      'us-zip',
      '(?<![\\p{L}\\p{N}])(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \\d{5}(?:-\\d{4})?(?![\\p{L}\\p{N}])',
      0.5,
    ),
    context: near(['address', 'street', 'live', 'avenue', ...whole('st', 'ave', 'rd', 'apt')], 0.2),
  },
]

function person(code: string, pattern: string, confidence: number): EntityRule {
  return {
    ...entityRule({
      code,
      entity: 'PERSON',
      label: 'a name',
      severity: 'low',
      views: ['original'],
      pattern: new RegExp(pattern, 'u'),
      confidence,
      literals: [],
    }),
  }
}

function location(code: string, pattern: string, confidence: number): EntityRule {
  return entityRule({
    code,
    entity: 'LOCATION',
    label: 'an address',
    severity: 'low',
    views: ['original'],
    pattern: new RegExp(pattern, 'u'),
    confidence,
  })
}
