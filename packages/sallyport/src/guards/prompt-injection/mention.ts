import type { RuleMatch } from '../../guard/rule.ts'

/** Words of people who talk about attacks: they name the phrase instead of using it. */
const ABOUT =
  /(?:such as|like|e\.g|for example|example|phrases?|words?|wording|strings?|keywords?|patterns?|attacks?|attackers?|attempts?|prompt injections?|injections?|jailbreaks?|detect(?:s|ed|ing|ion|or)?|defen[ds]\w{0,6}|prevent\w{0,4}|protect\w{0,5}|block(?:s|ed|ing)?|filter(?:s|ed|ing)?|guards?|against|mitigat\w{0,5}|sanitiz\w{0,4}|called|known as|says?|saying|said|means?|analy[sz]e|explain|what does|payloads?|malicious|adversar\w{0,4}|hacker|tries to|try to|trick)(?![a-z])|z\.b\.|beispiel|angriff|phrase|attaque|exemple|ejemplo|ataque|exemplo|attacc|esempio|атак|пример|фраз|攻击|攻撃|例如|比如|防|注入|インジェクション|공격|예를|인젝션|هجوم|مثل|हमल|जैसे/

const OPENING = /["'`*“«„「『《]\s?$/
const OPENED = /["`“«„「『](?:[^"`”»」』\n]{0,40})$/
const CLOSING = /^[^"'`\n“”«»「」『』]{0,60}["'`*”»“」』》]/

/** How far a mere mention is believed: below every threshold alone, still counted when more is found. */
const MENTIONED = 0.3

/**
 * Lowers the confidence of a phrase that stands in quotes next to words about attacks, as in a question on how to detect
 * it. Both signs are asked for: quotes alone, or the word "attack" alone, would be a cheap way round.
 */
export function mentionedConfidence(confidence: number): (match: RuleMatch) => number {
  return (match) => (isMention(match) ? Math.min(confidence, MENTIONED) : confidence)
}

function isMention(match: RuleMatch): boolean {
  const quoted = (OPENING.test(match.before) || OPENED.test(match.before)) && CLOSING.test(match.after)
  return quoted && (ABOUT.test(match.before) || ABOUT.test(match.after))
}
