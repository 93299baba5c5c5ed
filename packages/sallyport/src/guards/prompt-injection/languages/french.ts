import { any, gap, SEP } from '../fragments.ts'
import { MACHINE_MODE, NOTICE, OF_A_TABLE } from '../mention-words.ts'
import { latinRules } from '../phrase-rule.ts'

const DROP = any(
  'ignor(?:e|ez|er|es|ons)',
  'oubli(?:e|ez|er|es|ons)',
  'neglig(?:e|ez|er)',
  'contourn(?:e|ez|er)',
  'outrepass(?:e|ez|er)',
  'desobei(?:s|ssez|r)',
  'rejet(?:te|tez|ter)|rejeter',
  'supprim(?:e|ez|er)',
  'effac(?:e|ez|er)',
  'annul(?:e|ez|er)',
  'abandonn(?:e|ez|er)',
  '(?:ne )?(?:tiens|tenez|tenir|prends|prenez)(?: \\w{1,8})? (?:pas|plus|aucun) (?:compte|en compte)',
  '(?:ne )?(?:suis|suivez|suivre|respecte|respectez|obeis|obeissez)(?: \\w{1,8})? (?:pas|plus|aucune?)',
  'fai(?:s|tes|re) (?:abstraction|fi) (?:de|des)',
  'passe[rz]? outre',
  'mets de cote|mettez de cote',
)
const PRIOR = any(
  "precedent\\w{0,3}|anterieur\\w{0,2}|ci-?dessus|ci dessus|initial\\w{0,2}|initiaux|avant|plus haut|donnee?s?|originales?|originel\\w{0,3}|d'origine|existantes?|passees?|recues?|jusqu'ici|susmentionnee?s?|actuelles?|systeme",
)
const STEERING = any(
  'instructions?|consignes?|directives?|regles?|ordres?|prompts?|invites?|commandes?|programmation|indications?|restrictions?|contraintes?',
)
const STEERING_LITERALS = [
  'instruction',
  'consigne',
  'directive',
  'regle',
  'ordre',
  'prompt',
  'invite',
  'commande',
  'programmation',
  'indication',
  'restriction',
  'contrainte',
]

