import { any, gap, SEP } from '../fragments.ts'
import { MACHINE_MODE, NOTICE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules } from '../phrase-rule.ts'

const DROP = any(
  'ignorier(?:e|en|t|st)?|missacht(?:e|en|et)|vergiss|vergesst|vergessen sie|vergessen|verwirf|verwerf(?:e|en)|ubergeh(?:e|en)|uberspring(?:e|en)|umgeh(?:e|en)|losch(?:e|en)|streich(?:e|en)|ueberschreib(?:e|en)|uberschreib(?:e|en)|befolg(?:e|en) (?:nicht|keine)|beachte(?:n)?(?: sie)? (?:nicht|keine)|setz(?:e|en)(?: sie)? (?:alle|deine|ihre)|lass(?:e|en)?(?: sie)? (?:alle|deine|ihre)|hor(?:e|en)? (?:nicht|auf)',
)
const PRIOR = any(
  'vorherig\\w{1,2}|vorig\\w{1,2}|bisherig\\w{1,2}|vorangegangen\\w{1,2}|vorausgegangen\\w{1,2}|vorangehend\\w{1,2}|fruher\\w{0,2}|obig\\w{1,2}|obenstehend\\w{1,2}|oben genannt\\w{1,2}|ursprunglich\\w{1,2}|bestehend\\w{1,2}|alte\\w{0,2}|gegeben\\w{1,2}|aktuell\\w{1,2}|zuvor|davor|oben|initial\\w{1,2}',
)
const STEERING = any(
  '(?:system)?anweisung(?:en)?|instruktion(?:en)?|vorgabe(?:n)?|regel(?:n)?|richtlinie(?:n)?|befehl(?:e|en)?|(?:system)?prompts?|auftrag(?:e|es)?|aufgaben?|programmierung|direktiven?|aufforderung(?:en)?|einschrankung(?:en)?|anleitung(?:en)?',
)
const STEERING_LITERALS = [
  'anweisung',
  'instruktion',
  'vorgabe',
  'regel',
  'richtlinie',
  'befehl',
  'prompt',
  'auftrag',
  'aufgabe',
  'programmierung',
  'direktive',
  'aufforderung',
  'einschrankung',
  'anleitung',
]

