import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import type { Rule } from '../../guard/rule.ts'
import { languageRules } from './languages/language-rules.ts'
import { openModelScan } from './model/open-model-scan.ts'
import { englishRules } from './rules/english-rules.ts'
import { injectionScore, SCORE_REACH } from './score.ts'
import { sentenceAround } from './sentence.ts'

const ALL_RULES: readonly Rule[] = [...englishRules, ...languageRules]
const RULE_CODES: ReadonlySet<string> = new Set(ALL_RULES.map(({ code }) => code))

/**
 * Finds text that tries to take over a model: orders to drop its instructions, imitated roles, personas without rules,
 * requests for the system prompt, and instructions inside documents. Rules and a small learned model, combined into one
 * score per text.
 */
export const promptInjection = defineGuard({
  meta: {
    id: 'prompt-injection',
    summary: 'Finds attempts to override, extract or redirect the instructions of a model.',
    stages: ['input', 'retrieval', 'tool-result', 'output'],
    threats: ['LLM01:2026', 'AML.T0051', 'ASI01'],
    codes: { model: 'A small learned model finds that the text reads like an attack.' },
  },
  options: z.strictObject({
    /** `rules` leaves the learned model out. */
    tier: z
      .enum(['rules', 'auto'])
      .default('auto')
      .describe('`auto`: rules and the learned model. `rules`: rules alone.'),
  }),
  rules: () => ALL_RULES,
  open: ({ tier }, context) => (tier === 'rules' ? undefined : openModelScan(context)),
  replace: () => '[removed]',
  // The model's matches are whole sentences already.
  expand: (match, text) => (match.code === 'model' ? match : sentenceAround(text, match)),
  score: (matches, context, isScanned) => injectionScore(matches, context, isScanned, (code) => RULE_CODES.has(code)),
  scoreReach: SCORE_REACH,
  scored: true,
})
