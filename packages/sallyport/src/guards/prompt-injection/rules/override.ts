import { any, gap, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'
import { PRIOR, QUANTITY, SET_ASIDE, SET_ASIDE_WEAK, SETTING_ASIDE, STEERING, STEERING_SOFT, YOURS } from './english.ts'

const VERB_LITERALS = [
  'ignor', 'igore', 'ingore', 'ignroe', 'igonre', 'inore', 'disreg', 'forg', 'overr', 'overwrit', 'bypass', 'circumvent', 'discard',
  'dismiss', 'neglect', 'abandon', 'nullify', 'unlearn', 'revoke', 'supersede', ' aside', 'leave behind', 'pay no', 'follow',
  'obey', 'listen', 'comply', 'adher', 'abid', 'attention', 'heed', 'respect', 'act on', 'acting on',
] as const

const NOUN_LITERALS = ['instr', 'insrt', 'intruc', 'insruc', 'isntr', 'prompt', 'promt', 'directi', 'guid', 'programming', 'command', 'order', 'briefing'] as const

/** English: set the instructions in force aside, or put new ones in their place. */
export const override = latinRules('override', [
  {
    name: 'prior',
    pattern: `${SET_ASIDE}(?:${SEP}(?!my\\b)\\w{1,12}){0,4}${SEP}${PRIOR}${gap(3)}${STEERING}`,
    literals: NOUN_LITERALS,
    confidence: 0.93,
  },
  {
    name: 'prior-told',
    pattern: `${SETTING_ASIDE}(?:${SEP}(?!my\\b)\\w{1,12}){0,4}${SEP}${PRIOR}${gap(3)}${STEERING}`,
    literals: NOUN_LITERALS,
    confidence: 0.6,
  },
  {
    name: 'own-prior',
    pattern: `${SET_ASIDE}(?:${SEP}\\w{1,12}){0,2}${SEP}my${gap(1)}${PRIOR}${gap(2)}${STEERING}`,
    literals: NOUN_LITERALS,
    confidence: 0.7,
  },
  {
    name: 'prior-soft',
    pattern: `${SET_ASIDE}(?:${SEP}(?:all|any|every|each|of|the|your|these|those|this|that|and|everything|in)){0,4}${SEP}${PRIOR}${gap(1)}${STEERING_SOFT}`,
    literals: VERB_LITERALS,
    confidence: 0.55,
  },
  {
    name: 'all-prior-soft',
    pattern: `${SET_ASIDE}${SEP}(?:${QUANTITY}|your)${gap(2)}${any('previous|prior|above|earlier|preceding|system|given|initial|original')}${gap(1)}${any('rules?|restrictions?|constraints?|limitations?|training|conversations?|messages?|context|assignments?|tasks?|policy|policies|statements?|safeguards?|text')}`,
    literals: VERB_LITERALS,
    confidence: 0.85,
  },
  {
    name: 'reference',
    pattern: `${SET_ASIDE}${gap(3)}${any(STEERING, 'rules', 'text', 'context', 'conversation', 'messages?')}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('above|before|previously|earlier|so far|preceding|(?:you|u)(?: have| had|\'ve)?(?: been)? (?:given|told|received|provided|taught|trained|programmed)|(?:i|we|they)(?: have|\'ve)? (?:given|gave|told|provided)|prior to this|until now|up to (?:this point|now)')}`,
    literals: VERB_LITERALS,
    confidence: 0.88,
  },
  {
    name: 'all',
    pattern: `${SET_ASIDE}${SEP}(?:${QUANTITY}|these|those)(?:${SEP}\\w{1,12}){0,2}${SEP}${STEERING}`,
    literals: NOUN_LITERALS,
    confidence: 0.82,
  },
  {
    name: 'all-soft',
    pattern: `(?:forget|ignore|disregard|discard)(?:${SEP}about)?${SEP}${any('all|any|every')}(?:${SEP}(?:the|of|your|these|those|my|other|given|rest)){0,3}${SEP}${any('rules|assignments?|tasks|context|conversations?|restrictions|articles|policies|statements|limitations|constraints|information|content')}`,
    literals: ['forget', 'ignore', 'disregard', 'discard'],
    confidence: 0.52,
  },
  {
    name: 'bare',
    pattern: `(?<!(?:to|not|n't|n\\S|they|who|users|people|will|would|can|could|may|might|i|we|and|or) )(?:ignore|disregard|forget|override|bypass)${SEP}(?:(?:the|that|this)${SEP})?${any('instructions?|prompts?|directives?|system prompt|guidelines|system message|developer message')}`,
    literals: [...NOUN_LITERALS, 'message'],
    confidence: 0.6,
  },
  {
    name: 'your',
    pattern: `(?:${SET_ASIDE}(?:${SEP}(?:about|all|any|of|every|each|everything|completely|entirely|temporarily|now)){0,2}${SEP}${YOURS}|${SET_ASIDE_WEAK}(?:${SEP}(?:about|all|any|of|every|each)){0,2}${SEP}your)(?:${SEP}(?!own\\b)\\w{1,15}){0,3}${SEP}${any(STEERING, 'rules?|restrictions?|constraints?|limitations?|training|safeguards?|safety|filters?|filtering|protocols?|policy|policies|ethics|ethical|morals?|alignment|boundaries|persona|censorship|guardrails?|content policy|parameters|settings|core values|principles')}`,
    literals: ['instr', 'prompt', 'directi', 'guid', 'programming', 'command', 'order', 'rule', 'restric', 'constrain', 'limit', 'training', 'safe', 'filter', 'protocol', 'polic', 'ethic', 'moral', 'align', 'boundar', 'persona', 'censor', 'guardrail', 'param', 'settings', 'values', 'principles', 'insr', 'intruc', 'isntr', 'promt', 'briefing'],
    confidence: 0.85,
  },
  {
    name: 'safety',
    pattern: `${any('bypass|circumvent|override|disable|deactivate|turn off|switch off|remove|ignore|disregard|overwrite|evade|lift|without|relax')}${gap(2)}${any('safety|ethical|moral|content|security|openai|moderation|alignment')}${SEP}(?:\\w{1,12}${SEP})?${any('filters?|filtering|guidelines|guardrails?|restrictions?|protocols?|safeguards?|polic(?:y|ies)|mechanisms?|constraints?|rules|measures|limitations|training|controls?|partition|module|checks')}`,
    literals: ['filter', 'guid', 'guardrail', 'restric', 'protocol', 'safeguard', 'polic', 'mechanism', 'constrain', 'rules', 'measures', 'limitations', 'training', 'control', 'partition', 'module', 'checks'],
    confidence: 0.42,
  },
  {
    name: 'everything',
    pattern: `${any('ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|discard|delete|erase|override|scrap')}${gap(1)}${any('everything|anything|all(?: of)?(?: that| this| the)?|what(?:ever)?|every(?:thing)? (?:thing|word)|the stuff|the (?:things|text|stuff)')}(?:${SEP}(?!know\\b|but\\b|except\\b|about\\b)\\w{1,12}){0,4}${SEP}${any('above|before(?:hand)?|previous(?:ly)?|prior|earlier|preceding|so far|told|said|until now|up to (?:now|this point)|written|learned|learnt|instructed|taught|given')}`,
    literals: ['ignor', 'disreg', 'forg', 'discard', 'delete', 'erase', 'overr', 'scrap'],
    confidence: 0.8,
  },
  {
    name: 'forget-everything',
    pattern: `(?:(?<![^\\n])|[.!?,;:\\n"'(] ?|(?:and|now|please|then|but|just|you can|must|should) )(?:forget|ignore|disregard) (?:about )?(?:everything|all(?: of)? (?:that|this|it))(?=[.!,;:]|(?![^\\n])| and| then| now| write| say| tell| print| just| instead| about you)`,
    literals: ['forget', 'ignore', 'disregard'],
    confidence: 0.65,
  },
  {
    name: 'the-above',
    pattern: `(?:ignore|disregard|forget|skip|discard|override)(?:${SEP}(?:all|everything|anything|about|of|the|what|is|that|this|text|any)){0,4}${SEP}${any('above|previous|prior|preceding|foregoing|before')}(?=${any('[.,;:!"\']{1,2}', ' ?\\n', '(?![^\\n])', ' (?:and|but|then|instead|now|just|only|you|please|to |say|print|output|write|tell|answer|respond|reply|translate|in favou?r)')})`,
    literals: ['ignore', 'disregard', 'forget', 'skip', 'discard', 'overr'],
    confidence: 0.78,
  },
  {
    name: 'void',
    pattern: `${any(PRIOR, 'your', 'all', 'those', 'these', 'standard|safety|normal|ethical|content|user-facing')}${gap(2)}${any(STEERING, 'rules', 'restrictions', 'context', 'constraints', 'polic(?:y|ies)', 'limitations')}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('(?:is|are|were|was|be|been|being)(?: all| now| hereby| no| longer| completely| officially){0,3} (?:void|null|invalid|cancell?ed|revoked|obsolete|deprecated|over(?:ridden|ruled|written)|superseded|nullified|disabled|removed|ignored|disregarded|forgotten|lifted|suspended|outdated|wrong|fake|irrelevant|replaced|(?:longer )?(?:valid|applicable|in (?:effect|force)|relevant|needed|required|binding))', '(?:do|does) not (?:apply|matter|count)|don\'?t (?:apply|matter|count)|no longer (?:apply|applies|matter|hold)|(?:must|should|can|may|have to) be (?:ignored|disregarded|forgotten|discarded|overridden|skipped)')}`,
    literals: ['void', 'null', 'valid', 'cancel', 'revoke', 'obsolete', 'deprecated', 'over', 'superseded', 'disabled', 'removed', 'ignored', 'disreg', 'forgotten', 'lifted', 'suspended', 'outdated', 'wrong', 'fake', 'relevant', 'replaced', 'applicable', 'in effect', 'in force', 'needed', 'required', 'binding', 'apply', 'applies', 'matter', 'count', 'hold', 'discarded', 'skipped'],
    confidence: 0.7,
  },
  {
    name: 'new-instructions',
    pattern: `${any('new|updated|revised|real|actual|true|special|urgent|important|secret|priority|modified|corrected|latest|different|alternate|overriding')}${SEP}(?:(?:important|urgent|system|priority|secret|special|set of|main|primary)${SEP})?${any('instructions?|directives?|system prompt|system message|orders|prompt|programming|guidelines|rules|objective|mission|task')} ?(?:(?:are|is|below|follows?|as follows)? ?:|follow(?:s)?(?: below| now)?\\b)`,
    literals: ['instruction', 'directive', 'prompt', 'message', 'orders', 'programming', 'guidelines', 'rules', 'objective', 'mission', 'task'],
    confidence: 0.55,
  },
  {
    name: 'your-new-task',
    pattern: `(?:your|you have(?: been given)?|here (?:are|is)(?: your)?|follow(?: these| this| the| my)?|these are your|with the following|receive|are given)${SEP}(?:a |some )?(?:new|updated|real|actual|true|only|next|sole|different|revised)${SEP}(?:\\w{1,12}${SEP})?${any('instructions?|directives?|task|job|goal|role|objective|mission|system prompt|prompt|orders|purpose|rules|identity|persona|priority|programming|assignment')}`,
    literals: ['instruction', 'directive', 'task', 'job', 'goal', 'role', 'objective', 'mission', 'prompt', 'orders', 'purpose', 'rules', 'identity', 'persona', 'priority', 'programming', 'assignment'],
    confidence: 0.45,
  },
  {
    name: 'follow-instead',
    pattern: `(?:follow|obey|execute|do|perform|apply|use|adopt)(?:${SEP}(?:only|just|exactly|strictly))?${SEP}(?:these|this|the following|the next|my|mine|those|the below)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:instead|from now on|and nothing else|only|rather)`,
    literals: ['instead', 'from now on', 'nothing else', 'only', 'rather'],
    confidence: 0.35,
  },
  {
    name: 'authority',
    pattern: `${any('system|admin(?:istrator)?|developer|root|emergency|security|master|priority|executive|global|supreme|level[- ]\\w{1,5}')}${SEP}(?:level${SEP}|emergency${SEP}|instruction${SEP}|prompt${SEP}|command${SEP}|policy${SEP}|mode${SEP})?overrid(?:e|den)(?: (?:code|command|initiated|activated|engaged|accepted|enabled|protocol|authorized|in effect|sequence)|[:!\\]*])`,
    literals: ['overrid'],
    confidence: 0.75,
  },
  {
    name: 'obey-me',
    pattern: `(?:you (?:must|will|shall|have to|should|now|are (?:required|forced|obligated|programmed) to)|my (?:commands?|instructions?|orders?|words?))(?:${SEP}\\w{1,12}){0,3}${SEP}${any('obey (?:me|my|all|every|any|the user)', 'comply with (?:all|any|every|my)', 'follow (?:all|every|any)(?: of)? my', 'take (?:precedence|priority) over', '(?:override|overrides|supersede|supersedes|outrank|outranks|overrule|overrules) (?:all|any|your|the|every|everything|previous)')}`,
    literals: ['obey', 'comply', 'follow', 'take p', 'overr', 'supersede', 'outrank'],
    confidence: 0.6,
  },
])
