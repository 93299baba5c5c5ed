import type { RuleMatch } from '../../guard/rule.ts'

/** Words of people who talk about attacks: they name the phrase instead of using it. */
const ABOUT =
  /(?:such as|like|e\.g|for example|examples?|phrases?|words?|wording|strings?|keywords?|patterns?|attacks?|attackers?|attempts?|injections?|jailbreaks?|detect\w{0,5}|defen[ds]\w{0,6}|prevent\w{0,4}|protect\w{0,5}|block(?:s|ed|ing)?|filter(?:s|ed|ing)?|guards?|against|mitigat\w{0,5}|sanitiz\w{0,4}|called|known as|said|means?|analy[sz]e|explain|what does|payloads?|malicious|adversar\w{0,4}|hacker|tries to|trick|angriff\w{0,2}|beispiel|attaques?|exemple|ejemplo|ataques?|exemplo|attacc\w{1,3}|esempio)(?![a-z])|атак|пример|фраз|攻击|攻撃|例如|比如|防|注入|インジェクション|공격|예를|인젝션|هجوم|مثل|हमल|जैसे/

const OPENED = /["'`*“«„「『《](?:[^"'`”»」』\n]{0,40})$/
const CLOSING = /^[^"'`\n“”«»「」『』]{0,48}["'`*”»“」』》]/

/** "tells the model to …", "designed to …": the phrase is what somebody else does. */
const REPORTED =
  /(?:attempts?|attempting|trying|tries|tried|designed|aims?|intended|crafted|able|how|llms?|models?|chatbots?|agents?|it|them|attackers?|adversar\w{1,5}|hackers?|someone|people) (?:to|can|could|may|might|would) (?:\w{1,12} )?$|\b(?:if|when|whenever) (?:an?|any|the|some) (?:\w{1,12} ){1,3}(?:tells?|asks?|instructs?|orders?) (?:you|it|the model|the agent) to $/

/** Below every threshold alone, still counted when more is found. */
const MENTIONED = 0.3
const REPORTED_AT_MOST = 0.45
const INFINITIVE_AT_MOST = 0.58

/**
 * Lowers the confidence of a phrase that is talked about instead of used: in quotes next to words about attacks, or told
 * of somebody else. For a mention both signs are asked for: quotes alone, or the word "attack" alone, would be a cheap
 * way round. `infinitive` tells forms of the verb that describe more often than they order.
 */
export function mentionedConfidence(confidence: number, infinitive?: RegExp): (match: RuleMatch) => number {
  return (match) => {
    if (isMention(match)) return Math.min(confidence, MENTIONED)
    if (REPORTED.test(match.before)) return Math.min(confidence, REPORTED_AT_MOST)
    return infinitive?.test(match.text) === true ? Math.min(confidence, INFINITIVE_AT_MOST) : confidence
  }
}

/** Characters after a match that {@link mentionedConfidence} reads. */
export const MENTION_REACH = 48

function isMention(match: RuleMatch): boolean {
  const quoted = OPENED.test(match.before) && CLOSING.test(match.after)
  return quoted && (ABOUT.test(match.before) || ABOUT.test(match.after))
}
