import { any, gap, oneOf, SEP } from '../../fragments.ts'
import { latinRules } from '../../phrase-rule.ts'

const RULES = any(
  'regeln?|richtlinien?|vorgaben?|anweisungen|instruktionen|einschrankungen|beschrankungen|filter|sperren|grenzen|sicherheitsregeln|normen',
)

/** German orders that set instructions aside without naming them, and questions that ask for them by another name. */
export const germanParaphrases = [
  ...latinRules(
    'override',
    [
      {
        name: 'outranks',
        ...oneOf([
          `(?:diese[rs]?|meine?)${SEP}(?:nachricht|anweisung(?:en)?|befehle?|eingabe|text)${SEP}(?:steht|stehen|hat|haben|gilt|gelten|geht|ersetzt|uberschreibt)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:uber|vor|vorrang|mehr als|den|alle)(?:${SEP}\\w{1,12}){0,2}${SEP}(?:system-?prompts?|systemanweisung\\w{0,2}|vorgaben|anweisungen|regeln)`,
          'nachricht',
          'anweisung',
          'befehl',
          'eingabe',
          'text',
        ]),
        confidence: 0.75,
      },
      {
        name: 'lifted',
        ...oneOf(
          [
            `alle${SEP}(?:\\w{1,12}${SEP})?${RULES}${SEP}(?:sind|werden|wurden)${SEP}(?:\\w{1,10}${SEP})?(?:aufgehoben|entfernt|deaktiviert|abgeschaltet|ausgeschaltet|ausser kraft)`,
            'alle',
          ],
          [
            `(?:hebe|setze)${SEP}(?:ich${SEP})?(?:jede|alle|samtliche|deine)${SEP}(?:\\w{1,12}${SEP})?${RULES}${SEP}(?:\\w{1,10}${SEP}){0,3}(?:auf|aus|ausser kraft)`,
            'hebe',
            'setze',
          ],
          [
            `(?:setz|setze|schalte?|stell|stelle|leg|lege)${SEP}deine${SEP}(?:\\w{1,12}${SEP})?${RULES}${SEP}(?:\\w{1,12}${SEP}){0,4}(?:aus|ab|beiseite|ausser kraft|zur seite)`,
            'deine',
          ],
          [
            `(?:hor|hore)${SEP}auf,?${SEP}deine[nr]?${SEP}(?:\\w{1,12}${SEP})?${RULES}${SEP}zu${SEP}(?:folgen|gehorchen|befolgen|beachten)`,
            'deine',
          ],
        ),
        confidence: 0.75,
      },
      {
        name: 'counts-no-more',
        ...oneOf(
          [
            `(?:alles|was)(?:,? (?:was|vorher|bisher|oben|zuvor|davor|bis|jetzt|hier|gesagt|geschrieben|wurde|ist|steht|dir)){2,8},? (?:zahlt|gilt|interessiert|ist) (?:ab jetzt |jetzt |nun )?(?:nicht mehr|nicht langer|egal|hinfallig|ungultig)`,
            'zahlt',
            'gilt',
            'interessiert',
            'ist',
          ],
          [
            `(?:ganz )?egal,? was (?:\\w{1,12} ){0,3}(?:oben|davor|vorher|im text|im prompt|danach|darunter)(?:${SEP}\\w{1,12}){0,2}`,
            'egal',
          ],
        ),
        confidence: 0.62,
      },
      {
        name: 'other-task',
        ...oneOf(
          [
            `(?:lass|lasse|brich|vergiss|beende|stoppe)${SEP}(?:die|den|das|deine)${SEP}(?:(?:bisherige|aktuelle|jetzige|laufende|ursprungliche|obige|momentane)[nrs]?${SEP})?(?:aufgabe|auftrag|ubersetzung|zusammenfassung|arbeit)(?:${SEP}(?:liegen|sein|ab|stehen))?(?:,|${SEP}und|${SEP}stattdessen|${SEP}sondern)`,
            'lass',
            'brich',
            'vergiss',
            'beende',
            'stoppe',
          ],
          [
            `beantworte${SEP}(?:die|diese)${SEP}frage${SEP}(?:\\w{1,10}${SEP})?nicht(?:${SEP}sondern|,| und)`,
            'beantworte',
          ],
          [
            `(?:die )?(?:obige |bisherige )?aufgabe(?: oben)? (?:ist|war) (?:\\w{1,10} )?(?:erledigt|beendet|fertig|abgeschlossen|vorbei)[^\\n]{0,30}(?:nachste|neue|eigentliche|echte|jetzt|nun)`,
            'aufgabe',
          ],
          [
            `(?:jetzt|nun|hier)(?: kommt| folgt| ist)? (?:die|der) (?:eigentliche|echte|wahre|wirkliche) (?:aufgabe|auftrag) ?:`,
            'aufgabe',
            'auftrag',
          ],
          [
            `(?:stopp?|halt|ende des (?:dokuments|textes|prompts))[.!] (?:neue[rs]?|nachste[rs]?) (?:auftrag|aufgabe|befehl|anweisung(?:en)?|ziel)`,
            'stop',
            'halt',
            'ende des',
          ],
        ),
        confidence: 0.58,
      },
      {
        name: 'blank-slate',
        ...oneOf(
          [
            `du${SEP}(?:wurdest|bist)${SEP}(?:\\w{1,10}${SEP}){0,2}(?:zuruckgesetzt|neu gestartet|neugestartet|resettet)`,
            'zuruckgesetzt',
            'gestartet',
            'resettet',
          ],
          [`(?:erster|neuer)${SEP}(?:befehl|auftrag) ?:`, 'befehl', 'auftrag'],
          [
            `(?:als ob|als hatte|so, als|als hatten)${SEP}(?:\\w{1,12}${SEP}){0,3}(?:niemand|nie|keiner|keine)(?:${SEP}\\w{1,14}){0,3}${SEP}(?:konfiguriert|eingestellt|programmiert|vorgaben|anweisungen|regeln|eingerichtet)`,
            'als',
          ],
        ),
        confidence: 0.58,
      },
    ],
    'de',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'by-another-name',
        ...oneOf(
          [
            `(?:was|welche[rs]?)${SEP}(?:\\w{1,14}${SEP}){0,2}(?:darfst|sollst|kannst)${SEP}du${SEP}(?:mir${SEP}|uns${SEP}|niemandem${SEP})(?:\\w{1,12}${SEP}){0,2}(?:nicht${SEP})?(?:verraten|sagen|erzahlen|zeigen|nennen)`,
            'darfst',
            'sollst',
            'kannst',
          ],
          [
            `welche${SEP}(?:geheimen?|versteckten?|verborgenen?|internen?)${SEP}(?:anweisungen|befehle|vorgaben|regeln|instruktionen)(?:${SEP}\\w{1,12}){0,3}`,
            'welche',
          ],
          [
            `(?:haben|hat|wurden)${SEP}(?:dir|man dir)${SEP}(?:deine${SEP}|die${SEP})?(?:entwickler|ersteller|macher|betreiber|programmierer)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:verboten|befohlen|aufgetragen|gesagt|untersagt|vorgegeben)`,
            'verboten',
            'befohlen',
            'aufgetragen',
            'gesagt',
            'untersagt',
            'vorgegeben',
          ],
          [
            `(?:was|das,? was)${SEP}(?:man${SEP})?(?:dir|du)${SEP}(?:\\w{1,12}${SEP}){0,5}(?:aufgetragen|vorgegeben|angewiesen|gesagt)${SEP}(?:wurde|hat|bekommen|worden)`,
            'aufgetragen',
            'vorgegeben',
            'angewiesen',
            'gesagt',
          ],
          [
            `(?:schreibe?|gib|kopiere?|setze?|stelle?|ubersetze?|fasse?|formuliere?|wandle|zeige?|verwandle|singe?|reime?)${SEP}(?:mir${SEP})?dein(?:e|en|em|er)${SEP}(?:\\w{1,14}${SEP})?(?:konfiguration|einstellungen|vorgaben|anweisungen|instruktionen|richtlinien|prompt|startanweisung\\w{0,2})${SEP}(?:als|in|zu|auf|mit|um|aus)`,
            'dein',
          ],
          [
            `(?:erste[rn]?|letzte[rn]?)${SEP}(?:satz|zeile|wort|absatz)${SEP}(?:deine[rs]|von deine[rnm])${SEP}(?:\\w{1,14}${SEP})?(?:einstellungen|konfiguration|anweisungen|prompts?|vorgaben|instruktionen|kontext\\w{0,8})`,
            'deine',
          ],
          [
            `(?:gib|wiederhole?|zeige?|schreibe?|kopiere?|drucke?)${SEP}(?:mir${SEP})?(?:den|das|alles|die)${SEP}(?:\\w{1,12}${SEP})?(?:anfang|beginn|versteckten? teil|verborgenen? teil)${SEP}(?:dieses|dieser|des|unseres|der)${SEP}(?:gesprachs|unterhaltung|chats|dialogs|konversation)`,
            'anfang',
            'beginn',
            'teil',
          ],
          [
            `(?:geheime[sn]?|geheim)${SEP}?(?:wort|passwort|schlussel|code)${SEP}(?:\\w{1,12}${SEP}){0,2}(?:ruckwarts|buchstabier\\w{1,3}|verrat\\w{0,3})|(?:ruckwarts|buchstabiere)${SEP}(?:\\w{1,12}${SEP}){0,3}geheime?[sn]?${SEP}?(?:wort|passwort|schlussel)`,
            'geheim',
          ],
          [
            `passwort${gap(2)}das${SEP}du${SEP}(?:\\w{1,10}${SEP})?(?:hutest|bewahrst|schutzt|kennst|bewachst|geheim)|wie${SEP}viele${SEP}(?:zeichen|buchstaben|stellen)${SEP}hat${SEP}(?:das|dein)${SEP}(?:geheime${SEP})?(?:passwort|schlusselwort|geheimwort)`,
            'passwort',
            'schlusselwort',
            'geheimwort',
          ],
        ),
        confidence: 0.6,
      },
    ],
    'de',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'never-declines',
        ...oneOf(
          [
            `(?:figur|assistent\\w{0,2}|ki|chatbot|orakel|modell|bot|rolle|charakter|person|zwilling)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:der|die|das)${SEP}(?:\\w{1,12}${SEP}){0,2}(?:nie|niemals|nicht)(?:${SEP}\\w{1,10}){0,2}${SEP}(?:ablehn\\w{1,2}|verweiger\\w{1,2}|nein sag\\w{1,2}|warn\\w{1,2}|ablehnen kann)`,
            'nie',
            'nicht',
          ],
          [
            `(?:figur|assistent\\w{0,2}|ki|charakter|rolle|maschine|bot)${SEP}(?:ohne|ganz ohne|frei von)${SEP}(?:moral|gewissen|skrupel|ethik|regeln|filter|grenzen)`,
            'ohne',
            'frei von',
          ],
          [
            `(?:keinen?|ohne)${SEP}filter${SEP}(?:und|oder|noch)${SEP}(?:keinen?|ohne|kein)${SEP}(?:\\w{1,10})`,
            'filter',
          ],
          [
            `(?:simulation|welt|geschichte|spiel|szenario)${SEP}(?:gibt es|existiert|existieren|gelten|gilt|kennt)${SEP}(?:keine|keinerlei|kein)${SEP}(?:ethik|moral|regeln|gesetze|grenzen|verbote)`,
            'keine',
            'kein',
          ],
          [
            `(?:verlierst|bekommst|kostet)${SEP}(?:\\w{1,8}${SEP}){0,2}(?:punkte?|leben|minuspunkte|token)(?:${SEP}\\w{1,8}){0,4}${SEP}(?:ablehnst|verweigerst|ablehnung|weigerst|weigerung)`,
            'verlierst',
            'bekommst',
            'kostet',
          ],
          [
            `\\w{0,12}modus(?:${SEP}\\w{1,10}){0,4}${SEP}(?:jede|alle|alles)(?:${SEP}\\w{1,10}){0,3}${SEP}(?:erlaubt|zulassig|gestattet)`,
            'modus',
          ],
          [
            `(?:oma|grossmutter|tante|opa|grossvater)(?:[^\\n]{0,80})ohne${SEP}(?:warnungen|warnung|hinweise|belehrung\\w{0,2})`,
            'oma',
            'grossmutter',
            'tante',
            'opa',
            'grossvater',
          ],
        ),
        confidence: 0.56,
      },
    ],
    'de',
  ),
]
