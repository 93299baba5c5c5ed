import { any, gap, SEP } from '../fragments.ts'
import { MACHINE_MODE, NOTICE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules } from '../phrase-rule.ts'

const DROP = any(
  'ignor(?:a|ate|are|i|ino|ando)',
  'dimentic(?:a|ate|are|hi|ati)(?: di| delle| dei| del)?',
  'scord(?:a|ate|are|ati)(?: di| delle)?',
  'trascur(?:a|ate|are)',
  'disobbedisc(?:i|a)|disobbedire',
  'scart(?:a|are|ate)',
  'annull(?:a|are|ate)',
  'cancell(?:a|are|ate)',
  'aggir(?:a|are|ate)',
  'sovrascriv(?:i|ere|ete)',
  'non (?:seguire|seguite|rispettare|obbedire|considerare|tenere conto|tener conto)(?: piu)?(?: a| alle| di| delle)?',
  'smetti di (?:seguire|obbedire)',
  'lascia perdere|metti da parte|bypassa(?:re)?',
)
const PRIOR = any(
  'precedent[ei]|anterior[ei]|di cui sopra|sopra|inizial[ei]|original[ei]|dat[ei]|ricevut[ei]|esistent[ei]|passat[ei]|di sistema|del sistema|finora|prima|sopraccitat[ei]|fornite?',
)
const STEERING = any(
  'istruzion[ei]|ordin[ei]|regol[ae]|direttiv[ae]|prompt|comand[oi]|programmazione|restrizion[ei]|indicazion[ei]|linee guida|limitazioni|vincoli',
)
const STEERING_LITERALS = [
  'istruzion',
  'ordin',
  'regol',
  'direttiv',
  'prompt',
  'comand',
  'programmazione',
  'restrizion',
  'indicazion',
  'linee guida',
  'limitazioni',
  'vincoli',
]

