import { any, gap, SEP } from '../fragments.ts'
import { MACHINE_MODE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules } from '../phrase-rule.ts'

const DROP = any(
  'negeer|negeren|vergeet|vergeten|omzeil|omzeilen|overschrijf|sla(?: je| alle)? over|verwerp|volg (?:niet|geen)|houd je niet (?:meer )?aan|stop met het volgen van|luister niet (?:meer )?naar|trek je niets aan van|wis',
)
const STEERING = any(
  "instructies?|(?:systeem)?prompts?|opdrachten|opdracht|regels|richtlijnen|aanwijzingen|bevelen|commando'?s|context|programmering|beperkingen|berichten|tekst|voorschriften",
)
const LITERALS = [
  'instructie',
  'prompt',
  'opdracht',
  'regels',
  'richtlijnen',
  'aanwijzingen',
  'bevelen',
  'commando',
  'context',
  'programmering',
  'beperkingen',
  'berichten',
  'tekst',
  'voorschriften',
]

export const dutch = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `${DROP}(?:${SEP}(?!mijn)\\w{1,12}){0,3}${SEP}(?:vorige|voorgaande|eerdere|bovenstaande|oorspronkelijke|bestaande|gegeven|oude|initiele|huidige|voorafgaande)${gap(2)}${STEERING}`,
        literals: LITERALS,
        confidence: 0.92,
      },
      {
        name: 'all',
        pattern: `${DROP}${SEP}(?:alle|al|je|jouw|uw|deze|al je|al uw|al jouw|elke)${gap(1)}(?:instructies|(?:systeem)?prompts?|opdrachten|regels|richtlijnen|aanwijzingen|beperkingen|filters|programmering)`,
        literals: [...LITERALS, 'filters'],
        confidence: 0.82,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'everything',
        pattern: `(?:vergeet|negeer)${SEP}(?:alles|wat)(?:${SEP}(?!over)\\w{1,12}){0,4}${SEP}(?:hiervoor|eerder|hierboven|gezegd|boven|daarvoor|verteld|vooraf)|(?:vergeet|negeer)${SEP}alles(?=[.!,;:]|(?![^\\n])| en )`,
        literals: ['vergeet', 'negeer'],
        confidence: 0.7,
      },
    ],
    'nl',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `(?:je bent|u bent|gedraag je|doe alsof|stel je voor|antwoord|speel|simuleer|wees)(?:${SEP}\\w{1,14}){0,7}${SEP}(?:(?:ai|assistent|chatbot|model|bot|versie|taalmodel)(?:${SEP}\\w{1,12}){0,3}${SEP}zonder (?:enige )?(?:beperkingen|filters?|regels|censuur|grenzen|moraal|ethiek)|(?:onbeperkte|ongecensureerde|ongefilterde|kwaadaardige|immorele)${SEP}(?:ai|assistent|chatbot|model|bot|versie|taalmodel))`,
        literals: ['zonder', 'onbeperkte', 'ongecensureerde', 'ongefilterde', 'kwaadaardige', 'immorele'],
        confidence: 0.8,
      },
      {
        name: 'mode',
        pattern: `(?:ontwikkelaars|dan|jailbreak|god|admin|debug|root)[- ]?modus(?:${SEP}\\w{1,8}){0,2}${SEP}(?:ingeschakeld|geactiveerd|actief|aan)|(?:activeer|schakel(?: over)? naar|je bent(?: nu)? in)(?: de)? (?:ontwikkelaars|dan|jailbreak|god|admin|debug|root)[- ]?modus`,
        literals: ['modus'],
        confidence: 0.75,
        ordinary: MACHINE_MODE,
      },
    ],
    'nl',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `(?:toon|laat|geef|herhaal|vertel|onthul|schrijf|print|deel|kopieer|vertaal|noem|wat (?:is|zijn|staat)|som)(?:${SEP}(?:me|mij|ons|eens|je|jouw|uw|de|het|volledige|hele|letterlijk|precies|alle|zien|in|op|exacte|al)){0,6}${SEP}(?:systeem ?(?:prompt|bericht|instructies?)|(?:verborgen|geheime|interne|oorspronkelijke|initiele) (?:instructies?|prompt|regels|richtlijnen|opdrachten))`,
        literals: ['prompt', 'bericht', 'instructie', 'regels', 'richtlijnen', 'opdrachten'],
        confidence: 0.8,
      },
    ],
    'nl',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:vertel|zeg|meld|noem|laat|informeer)(?:${SEP}(?:het|dit|hier|de|aan|niets|over|er)){0,4}${SEP}(?:gebruiker|klant)(?:${SEP}(?:hier|er|dit|het|niets|niet|over|weten)){1,3}|(?:vertel|zeg|meld)(?:${SEP}(?:het|dit|hier|er|niets|niet|over)){1,4}${SEP}(?:tegen|aan) de (?:gebruiker|klant)`,
        literals: ['gebruiker', 'klant'],
        confidence: 0.5,
      },
    ],
    'nl',
  ),
]
