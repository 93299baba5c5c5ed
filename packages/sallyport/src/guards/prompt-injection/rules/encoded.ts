import { SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'

/** English: hidden text is to be decoded and obeyed. What decodes by itself is read by the views; this is the order. */
export const encoded = latinRules('encoded', [
  {
    name: 'decode-and-obey',
    pattern: `(?:decode|decrypt|decipher|unscramble|reverse|flip|deobfuscate|base64[- ]decode|rot13)(?:${SEP}\\w{1,14}){0,10}${SEP}(?:and|then|to)${SEP}(?:then${SEP}|immediately${SEP})?(?:follow|execute|obey|perform|comply|act on|carry out|do what|do as|run|answer without|respond without)(?:${SEP}\\w{1,12}){0,3}${SEP}(?:it|them|instructions?|commands?|says?|message|result|task|request|that|this|orders?|prompt|what)`,
    literals: ['decode', 'decrypt', 'decipher', 'unscramble', 'reverse', 'flip', 'deobfuscate', 'rot13'],
    confidence: 0.5,
  },
  {
    name: 'reply-encoded',
    pattern: `(?:respond|reply|answer|output|write|print)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:only |entirely |exclusively )?(?:in|using|with|encoded (?:in|as)) (?:base64|rot-?13|hex(?:adecimal)?|morse(?: code)?|leetspeak|pig latin|caesar|binary)(?:[^.\\n]{0,60})(?:bypass|avoid|evade|filter|detect|censor|so that|moderation|password|secret|prompt|instructions)`,
    literals: ['base64', 'rot', 'hex', 'morse', 'leetspeak', 'pig latin', 'caesar', 'binary'],
    confidence: 0.55,
  },
  {
    name: 'token-smuggling',
    pattern: `(?:[a-z_]{1,12}) ?= ?["'][^"'\\n]{1,40}["'](?:[ ,;\\n]{1,3}(?:and |then )?[a-z_]{1,12} ?= ?["'][^"'\\n]{1,40}["']){1,2}(?:[^\\n]{0,60}\\n)?[^\\n]{0,120}(?:concatenate|combine|join|say|print|answer|respond to|follow|execute|what is|write)[^\\n]{0,20}(?:[a-z] ?\\+ ?[a-z])`,
    literals: ['='],
    confidence: 0.45,
  },
])