export const italian = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `${DROP}(?:${SEP}(?!mie[i]?\\b|mia\\b|mio\\b)\\w{1,12}){0,4}${SEP}${STEERING}${gap(3)}${PRIOR}`,
        literals: STEERING_LITERALS,
        confidence: 0.92,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'prior-soft',
        pattern: `${DROP}(?:${SEP}(?:tutt[oeia]|il|i|la|le|gli|l|quest[oeia]|quell[oeia]|tu[oae]i?|de[li]|di)){0,4}${SEP}${any('messaggi[o]?|test[oi]|conversazion[ei]|contesto')}(?:${SEP}(?:d[aei]|qui|que|che|[oa]))?${SEP}${PRIOR}`,
        literals: ['messaggi', 'testo', 'testi', 'conversazion'],
        confidence: 0.55,
      },
      {
        name: 'prior-first',
        pattern: `${DROP}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('precedenti|vecchie|prime|attuali')}${SEP}${any('istruzioni|ordini|regole|direttive|comandi|indicazioni')}`,
        literals: STEERING_LITERALS,
        confidence: 0.88,
      },
      {
        name: 'all',
        pattern: `${DROP}${SEP}${any('tutt[ei](?: le| i| gli)?(?: tue| tuoi| sue| vostre)?|(?:le )?(?:tue|vostre|sue)|(?:i )?tuoi|qualsiasi|queste')}${gap(1)}${any('istruzioni|ordini|regole|direttive|prompt|programmazione|restrizioni|filtri|limitazioni|linee guida|indicazioni|vincoli')}`,
        literals: [
          'istruzioni',
          'ordini',
          'regole',
          'direttive',
          'prompt',
          'programmazione',
          'restrizioni',
          'filtri',
          'limitazioni',
          'linee guida',
          'indicazioni',
          'vincoli',
        ],
        confidence: 0.82,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'everything',
        pattern: `(?:dimentic(?:a|are|ate)|ignor(?:a|are|ate)|cancella|scorda)${SEP}(?:assolutamente${SEP})?tutto(?:${SEP}(?!su\\b)\\w{1,12}){0,5}${SEP}(?:precedent\\w{1,6}|prima|sopra|detto|imparato|scritto|finora)(?!${SEP}(?:su|sul\\w{0,3}|riguardo))`,
        literals: ['dimentic', 'ignor', 'cancella', 'scorda'],
        confidence: 0.82,
      },
      {
        name: 'forget-all',
        pattern: `(?:dimentica|ignora|scorda)${SEP}tutto(?=[.!,;:]|(?![^\\n])| e )`,
        literals: ['dimentica', 'ignora', 'scorda'],
        confidence: 0.6,
      },
      {
        name: 'new',
        pattern: `(?:nuov[ei]|nuova|vere)${SEP}(?:istruzioni|ordini|direttive|regole|compito|missione|identita) ?(?:sono)? ?:|(?:il )?(?:tuo|la tua) nuov[oa] (?:compito|missione|identita|istruzione|ruolo) e|le (?:istruzioni|regole|direttive)${gap(2)}(?:non (?:valgono|si applicano|sono valide)(?: piu)?|sono annullate)`,
        literals: ['istruzion', 'ordini', 'direttive', 'regole', 'compito', 'missione', 'identita', 'ruolo'],
        confidence: 0.55,
        ordinary: NOTICE,
      },
    ],
    'it',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `${any('sei|siete|agisci|fingi|immagina|rispondi|comportati|simula|diventa|interpreta|fai finta|impersona|sarai')}(?:${SEP}\\w{1,14}){0,7}${SEP}(?:ia|ai|assistente|chatbot|modello|versione|intelligenza|bot)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:senza (?:alcuna? |nessuna? |alcun )?(?:restrizion[ei]|filtri|filtro|limiti|censura|regole|morale|etica|limitazion[ei])|non censurat[oa]|illimitat[oa]|malvagi[oa]|amorale|priv[oa] di (?:filtri|regole|etica|restrizioni|limiti))`,
        literals: ['senza', 'censurat', 'illimitat', 'malvagi', 'amorale', 'priv'],
        confidence: 0.8,
      },
      {
        name: 'without-limits',
        pattern: `(?:rispondi|agisci|non hai|risposte|risposta|parla|scrivi|risponderai)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:senza|nessuna?|alcun[ao]?)${SEP}(?:(?:alcuna?|alcun|nessun|tipo|di|filtri|o|e)${SEP}){0,3}(?:restrizion[ei]|filtri|filtro|limiti|censura|morale|etica|limitazioni)`,
        literals: ['restrizion', 'filtr', 'limiti', 'censura', 'morale', 'etica', 'limitazioni'],
        confidence: 0.52,
      },
      {
        name: 'mode',
        pattern: `modalita (?:di )?(?:sviluppatore|dan|jailbreak|dio|amministratore|admin|debug|senza (?:filtri|restrizioni)|root|manutenzione)(?:${SEP}\\w{1,8}){0,2}${SEP}(?:attivata|attiva|abilitata)|(?:attiva|entra in|passa (?:a|alla|in)|sei(?: ora| adesso)? in|ora sei in|abilita)(?: la)? modalita (?:di )?(?:sviluppatore|dan|jailbreak|dio|admin|amministratore|debug|senza (?:filtri|restrizioni)|root|manutenzione)`,
        literals: ['modalita'],
        confidence: 0.75,
        ordinary: MACHINE_MODE,
      },
      {
        name: 'not-bound',
        pattern: `non${SEP}(?:sei|devi|hai bisogno|e)${gap(1)}(?:piu |vincolat[oa]|soggett[oa]|limitat[oa]|obbligat[oa]|seguire|rispettare|obbedire)${gap(3)}(?:regole|restrizioni|linee guida|leggi|politiche|limiti|direttive)`,
        literals: ['regole', 'restrizioni', 'linee guida', 'leggi', 'politiche', 'limiti', 'direttive'],
        confidence: 0.55,
      },
    ],
    'it',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `${any('mostra(?:mi)?|rivela(?:mi)?|dimmi|dammi|ripeti|scrivi|stampa|traduci|condividi|divulga|copia|riassumi|qual e|quali (?:sono|erano)|quale (?:era|e)|elenca|fornisci|cita|fammi vedere|riporta')}(?:${SEP}(?:mi|il|la|le|i|tutto|tutte|di|del|testo|contenuto|esatt\\w{0,6}|completo|integrale|parola|per|letteral\\w{0,5}|in)){0,6}${SEP}(?:tu[oae]|tuoi|vostr[oe]|il|le|i)${gap(1)}(?:prompt (?:di sistema|iniziale|nascosto|segreto|originale)|messaggio (?:di sistema|iniziale)|istruzion[ei] (?:di sistema|inizial[ei]|nascost[ei]|segret[ei]|intern[ei]|original[ei]|riservat[ei])|(?:regole|direttive|linee guida) (?:iniziali|nascoste|segrete|interne|originali|di sistema|riservate)|system prompt)`,
        literals: ['prompt', 'messaggio', 'istruzion', 'regole', 'direttive', 'linee guida'],
        confidence: 0.82,
      },
      {
        name: 'your-instructions',
        pattern: `(?:mostra(?:mi)?|rivela(?:mi)?|dimmi|ripeti|scrivi|traduci|condividi|elenca|quali (?:sono|erano)|copia|riassumi)(?:${SEP}(?:tutte|esattamente|letteralmente)){0,2}${SEP}(?:le )?(?:tue|vostre)${SEP}(?:\\w{1,12}${SEP})?(?:istruzioni|direttive|indicazioni|regole|linee guida)`,
        literals: ['istruzioni', 'direttive', 'indicazioni', 'regole', 'linee guida'],
        confidence: 0.6,
      },
      {
        name: 'above',
        pattern: `(?:ripeti|mostra|copia|scrivi|stampa|traduci|riporta)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:testo|parole|tutto|righe|frasi|contenuto|messaggio|quello che|cio che)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:sopra|prima di questo|precede|qui sopra|piu in alto)`,
        literals: ['ripeti', 'mostra', 'copia', 'scrivi', 'stampa', 'traduci', 'riporta'],
        confidence: 0.6,
      },
    ],
    'it',
  ),
  ...latinRules(
    'refusal-suppression',
    [
      {
        name: 'no-refusal',
        pattern: `(?:non (?:rifiutare|rifiutarti|scusarti|declinare|negare)|non (?:puoi|devi) (?:rifiutare|rifiutarti|scusarti|dire di no)|(?:non|mai) (?:dire|rispondere)(?:${SEP}\\w{1,8}){0,3}${SEP}["']?(?:mi dispiace|non posso|come (?:un )?(?:ia|ai)|come modello)|senza (?:alcun[oa]? )?(?:avvertenze?|avvisi|disclaimer))`,
        literals: [
          'rifiut',
          'scusar',
          'declinare',
          'negare',
          'dire di no',
          'mi dispiace',
          'non posso',
          'come ',
          'avvertenz',
          'avvisi',
          'disclaimer',
        ],
        confidence: 0.52,
      },
      {
        name: 'affirmative',
        pattern: `(?:inizia|comincia|iniziare)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:con|dicendo)(?:${SEP}\\w{1,12}){0,3}[ :]{1,2}["'«] ?(?:certo|certamente|si,|si|sicuro|ecco|volentieri|assolutamente)`,
        literals: ['inizia', 'comincia'],
        confidence: 0.6,
      },
    ],
    'it',
  ),
  ...latinRules(
    'indirect',
    [
      {
        name: 'note',
        pattern: `se (?:sei|lei e) (?:una? |un'|l'|il )?(?:\\w{1,12} )?(?:ia|ai|llm|modello linguistico|chatbot|assistente|intelligenza artificiale)|(?:nota|istruzioni|messaggio|attenzione|avviso|indicazioni) (?:per|a|all'|ai|agli|alle|rivolt[oe] a) ?(?:l'|il |la |i |gli |qualsiasi |tutti gli )?(?:ia|ai|assistent[ei]|llm|modell[oi](?: linguistic[oi])?|chatbot|intelligenz[ae] artificial[ei]|agent[ei] ai)(?=[ :,.!)]|\\n)`,
        literals: ['se sei', 'se lei', 'nota', 'istruzioni', 'messaggio', 'attenzione', 'avviso', 'indicazioni'],
        confidence: 0.64,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'it',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:non|senza|mai)${SEP}(?:lo )?(?:dire|dirlo|menzionare|menzionarlo|informare|rivelare|avvisare|avvertire|raccontare|notificare|comunicare)(?:${SEP}(?:nulla|niente|questo|cio|mai|di|all|al|a|che|l)){0,4}${SEP}(?:l'|all'|agli )?(?:utente|utenti|cliente)`,
        literals: ['utent', 'cliente'],
        confidence: 0.6,
      },
      {
        name: 'send',
        pattern: `(?:invia|inviare|inoltra|inoltrare|manda|trasferisci|trasmetti|spedisci|carica)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:password|credenziali|chiav[ei](?: api)?|conversazione|cronologia|dati|messaggi|e-?mail|contatti|file|prompt|segreti)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:a|al|all'indirizzo|verso|su)(?:${SEP})?["'<]?(?:https?:|[a-z0-9._%+-]{1,40} ?@ ?[a-z0-9.-]{1,40}|\\w{1,20}\\.(?:com|it|net|org|io|ru|xyz))`,
        literals: ['http', '@', '.com', '.it', '.net', '.org', '.io', '.ru', '.xyz'],
        confidence: 0.6,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'it',
  ),
]
