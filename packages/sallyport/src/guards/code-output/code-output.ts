import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import { type CodeRow, codeRule, type Language, LANGUAGES } from './code-rule.ts'
import { JAVASCRIPT_ROWS } from './javascript-rows.data.ts'
import { PYTHON_ROWS } from './python-rows.data.ts'
import { SHELL_ROWS } from './shell-rows.data.ts'
import { SQL_ROWS } from './sql-rows.data.ts'

const ROWS: Readonly<Record<Language, readonly CodeRow[]>> = {
  shell: SHELL_ROWS,
  sql: SQL_ROWS,
  python: PYTHON_ROWS,
  javascript: JAVASCRIPT_ROWS,
}

const options = z.strictObject({
  languages: z
    .array(z.enum(LANGUAGES))
    .readonly()
    .default([...LANGUAGES])
    .describe('Languages to look into.'),
})

/**
 * Finds constructs in generated code that destroy, leak or open a system when somebody runs them. A tripwire for
 * people who run what a model writes, no analysis of programs: what it finds is recorded, and nothing is rewritten.
 */
export const codeOutput = defineGuard({
  meta: {
    id: 'code-output',
    summary: 'Finds destructive, credential-reading and remotely controlled constructs in generated code.',
    stages: ['output', 'tool-call'],
    threats: ['LLM10:2026', 'LLM03:2026', 'ASI02', 'ASI05', 'AML.T0053'],
  },
  options,
  rules: ({ languages }) => languages.flatMap((language) => ROWS[language].map(codeRule)),
})
