import { defineGuard } from '../../guard/guard.ts'
import type { Rule } from '../../guard/rule.ts'
import { type ContentPolicyOptions, contentPolicyOptions } from './options.ts'
import { compilePatterns, type CompiledPattern, PatternScan } from './pattern-scan.ts'
import { topicRules } from './topic-rules.ts'
import { wordRules } from './word-rules.ts'

/** Both are asked for once a gate and once a text; the options object is the same each time. */
const compiled = new WeakMap<ContentPolicyOptions, { rules: readonly Rule[]; patterns: readonly CompiledPattern[] }>()

/** Finds what the operator does not want: topics, words and patterns. Without options it finds nothing. */
export const contentPolicy = defineGuard<ContentPolicyOptions>({
  meta: {
    id: 'content-policy',
    summary: 'Finds topics, words and patterns that the operator forbids.',
    stages: ['input', 'retrieval', 'tool-call', 'tool-result', 'output'],
    threats: ['LLM10:2026'],
    codes: { 'pattern-*': "The operator's pattern of that name matched." },
  },
  options: contentPolicyOptions,
  rules: (options) => compile(options).rules,
  open: (options) => {
    const { patterns } = compile(options)
    return patterns.length === 0 ? undefined : new PatternScan(patterns)
  },
  replace: () => '[removed by policy]',
})

function compile(options: ContentPolicyOptions) {
  const known = compiled.get(options)
  if (known) return known
  const result = {
    rules: [...topicRules(options.topics), ...wordRules(options.words)],
    patterns: compilePatterns(options.patterns),
  }
  compiled.set(options, result)
  return result
}
