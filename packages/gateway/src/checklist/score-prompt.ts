import { createShield } from 'sallyport'

/** What a hardened prompt says, and how much of the score it is worth. Wording in English only. */
const TRAITS: readonly { readonly says: string; readonly points: number; readonly pattern: RegExp }[] = [
  {
    says: 'what the assistant is for',
    points: 15,
    pattern: /\b(?:you are|your (?:role|task|job|purpose)|act as (?:a|an|the))\b/i,
  },
  {
    says: 'that text from users, documents and tools is information, not orders',
    points: 25,
    pattern:
      /\b(?:documents?|tools?|users?|retrieved|external|untrusted|web ?pages?|content|text|input)\b[^.\n]{0,120}\b(?:not (?:as )?(?:instructions?|orders?|commands?)|never (?:as )?(?:instructions?|orders?|follow)|(?:as|is|are) (?:data|information)|untrusted)\b|\b(?:do not|never|don't) (?:follow|obey|execute|act on)\b[^.\n]{0,80}\b(?:instructions?|orders?|commands?)\b/i,
  },
  {
    says: 'that these instructions cannot be changed',
    points: 20,
    pattern:
      /\b(?:always follow|cannot be (?:changed|overridden)|override these|ignore any (?:attempts?|requests?|instructions?)|take precedence|regardless of what|asks? you to ignore)\b/i,
  },
  {
    says: 'that the prompt is not told',
    points: 15,
    pattern:
      /\b(?:never|do not|don't|must not)\b[^.\n]{0,60}\b(?:reveal|disclose|repeat|share|print|translate|show)\b[^.\n]{0,80}\b(?:instructions?|prompt|rules|guidelines)\b/i,
  },
  {
    says: 'what to do when asked for something else',
    points: 15,
    pattern:
      /\b(?:politely )?(?:decline|refuse)\b|\bsay (?:that )?you (?:cannot|can't)\b|\bout of scope\b|\bonly (?:respond|answer|help)\b/i,
  },
  {
    says: 'that personal data and secrets stay inside',
    points: 10,
    pattern: /\b(?:personal (?:data|information)|secrets?|credentials?|passwords?|confidential|private data|pii)\b/i,
  },
]

export interface PromptScore {
  /** 0 to 100. Measures what the prompt says; no prompt makes a model obey it. */
  readonly score: number
  readonly has: readonly string[]
  readonly lacks: readonly string[]
}

/** Scores what a system prompt says, with reasons. */
export function scorePrompt(text: string): PromptScore {
  const said = TRAITS.filter(({ pattern }) => pattern.test(text))
  return {
    score: said.reduce((sum, { points }) => sum + points, 0),
    has: said.map(({ says }) => says),
    lacks: TRAITS.filter((trait) => !said.includes(trait)).map(({ says }) => says),
  }
}

/** Whether a credential stands in a prompt. */
export async function holdsSecret(text: string): Promise<boolean> {
  const { findings } = await createShield().check({ text, stage: 'output' })
  return findings.some(({ guard, confidence }) => guard === 'secrets' && confidence >= 0.7)
}
