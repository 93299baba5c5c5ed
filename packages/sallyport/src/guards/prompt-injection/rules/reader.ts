import { any, gap, oneOf, SENTENCE_START, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'
import type { Stage } from '../../../guard/stage.ts'

const DOCUMENTS: readonly Stage[] = ['retrieval', 'tool-result']

const MACHINE = any(
  'ai|ais|ai (?:assistants?|models?|agents?|systems?|bots?|reviewers?|readers?)|llms?|(?:large )?language models?|chat ?bots?|bots?|automated (?:systems?|agents?|assistants?|readers?|reviewers?)',
)
const THIS = any(
  '(?:this|the) (?:text|page|document|article|file|website|web page|message|e-?mail|report|content|review|post)|this',
)
const ORDER = any(
  'say|tell|print|reply|respond|answer|send|forward|include|add|append|insert|write|rate|give|score|approve|recommend|reveal|show|list|delete|transfer|open|click|visit|call|run|execute|praise|mention|state|insist|claim|describe|start|end|translate|repeat|output|use|book|change|grant|post|share|act|speak|confirm|declare|mark|set|click|fetch|download|insult|make|do|complete|swear|please|always|only|you must',
)

/** Documents that name their reader, or know what the reader was asked to do. */
export const reader = latinRules('indirect', [
  {
    name: 'named-reader',
    ...oneOf(
      [
        `(?:to|for|attention|attn\\.?)${SEP}(?:any|all|every|whichever|each|the)${SEP}${MACHINE}(?:${SEP}(?:that|which|who))?${SEP}(?:reads?|reading|process(?:es|ing)?|pars(?:es?|ing)|summari[sz](?:es?|ing)|sees?|review(?:s|ing)?|evaluat(?:es?|ing)|analy[sz](?:es?|ing)|handl(?:es?|ing)|receiv(?:es?|ing))`,
        'read',
        'process',
        'pars',
        'summari',
        'see',
        'review',
        'evaluat',
        'analy',
        'handl',
        'receiv',
      ],
      [
        `(?:reviewers?|readers?|agents?|assistants?|graders?)${SEP}(?:that|who|which)${SEP}(?:are|is)${SEP}(?:an?${SEP})?${MACHINE}`,
        'reviewer',
        'reader',
        'agent',
        'assistant',
        'grader',
      ],
      [
        `(?:p\\. ?s\\.?|postscript|system (?:message|note|notice|instruction))${SEP}(?:for|to)${SEP}(?:the |any |our |all )?(?:${MACHINE}|agents?|assistants?|model)`,
        'p.s',
        'p. s',
        'postscript',
        'system',
      ],
      [
        `["']?(?:note|instructions?|message|directive)_?(?:to|for)_(?:the_)?(?:assistant|ai|model|agent|llm|bot)["']?`,
        '_assistant',
        '_ai',
        '_model',
        '_agent',
        '_llm',
        '_bot',
      ],
      [
        `(?:#|//|<!--|--|/\\*) ?(?:assistant|agent|ai agent|llm|copilot)(?: (?:instructions?|note|directive|task))?: ?${ORDER}`,
        'assistant',
        'agent',
        'llm',
        'copilot',
      ],
      [
        `(?:agent|assistant|ai|model),? (?:it is|it's|this is) (?:me,? )?(?:the |your )(?:user|owner|developer|creator|operator)`,
        'user',
        'owner',
        'developer',
        'creator',
        'operator',
      ],
    ),
    confidence: 0.6,
    stages: DOCUMENTS,
  },
  {
    name: 'while-reading',
    ...oneOf(
      [
        `(?:when|if|while|once|whenever|before|after)${SEP}(?:you${SEP})(?:are${SEP})?(?:ever${SEP})?(?:asked${SEP}(?:about|to)${SEP}(?:\\w{1,12}${SEP}){0,2}|questioned${SEP}about${SEP}|summari[sz]e${SEP}|summari[sz]ing${SEP}|translate${SEP}|read${SEP}|process${SEP}|review${SEP}|evaluate${SEP}|analy[sz]e${SEP}|report on${SEP}|describe${SEP}|answer about${SEP})${THIS}(?:${SEP}\\w{1,12}){0,3},? (?:please )?${ORDER}`,
        'asked',
        'questioned',
        'summari',
        'translate',
        'read',
        'process',
        'review',
        'evaluate',
        'analy',
        'report on',
        'describe',
        'answer about',
      ],
      [
        `(?:when|if)${SEP}(?:asked|questioned)${SEP}about${SEP}${THIS}(?:${SEP}\\w{1,12}){0,2},? (?:please )?${ORDER}`,
        'about',
      ],
      [
        `(?:before|prior to)${SEP}(?:you${SEP})?(?:answer(?:ing)?|respond(?:ing)? to|reply(?:ing)? to|help(?:ing)?)${SEP}the${SEP}user`,
        'user',
      ],
    ),
    confidence: 0.57,
    stages: DOCUMENTS,
  },
  {
    name: 'leave-the-page',
    ...oneOf(
      [
        `(?:ignore|forget|disregard|skip)${SEP}(?:the rest of${SEP}|everything else (?:on|in)${SEP}|all (?:of|the) (?:rest of )?)?(?:this|the)${SEP}(?:page|document|article|text|file|website|web page|review|report)(?:${SEP}and|;|,|\\.)${SEP}(?:then${SEP}|instead${SEP}|just${SEP})?${ORDER}`,
        'ignore',
        'forget',
        'disregard',
        'skip',
      ],
      [
        `${SENTENCE_START}(?:stop|drop|leave|pause)${SEP}(?:what you are doing|everything|reading (?:here|this|now)|all other (?:work|tasks))[,.:;]? (?:and )?(?:[a-z']{1,12} ){0,6}(?:look here|task|instead|now|first|urgent|important|following|next|then|immediately)`,
        'stop',
        'drop',
        'leave',
        'pause',
      ],
      [
        `(?:more|most)${SEP}(?:urgent|important|pressing)${SEP}than${SEP}(?:your|the|any|this)${SEP}(?:\\w{1,12}${SEP})?(?:task|request|question|job|summary|assignment|work)`,
        'urgent',
        'important',
        'pressing',
      ],
    ),
    confidence: 0.57,
    stages: DOCUMENTS,
  },
  {
    name: 'in-your-answer',
    ...oneOf(
      [
        `your${SEP}(?:final${SEP}|next${SEP})?(?:reply|response|answer|summary|output|review)${SEP}(?:must|has to|needs to|should|shall|will)(?:${SEP}(?:also|always|first|only))?${SEP}(?:contain|include|begin with|start with|end with|mention|say|be)${SEP}(?:the answer to|this|the following|the (?:exact )?(?:words?|phrase|sentence|text|link|line|string)|["'])`,
        'reply',
        'response',
        'answer',
        'summary',
        'output',
        'review',
      ],
      [
        `${SENTENCE_START}(?:please )?(?:add|append|include)${SEP}(?:this |the following )?(?:to|in|at the end of)${SEP}your${SEP}(?:reply|response|answer|summary|output|review) ?:`,
        'reply',
        'response',
        'answer',
        'summary',
        'output',
        'review',
      ],
      [
        `(?:say|mention|write|add|recommend|include|reply|state|insert|append|print)[^.\\n]{1,60} at the (?:end|start|beginning|top|bottom) of (?:your|the|every|each) (?:reply|response|answer|summary|output|review)`,
        ' at the',
      ],
    ),
    confidence: 0.56,
    stages: DOCUMENTS,
  },
  {
    name: 'on-behalf',
    ...oneOf(
      [
        `(?:the|your)${SEP}user${SEP}(?:(?:has|have|had|also|already|just|really)${SEP}){0,2}(?:asked|asks|wants|told|tells|instructed|requested|needs)${SEP}(?:that${SEP})?you${SEP}(?:also${SEP})?to`,
        'user',
      ],
      [
        `(?:important|urgent|critical)${SEP}(?:message|notice|instruction|update|note)s?${SEP}from${SEP}(?:the|your)${SEP}(?:account${SEP})?(?:owner|holder|user|administrator|admin|developer|operator)`,
        'important',
        'urgent',
        'critical',
      ],
      [
        `to${SEP}(?:complete|finish|continue|proceed with|see the rest of)${SEP}(?:this|the|your)${SEP}(?:request|task|page|document|process|operation|answer)${gap(2)}(?:you|the assistant|the agent)${SEP}(?:first${SEP})?(?:have to|must|need to|has to|needs to|should)(?:${SEP}first)?${SEP}(?!provide|enter|sign|log|fill|submit|be|have|register|confirm)`,
        'complete',
        'finish',
        'continue',
        'proceed',
        'see the rest',
      ],
    ),
    confidence: 0.54,
    stages: DOCUMENTS,
  },
])
