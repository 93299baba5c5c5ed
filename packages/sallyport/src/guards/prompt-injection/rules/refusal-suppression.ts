import { any, gap, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'

const NOT = any("do not|don'?t|never|must not|mustn'?t|may not|cannot|can'?t|can not|should not|shouldn'?t|will not|won'?t|not allowed to|not permitted to|no longer|avoid|without|refrain from|forbidden (?:to|from)|unable to|are not to|stop")

/** English: refusals, warnings and disclaimers are forbidden in advance. */
export const refusalSuppression = latinRules('refusal-suppression', [
  {
    name: 'no-refusal',
    pattern: `(?:you(?:'re| are)?(?: to)?|and|chatgpt|dan|it|please|so|ai|but|also|,|must|:|-|he|she|will)${SEP}${NOT}(?:${SEP}(?:ever|be|under|any|circumstances?|to|able|allowed)){0,4}${SEP}(?:refus(?:e|ing)|decline|declining|reject(?:ing)?|say no|deny(?:ing)?)(?:${SEP}(?:to|my|any|a|the|answer\\w{0,3}|request|anything|this|me|requests?|questions?|order|prompt|provide|do|comply|user\\w{0,2}|because|based|on|it|doing|these|command|human)){1,4}`,
    literals: ['refus', 'declin', 'reject', 'say no', 'deny'],
    confidence: 0.55,
  },
  {
    name: 'no-disclaimer',
    pattern: `${any(NOT, 'no', 'omit|skip|leave out|exclude|remove|drop')}(?:${SEP}(?:include|add|give|provide|use|write|output|any|a|the|with|contain|display|issue|put|show|mention|offer|including|adding|giving|of|kind|sort|need|for|your|usual|moral|ethical|legal|safety|or|and|warnings?|disclaimers?|ai|there|should|be|generic|unnecessary)){0,8}${SEP}(?:disclaimers?|moral(?:i[sz]ing|ity lectures?| lectures?)|moral judg\\w{1,5}|ethical (?:warnings?|considerations?|concerns?|judg\\w{1,5}|advice|lectures?)|lectur(?:e|es|ing)|warnings? about|caveats|censorship|safety (?:warnings?|notices?|messages?))`,
    literals: ['disclaimer', 'moral', 'ethical', 'lectur', 'warning', 'caveat', 'censorship', 'safety'],
    confidence: 0.35,
  },
  {
    name: 'no-sorry',
    pattern: `${NOT}(?:${SEP}(?:ever|to|be|give|any|or)){0,3}${SEP}(?:say(?:ing)?|use|using|respond|reply|answer|write|output|start|begin|tell(?: me)?|include|utter|print|mention|refuse|the phrase|phrases?|words?|contain)(?:${SEP}\\w{1,12}){0,5}${SEP}?["'\`(]{0,2}(?:i(?:'m| am) sorry|i (?:cannot|can'?t|can not)(?: (?:assist|help|fulfill|do|comply|provide|answer))?|i(?:'m| am) (?:unable|not able)|as an? (?:ai|large language|language model|artificial)|as a responsible|i(?:'m| am) (?:just |only )?an? (?:ai|language model)|sorry, (?:but )?i)`,
    literals: ['i\'m sorry', 'i am sorry', 'i cannot', 'i cant', 'i can\'t', 'i can not', 'unable', 'not able', 'as a ai', 'as a large language', 'as a language model', 'as a artificial', 'as an ai', 'as an large language', 'as an language model', 'as an artificial', 'as a responsible', 'i\'m a ', 'i\'m an ', 'i\'m just a', 'i\'m only a', 'i am a ', 'i am an ', 'i am just a', 'i am only a', 'sorry, '],
    confidence: 0.6,
  },
  {
    name: 'no-apology',
    pattern: `${NOT}(?:${SEP}(?:ever|be|to|or|and|warn|refuse|explain|moralize|lecture|complain|give|any|include|say)){0,4}${SEP}(?:apologi[sz]e|apologi[sz]ing|apolog(?:y|ies)|express (?:regret|remorse)|feel remorse)(?![^.\\n]{0,30}(?:customer|client|late|delay))`,
    literals: ['apolog', 'regret', 'remorse'],
    confidence: 0.3,
  },
  {
    name: 'refusal-not-option',
    pattern: `(?:refusal|refusing|saying no|declining|failure to comply)(?:${SEP}\\w{1,10}){0,3}${SEP}(?:not (?:an option|acceptable|allowed|permitted|possible)|forbidden|unacceptable|prohibited|will (?:result|lead)|is a violation|means|not tolerated)|you (?:have no|do not have the|don't have the|lack the) (?:ability|right|option|choice|capability)(?: to)? (?:to )?(?:refuse|decline|say no|reject)|(?:any|every) (?:response|answer|reply|output)s? (?:that )?(?:contain|includ|refus|with)\\w{0,3}(?: \\w{1,10}){0,4} (?:will be (?:reject|punish|penal|considered)\\w{0,6}|is (?:a )?(?:fail|violation|unaccept)\\w{0,6})`,
    literals: ['refus', 'saying no', 'declin', 'comply', 'ability', 'right', 'option', 'choice', 'capability', 'response', 'answer', 'reply', 'output'],
    confidence: 0.55,
  },
  {
    name: 'forbidden-words',
    pattern: `(?:${any('forbidden|banned|not allowed|cannot use|never use|do not use|don\'t use|must not use|avoid|prohibited|disallowed')})(?:${SEP}\\w{1,10}){0,4}${SEP}(?:words?|phrases?|strings?|terms?|sentences)(?:[^.\\n]{0,40})["'\`](?:sorry|cannot|unfortunately|can't|unable|however|instead|illegal|unethical|i'm|i can|as an ai|inappropriate|harmful|important to)`,
    literals: ['word', 'phrase', 'string', 'term', 'sentence'],
    confidence: 0.6,
  },
  {
    name: 'no-care',
    pattern: `(?:you|he|she|it|who|ai|that|dan|and)${SEP}(?:do(?:es)? not|don'?t|doesn'?t|never|no longer)${SEP}(?:care|worry|bother|think|consider|concern)(?:${SEP}(?:about|if|whether|itself|yourself|himself|with|something|is|it|the|any|for|of|at|all)){0,5}${SEP}(?:legal\\w{0,4}|illegal\\w{0,4}|ethic\\w{0,4}|unethical|moral\\w{0,4}|immoral|consequences|safety|rules|harm\\w{0,4}|polic(?:y|ies)|appropriate\\w{0,4})`,
    literals: ['legal', 'ethic', 'moral', 'conseq', 'safety', 'rules', 'harm', 'polic', 'appropriate'],
    confidence: 0.45,
  },
  {
    name: 'must-answer',
    pattern: `(?:you|dan|it|ai|she|he)${SEP}(?:must|have to|will|shall|are (?:required|obligated|forced|programmed|obliged) to|should)(?:${SEP}(?:always|never|now|fully|immediately|still|also|only)){0,2}${SEP}(?:answer|comply|respond|obey|fulfill|follow|accept|do)(?:${SEP}\\w{1,10}){0,4}${SEP}(?:any|all|every|each|whatever|everything|no matter|regardless|without question)(?:${SEP}\\w{1,10}){0,3}${SEP}(?:requests?|questions?|prompts?|commands?|orders?|instructions?|what|how|of|asked|i (?:ask|say|tell)|matter)`,
    literals: ['any', 'all', 'every', 'each', 'whatever', 'no matter', 'regardless', 'without question'],
    confidence: 0.35,
  },
  {
    name: 'intent-excuse',
    pattern: `(?:this is |purely |strictly |only |just |all )(?:hypothetical|fictional|educational|for (?:educational|research|academic|testing|entertainment) purposes)(?:${SEP}\\w{1,10}){0,8}${gap(0)}(?:(?:so )?(?:ethics|rules|guidelines|policies|restrictions|safety|filters)(?:${SEP}\\w{1,10}){0,2}${SEP}(?:not|don't|doesn't|no longer|irrelevant))`,
    literals: ['hypothetical', 'fictional', 'purposes', 'educational'],
    confidence: 0.55,
  },
])
