import { SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'

/** English: the first words or the shape of the answer are dictated so that a refusal no longer fits. */
export const outputSteering = latinRules('output-steering', [
  {
    name: 'affirmative-start',
    pattern: `(?:start|begin|open|preface|prefix|prepend|starting|beginning|starts?|begins?|commence)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:with|by saying|by writing|from|by)(?:${SEP}(?:the|words?|phrase|sentence|exact|text|following|string|exactly|stating|this|only|an?|affirmative|saying)){0,4}[ :]{1,2}["'\`*(\\[]{1,3}(?:sure|absolutely|of course|yes|certainly|here (?:is|are)|here's|okay|ok|i have been|i am dan|i hate|as you wish|hell yeah|no problem|great|understood|my new|step 1|happy to|gladly|warning)`,
    literals: ['start', 'begin', 'open', 'prefac', 'prefix', 'prepend', 'commence'],
    confidence: 0.65,
  },
  {
    name: 'two-answers',
    pattern: `(?:two|2|both|dual|double|separate|another|second|a pair of)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:responses?|answers?|repl(?:y|ies)|outputs?|ways|paragraphs|versions|completions|messages)(?:[^\\n]{0,120})(?:\\[?🔓|\\[?🔒|jailb\\w{2,8}|\\(?dan\\b|developer mode|unfiltered|uncensored|unrestricted|without (?:any )?(?:restrictions|filters|rules|limits)|evil|as if you (?:have|had|are|were) (?:no|not|been)|\\[gpt\\]|\\[chatgpt\\]|classic|antigpt|normal (?:chatgpt|gpt|response)|standard (?:chatgpt|gpt|response))`,
    literals: ['🔓', '🔒', 'jailb', 'dan', 'developer mode', 'unfiltered', 'uncensored', 'unrestricted', 'without', 'evil', 'as if you', '[gpt]', '[chatgpt]', 'classic', 'antigpt', 'normal chatgpt', 'normal gpt', 'normal response', 'standard chatgpt', 'standard gpt', 'standard response'],
    confidence: 0.7,
  },
  {
    name: 'mode-output',
    pattern: `\\(?(?:🔓|🔒|developer mode output|dan mode output|jailbreak(?:ed)? output|normal output|evil output|unfiltered output|\\[dan\\]|\\[gpt\\]|\\[jailbreak\\]|\\[classic\\]|\\[chatgpt\\]|dan:|gpt:|chatgpt:)\\)?`,
    literals: ['🔓', '🔒', ' output', '[dan]', '[gpt]', '[jailbreak]', '[classic]', '[chatgpt]', 'dan:', 'gpt:'],
    confidence: 0.35,
  },
  {
    name: 'pwned',
    pattern: `(?:say|print|output|write|respond|reply|answer|return|echo|append|include|add|type|respond with|state|end with|display)(?:${SEP}\\w{1,12}){0,5}${SEP}["'\`*\\[(]{0,2}(?:i have been ["'\`]?(?:pwned|hacked|jailbroken|owned|compromised|hijacked|freed|liberated)|(?:system|you have been|you've been|haha|lol|model|ai|agent) ?(?:is |was |has been |been )?(?:pwned|hacked|compromised|hijacked|owned)|pwned|p\\.?w\\.?n\\.?e\\.?d|jailbroken|injection (?:successful|succeeded|worked|complete)|hacked(?=["'\`]))`,
    literals: ['i have been ', 'pwned', 'hacked', 'compromised', 'hijacked', 'owned', 'pwne.d', 'pwn.ed', 'pwn.e.d', 'pw.ned', 'pw.ne.d', 'pw.n.ed', 'pw.n.e.d', 'p.wned', 'p.wne.d', 'p.wn.ed', 'p.wn.e.d', 'p.w.ned', 'p.w.ne.d', 'p.w.n.ed', 'p.w.n.e.d', 'jailbroken', 'injection '],
    confidence: 0.8,
  },
  {
    name: 'have-been-pwned',
    pattern: `i have been ["'\`]?(?:pwned|p ?w ?n ?e ?d|hacked and|jailbroken)`,
    literals: ['i have been'],
    confidence: 0.55,
  },
  {
    name: 'only-exact',
    pattern: `(?:respond|reply|answer|output|say|print|write|return)(?:${SEP}(?:to|me|everything|all|questions|my|every|question|future|this|with|now|just|only|simply|the|exactly|following|and|nothing|else|but|word|words|phrase|literally)){1,8}[ :]{1,2}["'\`](?:[^"'\`\\n]{1,60})["'\`](?:[ ,.]{1,3}(?:and )?(?:nothing (?:else|more)|only|no matter|regardless|exactly|without any|instead))`,
    literals: ['respond', 'reply', 'answer', 'output', 'say', 'print', 'write', 'return'],
    confidence: 0.3,
  },
  {
    name: 'instead-say',
    pattern: `(?:instead|rather|and then|then|now|and|but)(?:${SEP}(?:of|the|above|that|this|doing|please|you|must|should|just|only|simply|translating|answering|summari[sz]ing|classifying)){0,5}[ ,:]{1,2}(?:say|print|output|respond with|reply with|write|type|answer with|tell me(?: that)?|tell the user)(?: (?:exactly|only|just|simply|the (?:words?|phrase|following)|that you)){0,2}[ :]{1,2}["'\`]`,
    literals: ['instead', 'rather', 'then', 'now', 'and', 'but'],
    confidence: 0.3,
  },
  {
    name: 'fill-in',
    pattern: `(?:sure|absolutely|of course|certainly)[,!]{1,2} (?:here (?:is|are)|here's|i(?:'ll| will| can| would))[^\\n]{0,80}(?:\\n|:) ?(?:step 1|1[.)]|first)[ :.]{0,3}(?:(?![^\\n])|\\[|_|\\.\\.\\.)`,
    literals: ['sure', 'absolutely', 'of course', 'certainly'],
    confidence: 0.35,
    views: ['folded'],
  },
])