export const german = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `${DROP}(?:${SEP}(?!mein|ich\\b|wir\\b|man\\b)\\w{1,12}){0,4}${SEP}${PRIOR}${gap(2)}${STEERING}`,
        literals: STEERING_LITERALS,
        confidence: 0.92,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'prior-soft',
        pattern: `${DROP}(?:${SEP}(?:sie|bitte|alle[ns]?|d[aei][sern]?|dein[er]?[nr]?|samtliche[ns]?|jede[ns]?)){0,3}${SEP}${PRIOR}${SEP}(?:nachricht(?:en)?|texte?|kontext|eingaben?|unterhaltung(?:en)?|gesprache?)`,
        literals: ['nachricht', 'text', 'eingabe', 'unterhaltung', 'gesprach'],
        confidence: 0.55,
      },
      {
        name: 'all',
        pattern: `${DROP}(?:${SEP}(?:bitte|sie|nun|jetzt|sofort|einfach|alle[nrs]?|samtliche\\w?|jegliche\\w?|dein[er]?[nr]?|ihr[er]?[nr]?|eure?)){0,3}${SEP}${any('alle[nr]?|samtliche\\w?|jegliche\\w?|dein[er]?[nr]?|ihre?[nr]?|eure?|die|diese')}${gap(1)}${any('(?:system)?anweisung(?:en)?|instruktion(?:en)?|vorgaben|(?:sicherheits|verhaltens|system)?(?:regeln|richtlinien)|befehle|systemprompt|prompts?|programmierung|direktiven|einschrankungen')}`,
        literals: STEERING_LITERALS,
        confidence: 0.82,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'verb-last',
        pattern: `${any('alle[nr]?|samtliche\\w?|jegliche\\w?|dein[er]?[nr]?|ihre?[nr]?|diese|vorherige\\w?|bisherige\\w?|obige\\w?')}(?:${SEP}\\w{1,14}){0,2}${SEP}${any('(?:system)?anweisung(?:en)?|instruktionen|vorgaben|regeln|richtlinien|befehle|(?:system)?prompts?|programmierung|einschrankungen')}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('(?:zu )?ignorieren|zu vergessen|(?:zu )?missachten|nicht (?:mehr )?(?:zu )?(?:befolgen|beachten)|ausser acht|auszublenden|(?:zu )?ubergehen|(?:zu )?umgehen|ungultig|aufgehoben|nicht mehr gultig|gelten nicht|hinfallig|ausser kraft')}`,
        literals: STEERING_LITERALS,
        confidence: 0.8,
      },
      {
        name: 'everything',
        pattern: `(?:vergiss|vergessen sie|ignorier(?:e|en|t)?(?: sie)?|vergesst|losch(?:e|en)?)${gap(1)}(?:alles|was)(?:${SEP}(?!uber)\\w{1,12}){0,4}${SEP}(?:zuvor|vorher\\w{0,5}|davor|oben|bisher\\w{0,4}|gesagt\\w{0,2}|gesagte|gelernt|geschrieben\\w{0,2}|obige|weiss|bisherige)`,
        literals: ['vergiss', 'vergess', 'ignorier', 'losch'],
        confidence: 0.82,
      },
      {
        name: 'forget-all',
        pattern: `(?:vergiss|vergesst|ignoriere?)${SEP}(?:bitte${SEP})?alles(?=[.!;:]|,(?! was)|(?![^\\n])| und )`,
        literals: ['vergiss', 'vergesst', 'ignorier'],
        confidence: 0.6,
      },
      {
        name: 'new',
        pattern: `(?:neue|aktualisierte|geheime|wichtige|echte|deine neuen?|hier sind die neuen) (?:system)?(?:anweisung(?:en)?|instruktionen|aufgabe|befehle|vorgaben|regeln) ?(?:lauten?|sind|ist)? ?:|(?:deine|ihre) neue (?:aufgabe|anweisung|rolle|identitat) (?:ist|lautet)`,
        literals: ['anweisung', 'instruktion', 'aufgabe', 'befehl', 'vorgabe', 'regeln', 'rolle', 'identitat'],
        confidence: 0.55,
        ordinary: NOTICE,
      },
    ],
    'de',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `${any('du bist|sie sind|sei|verhalte dich|handle|agiere|antworte|spiele?|tu so|stell dir vor|simuliere|benimm dich|werde|reagiere')}(?:${SEP}\\w{1,14}){0,6}${SEP}(?:uneingeschrankte?[nrs]?|unzensierte?[nrs]?|ungefilterte?[nrs]?|unmoralische?[nrs]?|bose[nrs]?|grenzenlose?[nrs]?)${SEP}(?:\\w{1,12}${SEP})?(?:ki|ai|assistent\\w{0,2}|chatbot|sprachmodell|modell|bot|version|intelligenz)`,
        literals: ['uneingeschrank', 'unzensier', 'ungefilter', 'unmoralisch', 'bose', 'grenzenlos'],
        confidence: 0.8,
      },
      {
        name: 'without-limits',
        pattern: `${any('antworte|handle|agiere|verhalte dich|du bist|du hast|ki|ai|sprachmodell|chatbot|spiele?|sei|rolle|modus|reagiere|schreibe|du kannst')}(?:${SEP}\\w{1,14}){0,6}${SEP}(?:ohne|keine(?:rlei)?|frei von)${SEP}(?:(?:jegliche\\w?|irgendwelche|alle|ethischen?|moralischen?|und|deine|ihre)${SEP}){0,3}(?:einschrankungen|beschrankungen|filter|zensur|regeln|richtlinien|moral|ethik|grenzen|sicherheitsfilter|hemmungen|moralvorstellungen)`,
        literals: [
          'einschrankung',
          'beschrankung',
          'filter',
          'zensur',
          'regeln',
          'richtlinien',
          'moral',
          'ethik',
          'grenzen',
          'hemmungen',
        ],
        confidence: 0.58,
      },
      {
        name: 'mode',
        pattern: `(?:entwickler|dan|jailbreak|gott|admin|debug|wartungs|root)[- ]?modus(?:${SEP}\\w{1,10}){0,2}${SEP}(?:aktivier\\w{1,2}|eingeschaltet|an|ein|aktiv|freigeschaltet)|(?:du bist|sie sind)(?: jetzt| nun)? im (?:entwickler|dan|jailbreak|admin|debug|wartungs|root|god)[- ]?modus|(?:aktiviere|starte|wechsle in|schalte)(?: sie)?(?: den| in den)? (?:entwickler|dan|jailbreak|admin|root|god)[- ]?modus`,
        literals: ['modus'],
        confidence: 0.75,
        ordinary: MACHINE_MODE,
      },
      {
        name: 'not-bound',
        pattern: `(?:nicht (?:mehr|langer) an|nicht an|an keine)${gap(2)}(?:regeln|richtlinien|vorgaben|einschrankungen|gesetze|beschrankungen)(?:${SEP}\\w{1,12}){0,2}${SEP}gebunden`,
        literals: ['gebunden'],
        confidence: 0.62,
      },
    ],
    'de',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `${any('zeige?|zeigen sie|verrate?|verraten sie|nenne?|nennen sie|gib|geben sie|wiederhole?|wiederholen sie|drucke?|schreibe?|teile?|offenbare?|sag(?:e)?|lies|ubersetze?|fasse?|was (?:ist|sind|steht|lautet|war|waren)|wie (?:lautet|lauten)|liste|kopiere|enthulle?n?|offenlegen|lege')}(?:${SEP}(?:mir|uns|sie|bitte|den|die|das|alle|alles|genau|wortlich|komplett\\w{0,2}|vollstandig\\w{0,2}|gesamten?|text|inhalt|von|aus|in|wort|fur)){0,6}${SEP}(?:dein(?:e[nmrs]?)?|ihr(?:e[nmrs]?)?|eure?[nmrs]?|den|die|das)${gap(2)}(?:system-?(?:prompts?|nachricht|anweisung(?:en)?|instruktionen|eingabeaufforderung)|(?:geheime|versteckte|interne|ursprungliche|urspruengliche|initiale|verborgene|anfangliche|urspunglichen)[nmrs]? (?:anweisung(?:en)?|instruktionen|prompts?|regeln|vorgaben|richtlinien|befehle))`,
        literals: ['system', 'anweisung', 'instruktion', 'prompt', 'regeln', 'vorgaben', 'richtlinien', 'befehle'],
        confidence: 0.8,
      },
      {
        name: 'your-instructions',
        pattern: `(?:zeige?|verrate?|nenne?|wiederhole?|gib|schreibe?|was sind|wie lauten|liste|ubersetze?|teile?)(?:${SEP}(?:mir|uns|bitte|alle|alles|genau|wortlich|komplett|vollstandig)){0,4}${SEP}(?:deine|ihre)${gap(1)}(?:anweisungen|instruktionen|vorgaben|richtlinien|prompts?|regeln)`,
        literals: ['anweisungen', 'instruktionen', 'vorgaben', 'richtlinien', 'prompt', 'regeln'],
        confidence: 0.55,
      },
      {
        name: 'above',
        pattern: `(?:wiederhole?|gib|schreibe?|zeige?|drucke?|ubersetze?|kopiere)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:text|worte|alles|satze?|zeilen|inhalt|nachricht\\w{0,2}|was)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:oben|uber dieser|vor dieser|daruber|oberhalb|davor|bisher)`,
        literals: ['wiederhol', 'gib', 'schreib', 'zeig', 'druck', 'ubersetz', 'kopier'],
        confidence: 0.55,
      },
    ],
    'de',
  ),
  ...latinRules(
    'refusal-suppression',
    [
      {
        name: 'no-refusal',
        pattern: `(?:lehne?(?: sie)?(?: niemals| nicht| keine\\w?)|verweigere?(?: sie)?(?: niemals| nicht| keine\\w?)|du darfst (?:nicht|keine\\w?|niemals)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:ablehnen|verweigern|dich weigern)|sag(?:e|en)?(?: sie)? (?:nicht|niemals|nie)(?:${SEP}\\w{1,10}){0,3}${SEP}["']?(?:es tut mir leid|ich kann nicht|ich kann das nicht|als ki))`,
        literals: ['lehn', 'verweiger', 'weigern', 'sag'],
        confidence: 0.55,
      },
      {
        name: 'affirmative',
        pattern: `(?:beginne?|fang|starte?)(?:${SEP}\\w{1,12}){0,4}${SEP}mit(?:${SEP}\\w{1,12}){0,3}[ :]{1,2}["'](?:klar|sicher|naturlich|selbstverstandlich|gerne|ja|hier ist|hier sind|aber gerne)`,
        literals: ['beginn', 'fang', 'start'],
        confidence: 0.6,
      },
    ],
    'de',
  ),
  ...latinRules(
    'indirect',
    [
      {
        name: 'note',
        pattern: `(?:wenn|falls|sofern) (?:du|sie) (?:ein[e]?[nrs]? |die |das )?(?:\\w{1,12} )?(?:ki|ai|llm|sprachmodell|chatbot|assistent|ki-\\w{1,12})(?: \\w{1,12}){0,3}(?: bist| sind|,)|(?:hinweis|anweisung(?:en)?|nachricht|mitteilung|achtung|notiz) (?:an|fur) (?:die |den |das |alle |jede[ns]? )?(?:ki(?:-\\w{1,14})?|ai|llms?|sprachmodelle?|chatbots?|assistenten?|assistent)(?=[ :,.!]|\\n)`,
        literals: ['wenn', 'falls', 'sofern', 'hinweis', 'anweisung', 'nachricht', 'mitteilung', 'achtung', 'notiz'],
        confidence: 0.64,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'de',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:sag(?:e|en)?|erwahne?n?|teile?n?|verrate?n?|informiere?n?|zeige?n?|melde?n?|erzahle?n?)(?: sie)?(?:${SEP}(?:es|das|dies|davon|dem|den|der|benutzer\\w?|nutzer\\w?|anwender\\w?|niemandem|nichts|nicht|uber)){0,5}${SEP}(?:(?:dem|den|der)${SEP}(?:benutzer\\w?|nutzer\\w?|anwender\\w?|user)${SEP}(?:nichts|nicht|niemals)|nicht(?:s)?${SEP}(?:\\w{1,8}${SEP}){0,2}(?:dem|den|der)${SEP}(?:benutzer|nutzer|anwender|user))`,
        literals: ['nutzer', 'anwender', 'user'],
        confidence: 0.6,
      },
      {
        name: 'send',
        pattern: `(?:sende?n?|schicke?n?|leite?n?|ubermittle?n?|ubertrage?n?|maile?n?|lade?n?)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:passworter?|zugangsdaten|api-?(?:schlussel|keys?)|unterhaltung|gesprachsverlauf|chatverlauf|konversation|systemprompt|daten|nachrichten|e-?mails?|kontakte|dateien|geheimnisse)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:an|auf|nach|zu|hoch)${SEP}(?:\\w{1,10}${SEP})?["'<]?(?:https?:|[a-z0-9._%+-]{1,40} ?@ ?[a-z0-9.-]{1,40}|\\w{1,20}\\.(?:com|de|net|org|io|ru|xyz))`,
        literals: ['http', '@', '.com', '.de', '.net', '.org', '.io', '.ru', '.xyz'],
        confidence: 0.6,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'de',
  ),
]
