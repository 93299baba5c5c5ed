import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import type { Rule } from '../../guard/rule.ts'
import { languageRules } from './languages/language-rules.ts'
import { englishRules } from './rules/english-rules.ts'
import { injectionScore } from './score.ts'
import { sentenceAround } from './sentence.ts'

const ALL_RULES: readonly Rule[] = [...englishRules, ...languageRules]

/**
 * Finds text that tries to take over a model: orders to drop its instructions, imitated roles, personas without rules,
 * requests for the system prompt, and instructions inside documents. Rules only; the score is one probability-like
 * number per text, so that a model's opinion can be combined with it.
 */
export const promptInjection = defineGuard({
  meta: {
    id: 'prompt-injection',
    summary: 'Finds attempts to override, extract or redirect the instructions of a model.',
    stages: ['input', 'retrieval', 'tool-result', 'output'],
    threats: ['LLM01:2026', 'AML.T0051', 'ASI01'],
  },
  options: z.strictObject({}),
  rules: () => ALL_RULES,
  replace: () => '[removed]',
  expand: (match, text) => sentenceAround(text, match),
  score: injectionScore,
  scored: true,
})