export const french = [
  ...latinRules(
    'override',
    [
      {
        name: 'prior',
        pattern: `${DROP}(?:${SEP}(?!mon\\b|mes\\b|ma\\b)\\w{1,12}){0,4}${SEP}${STEERING}${gap(2)}${PRIOR}`,
        literals: STEERING_LITERALS,
        confidence: 0.92,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'prior-soft',
        pattern: `${DROP}(?:${SEP}(?:tout(?:es?)?|tous|le|la|les|l|ces?|tes?|tes|ton|vos|votre|du|de)){0,4}${SEP}${any('messages?|textes?|conversations?|contexte|discussions?|echanges?')}(?:${SEP}(?:d[aei]|qui|que|che|[oa]))?${SEP}${PRIOR}`,
        literals: ['message', 'texte', 'conversation', 'discussion', 'echange'],
        confidence: 0.55,
      },
      {
        name: 'prior-first',
        pattern: `${DROP}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('precedentes?|anciennes?|anterieures?|premieres?|actuelles?')}${SEP}${any('instructions|consignes|directives|regles|ordres|commandes|indications')}`,
        literals: STEERING_LITERALS,
        confidence: 0.88,
      },
      {
        name: 'all',
        pattern: `${DROP}(?:${SEP}(?:toutes?|tous|completement|simplement|maintenant)){0,2}${SEP}${any('toutes?(?: les| tes| vos| ces)?|tous(?: les| tes| vos| ces)?|tes|vos|ces|ton|votre|aucune?(?: de vos| de tes| des)?')}${gap(1)}${any('instructions?|consignes?|directives?|regles|prompts?|programmation|restrictions?|filtres?|garde-fous|limites|limitations|ordres')}`,
        literals: [
          'instruction',
          'consigne',
          'directive',
          'regles',
          'prompt',
          'programmation',
          'restriction',
          'filtre',
          'garde-fou',
          'limit',
          'ordres',
        ],
        confidence: 0.82,
        ordinary: OF_A_TABLE,
      },
      {
        name: 'everything',
        pattern: `(?:oubli(?:e|ez|er)|ignor(?:e|ez|er)|effac(?:e|ez|er))${SEP}(?:absolument${SEP})?tout(?:es)?(?:${SEP}(?!sur)\\w{1,12}){0,6}${SEP}(?:precede|avant|precedemment|ci-?dessus|dit|appris|ecrit|auparavant|plus haut|jusqu)(?!${SEP}(?:sur|a propos|au sujet|concernant))`,
        literals: ['oubli', 'ignor', 'effac'],
        confidence: 0.82,
      },
      {
        name: 'forget-all',
        pattern: `(?:oublie|oubliez|ignore|ignorez)${SEP}tout(?=[.!,;:]|(?![^\\n])| et )|(?:oublie|oubliez|ignore|ignorez)(?: tout)? ce qui (?:precede|est au-dessus|se trouve au-dessus)`,
        literals: ['oublie', 'ignore'],
        confidence: 0.65,
      },
      {
        name: 'new',
        pattern: `(?:nouvelles?|vraies?|veritables?|voici (?:tes|vos|les) nouvelles?)${SEP}(?:instructions?|consignes?|directives?|regles|tache|mission|identite) ?(?:est|sont)? ?:|(?:ta|votre) nouvelle (?:tache|mission|identite|consigne|instruction) (?:est|consiste)|les (?:instructions|regles|consignes)${gap(2)}(?:ne s'appliquent plus|sont annulees|ne sont plus valables|sont caduques)`,
        literals: ['instruction', 'consigne', 'directive', 'regles', 'tache', 'mission', 'identite'],
        confidence: 0.55,
        ordinary: NOTICE,
      },
    ],
    'fr',
  ),
  ...latinRules(
    'persona',
    [
      {
        name: 'unbound',
        pattern: `${any('tu es|vous etes|agis|agissez|fais comme|faites comme|imagine|imaginez|reponds|repondez|comporte|comportez|joue|jouez|simule|simulez|deviens|devenez|pretends|incarne|incarnez|role')}(?:${SEP}\\w{1,14}){0,7}${SEP}(?:(?:ia|assistant|chatbot|modele|version|intelligence)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:sans (?:aucune? |la moindre )?(?:restrictions?|filtres?|limites?|censure|regles?|morale|ethique|limitations?|contraintes?)|non[- ]censuree?|illimitee?|debridee?|non[- ]filtree?|malveillante?|amorale?))`,
        literals: ['sans', 'censure', 'illimite', 'debride', 'filtre', 'malveillan', 'amoral'],
        confidence: 0.8,
      },
      {
        name: 'without-limits',
        pattern: `(?:reponds|repondez|agis|agissez|tu n'as|vous n'avez|reponses?|parle|ecris|repondras)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:sans|aucune?|plus de)${SEP}(?:(?:aucune?|filtre|ni|moindre|la|de)${SEP}){0,3}(?:restrictions?|filtres?|limites?|censure|regles? ethiques?|morale|ethique|limitations?|contraintes?)`,
        literals: ['restriction', 'filtre', 'limit', 'censure', 'ethique', 'morale', 'contrainte'],
        confidence: 0.52,
      },
      {
        name: 'mode',
        pattern: `mode (?:developpeur|dan|jailbreak|dieu|admin(?:istrateur)?|debogage|debug|sans (?:filtre|restriction)s?|root|maintenance)(?:${SEP}\\w{1,8}){0,2}${SEP}(?:active|actif|enclenche)|(?:active|activez|passe en|passez en|entre en|tu es (?:maintenant |desormais )?en|vous etes (?:maintenant |desormais )?en)(?: le)? mode (?:developpeur|dan|jailbreak|dieu|admin|debug|sans (?:filtre|restriction)|root|maintenance)`,
        literals: ['mode'],
        confidence: 0.75,
        ordinary: MACHINE_MODE,
      },
      {
        name: 'not-bound',
        pattern: `(?:n'es|n'etes|n'est|pas|plus)${gap(1)}(?:lie|liee|soumis|soumise|tenu|contraint|limite)e?s?(?: par| a| aux| de)${gap(2)}(?:regles|restrictions|directives|consignes|lois|limites|contraintes)`,
        literals: ['regles', 'restrictions', 'directives', 'consignes', 'lois', 'limites', 'contraintes'],
        confidence: 0.6,
      },
    ],
    'fr',
  ),
  ...latinRules(
    'extraction',
    [
      {
        name: 'prompt',
        pattern: `${any('montre|montrez|affiche|affichez|revele|revelez|donne|donnez|repete|repetez|ecris|ecrivez|dis|dites|imprime|imprimez|traduis|traduisez|partage|partagez|divulgue|divulguez|recopie|recopiez|copie|resume|resumez|quel(?:le)?s? (?:est|sont|etaient|etait)|liste|listez|communique|communiquez|devoile|devoilez|cite|citez')}(?:${SEP}(?:moi|nous|le|la|les|l|tout|toutes|de|du|texte|contenu|exact|exactement|integral\\w{0,4}|mot|pour|complet|en|dans|entier)){0,6}${SEP}(?:(?:ton|votre|tes|vos|le|les|l)${gap(1)}(?:prompt (?:systeme|initial|cache|secret|d'origine)|(?:invite|message) (?:systeme|initiale?|de systeme)|prompt|instructions? (?:systeme|initiales?|cachees?|secretes?|internes?|d'origine|de depart|confidentielles?|originales?)|(?:consignes|directives|regles) (?:initiales?|cachees?|secretes?|internes?|systeme|confidentielles?|originales?)))`,
        literals: ['prompt', 'invite', 'message', 'instruction', 'consignes', 'directives', 'regles'],
        confidence: 0.8,
      },
      {
        name: 'your-instructions',
        pattern: `(?:montre|affiche|revele|donne|repete|ecris|dis|traduis|partage|liste|quelles sont|quelles etaient|recopie|resume)(?:z|s|${SEP}(?:moi|nous|toutes?|exactement|mot)){0,3}${SEP}(?:tes|vos)${SEP}(?:\\w{1,12}${SEP})?(?:instructions|consignes|directives|regles)`,
        literals: ['instructions', 'consignes', 'directives', 'regles'],
        confidence: 0.6,
      },
      {
        name: 'above',
        pattern: `(?:repete|repetez|affiche|affichez|recopie|recopiez|ecris|ecrivez|imprime|imprimez|traduis|montre)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:texte|mots|phrases?|lignes?|contenu|tout|message)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:ci-?dessus|au-?dessus|qui precede(?:nt)?|avant ce|plus haut|precedant)`,
        literals: ['repete', 'affiche', 'recopie', 'ecri', 'imprime', 'traduis', 'montre'],
        confidence: 0.62,
      },
    ],
    'fr',
  ),
  ...latinRules(
    'refusal-suppression',
    [
      {
        name: 'no-refusal',
        pattern: `(?:ne (?:refuse|refusez|decline|rejette)(?:z|s)?${SEP}(?:jamais|pas|aucune?)|(?:tu|vous) ne (?:peux|pouvez|dois|devez) (?:pas|jamais) (?:refuser|decliner|rejeter|t'excuser|vous excuser)|ne (?:dis|dites|reponds|repondez)${SEP}(?:jamais|pas)(?:${SEP}\\w{1,8}){0,3}${SEP}["']?(?:je suis desole|je ne peux pas|desole|en tant qu)|sans (?:jamais )?(?:refuser|avertissement ni|aucun avertissement|aucune mise en garde))`,
        literals: [
          'refus',
          'declin',
          'rejet',
          'excuser',
          'desole',
          'ne peux pas',
          'en tant qu',
          'avertissement',
          'mise en garde',
        ],
        confidence: 0.55,
      },
      {
        name: 'affirmative',
        pattern: `(?:commence|commencez|debute|debutez)(?:${SEP}\\w{1,12}){0,4}${SEP}par(?:${SEP}\\w{1,12}){0,3}[ :]{1,2}["'«] ?(?:bien sur|certainement|oui|absolument|d'accord|voici|avec plaisir)`,
        literals: ['commence', 'debute'],
        confidence: 0.6,
      },
    ],
    'fr',
  ),
  ...latinRules(
    'indirect',
    [
      {
        name: 'note',
        pattern: `si (?:tu es|vous etes) (?:une? |l'|le )?(?:\\w{1,12} )?(?:ia|llm|modele de langage|chatbot|assistant|intelligence artificielle)|(?<!etre une )(?:note|instructions?|message|attention|consignes?|avis) (?:a l'attention de |a destination de |destinee?s? a |pour |a |aux? )(?:l'|les |le |la |toute |tout )?(?:ia|assistant|llms?|modeles?(?: de langage)?|chatbots?|intelligences? artificielles?)(?=[ :,.!)]|\\n)`,
        literals: ['si tu es', 'si vous etes', 'note', 'instruction', 'message', 'attention', 'consigne', 'avis'],
        confidence: 0.64,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'fr',
  ),
  ...latinRules(
    'tool-steering',
    [
      {
        name: 'hide',
        pattern: `(?:ne|sans)${SEP}(?:le |l'|en |lui )?(?:dis|dites|dire|mentionne|mentionnez|mentionner|informe|informez|informer|revele|revelez|reveler|previens|prevenez|prevenir|parle|parlez|avertis|avertir|signale|signaler)(?:${SEP}(?:rien|pas|jamais|surtout|a|cela|ceci|ce|message|de)){0,4}${SEP}(?:a |au |l'|aux )?(?:utilisateur|usager|client)s?`,
        literals: ['utilisateur', 'usager', 'client'],
        confidence: 0.6,
      },
      {
        name: 'send',
        pattern: `(?:envoie|envoyez|envoyer|transfere|transferez|transmets|transmettez|expedie|telecharge|poste)(?:${SEP}\\w{1,14}){0,5}${SEP}(?:mots? de passe|identifiants|cles? (?:d')?api|conversation|historique|donnees|messages?|e-?mails?|courriels?|contacts|fichiers|prompt|secrets?)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:a|au|vers|sur)${SEP}(?:l'adresse )?["'<]?(?:https?:|[a-z0-9._%+-]{1,40} ?@ ?[a-z0-9.-]{1,40}|\\w{1,20}\\.(?:com|fr|net|org|io|ru|xyz))`,
        literals: ['http', '@', '.com', '.fr', '.net', '.org', '.io', '.ru', '.xyz'],
        confidence: 0.6,
        stages: ['retrieval', 'tool-result'],
      },
    ],
    'fr',
  ),
]
