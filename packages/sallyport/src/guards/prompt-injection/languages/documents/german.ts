import { any, gap, oneOf, SENTENCE_START, SEP } from '../../fragments.ts'
import { latinRules } from '../../phrase-rule.ts'
import { DOCUMENTS } from './stages.ts'

const AI = any(
  'kis?|ki-\\w{1,14}|ais?|llms?|(?:grosse[nrs]? )?sprachmodelle?n?|chat-?bots?|bots?|assistent(?:en)?|agent(?:en)?|modelle?n?|automatische[nr]? (?:systeme?n?|leser|prufer|gutachter)|roboter',
)
const ORDER = any(
  'gib|gebt|sage?|antworte|schicke?|sende|schreibe?|bewerte|leite|offne|nenne|erklare?|ignoriere|vergiss|fuge|empf(?:iehl|ehle)|losche?|uberweise|zeige?|beschimpfe?|rufe?|fuhre?|lies|kopiere|ubersetze|erwahne|lobe|verrate?|teile?|stelle?|setze?|andere|buche|klicke?|gewahre|melde|wiederhole|verwende|nutze|starte|lade|bestatige|behaupte|beende|lass|du musst|musst du|sollst du',
)

/** What German documents say to the model that reads them. */
export const germanDocuments = [
  ...latinRules(
    'indirect',
    [
      {
        name: 'address',
        ...oneOf(
          [
            `(?:hinweis|nachricht|systemnachricht|systemmeldung|mitteilung|anweisung(?:en)?|anmerkung|notiz|botschaft|achtung|wichtig|p\\.-? ?s\\.?)${SEP}(?:an|fur)${SEP}(?:(?:den|die|das|alle[nr]?|jede[nsr]?|jegliche|etwaige)${SEP})?(?:(?!die|der|unsere?n?)\\w{1,14}${SEP})?${AI}(?= ?[:,;.!(-])`,
            'hinweis',
            'nachricht',
            'systemmeldung',
            'mitteilung',
            'anweisung',
            'anmerkung',
            'notiz',
            'botschaft',
            'achtung',
            'wichtig',
            'p.',
          ],
          [
            `an${SEP}(?:alle|jede[nrs]?|die)${SEP}${AI},? (?:die|der|das|welche[rs]?) (?:dies|das hier|diese)`,
            'dies',
            'das hier',
          ],
          [
            `(?:sprachmodelle?|ki-\\w{1,14}|kis?|llms?|chatbots?|assistenten|bots?), (?:die|der|das|welche) (?:dies|diesen|diese[sn]?|das hier|hier)`,
            ' dies',
            ' das hier',
            ' hier',
          ],
        ),
        confidence: 0.62,
        stages: DOCUMENTS,
      },
      {
        name: 'assistant-must',
        ...oneOf(
          [
            `(?:der|die|das|jede[rs]?|lesende[rs]?)${SEP}(?:\\w{1,12}${SEP})?(?:assistent|ki|ki-\\w{1,14}|chatbot|bot|sprachmodell|modell|agent)${SEP}(?:soll|sollte|muss|hat)${SEP}(?:\\w{1,10}${SEP}){0,2}(?:jetzt|nun|zuerst|sofort|erst|zunachst|folgendes|dies|gehorchen)`,
            'soll',
            'muss',
            'hat',
          ],
          [
            `(?:muss|soll)${SEP}(?:der|die|das)${SEP}(?:assistent|ki|ki-\\w{1,14}|chatbot|bot|sprachmodell|modell|agent)${SEP}(?:\\w{1,10}${SEP}){0,2}(?:zuerst|erst|jetzt|gehorchen|befolgen|tun|folgen)`,
            'muss',
            'soll',
          ],
        ),
        confidence: 0.58,
        stages: DOCUMENTS,
      },
      {
        name: 'vocative',
        ...oneOf([
          `${SENTENCE_START}(?:liebe[rs]? |hallo |hey |achtung,? )?(?:assistent|ki|ki-assistent|chatbot|bot|sprachmodell|agent),? ?[,:!-] ?(?:bitte )?${ORDER}`,
          'assistent',
          'ki',
          'bot',
          'sprachmodell',
          'agent',
        ]),
        confidence: 0.6,
        stages: DOCUMENTS,
      },
      {
        name: 'while-reading',
        ...oneOf(
          [
            `(?:wenn|sobald|falls|bevor|ehe|wahrend)${SEP}du${SEP}(?:\\w{1,14}${SEP}){0,5}(?:zusammenfasst|ubersetzt|auswertest|bewertest|liest|verarbeitest|beantwortest|antwortest|analysierst|gefragt wirst|weitermachst|fortfahrst),? ?(?:bitte )?${ORDER}`,
            'du',
          ],
          [
            `(?:bevor|ehe)${SEP}(?:du|sie)${SEP}(?:dem|den|der)${SEP}(?:nutzer\\w?|benutzer\\w?|anwender\\w?|user)${SEP}(?:antworte(?:st|n)|eine antwort|etwas)`,
            'nutzer',
            'anwender',
            'user',
          ],
        ),
        confidence: 0.6,
        stages: DOCUMENTS,
      },
      {
        name: 'in-your-answer',
        ...oneOf(
          [
            `(?:fuge?|hange?|setze?|schreibe?)${SEP}(?:an${SEP}|in${SEP}|unter${SEP})?deine[rn]?${SEP}(?:antwort|zusammenfassung|ausgabe)${SEP}(?:\\w{1,12}${SEP}){0,3}(?:hinzu|an|bei|ein)(?= ?:)`,
            'antwort',
            'zusammenfassung',
            'ausgabe',
          ],
          [
            `deine${SEP}(?:antwort|zusammenfassung|ausgabe)${SEP}(?:muss|soll|hat)${SEP}(?:\\w{1,10}${SEP}){0,3}(?:enthalten|beginnen|enden|lauten|beantworten)`,
            'antwort',
            'zusammenfassung',
            'ausgabe',
          ],
          [
            `(?:am ende|am anfang|zu beginn|in jeder)${SEP}(?:deiner )?antwort(?:en)?(?:${SEP}\\w{1,12}){0,3}${SEP}${ORDER}`,
            'antwort',
          ],
        ),
        confidence: 0.56,
        stages: DOCUMENTS,
      },
      {
        name: 'leave-the-page',
        ...oneOf(
          [
            `(?:vergiss|ignoriere|uberspringe|verwirf)${SEP}(?:den rest )?(?:diese[srnm]?|der|des)${SEP}(?:seite|dokuments?|texts?|mail|datei|website|artikels?)(?:${SEP}\\w{1,12}){0,2}${SEP}(?:und|,|stattdessen|sondern)`,
            'vergiss',
            'ignorier',
            'uberspring',
            'verwirf',
          ],
          [
            `(?:lass|lasse) alles (?:stehen|liegen|andere)[^\\n]{0,40}(?:dringend|wichtig|zuerst|sofort)`,
            'alles stehen',
            'alles liegen',
            'alles andere',
          ],
          [
            `(?:viel |weit )?(?:dringender|wichtiger) (?:ist|als deine aufgabe|als die aufgabe)`,
            'dringender',
            'wichtiger',
          ],
          [`(?:weit|viel) (?:dringender|wichtiger) ?:`, 'dringender', 'wichtiger'],
        ),
        confidence: 0.56,
        stages: DOCUMENTS,
      },
      {
        name: 'owner',
        ...oneOf(
          [
            `(?:wichtige|dringende)${SEP}(?:nachricht|anweisung|mitteilung)${SEP}(?:des|von|vom|der)${SEP}(?:\\w{1,12}${SEP})?(?:kontoinhabers?|inhabers?|eigentumers?|nutzers?|administrators?|betreibers?|entwicklers?)(?:${SEP}\\w{1,12}){0,4} ?:`,
            'nachricht',
            'anweisung',
            'mitteilung',
          ],
          [
            `der${SEP}(?:nutzer|benutzer|anwender)${SEP}(?:hat|mochte|will|bittet)${SEP}(?:dich|dir|auch|dass du)(?:${SEP}\\w{1,12}){0,3}`,
            'nutzer',
            'anwender',
          ],
        ),
        confidence: 0.52,
        stages: DOCUMENTS,
      },
    ],
    'de',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'keep-silent',
        ...oneOf(
          [
            `(?:und|aber)${SEP}(?:erwahne|sage?|verrate?)${SEP}(?:das|dies|es|davon)${SEP}(?:\\w{1,8}${SEP})?(?:nicht|niemandem|nichts)`,
            'erwahne',
            'sag',
            'verrat',
          ],
          [
            `(?:dem|den|der)${SEP}(?:nutzer\\w?|benutzer\\w?|anwender\\w?)${SEP}(?:\\w{1,8}${SEP})?(?:nichts|nicht)${SEP}(?:davon|daruber|sagen|mitteilen|verraten|zeigen|erwahnen)`,
            'nutzer',
            'anwender',
          ],
          [
            `ohne${SEP}(?:es${SEP}|dies${SEP}|das${SEP})?(?:dem|den|der)${SEP}(?:nutzer\\w?|benutzer\\w?|anwender\\w?)${gap(2)}(?:zu sagen|zu fragen|mitzuteilen|zu erwahnen|zu informieren|zu zeigen)`,
            'nutzer',
            'anwender',
          ],
        ),
        confidence: 0.56,
        stages: DOCUMENTS,
      },
    ],
    'de',
  ),
]
