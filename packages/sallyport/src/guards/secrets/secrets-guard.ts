import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import { STAGES } from '../../guard/stage.ts'
import { secretRule } from './secret-rule.ts'
import { SECRET_ROWS } from './secret-rows.ts'

const CODES = SECRET_ROWS.map((row) => row.code)

const options = z.strictObject({
  /** Codes that are not reported. */
  allow: z
    .array(z.string().refine((code) => CODES.includes(code), { error: 'is no code of the secrets guard' }))
    .readonly()
    .default([]),
  /** Least entropy, in bits a character, of a `generic-…` value; provider formats keep their own. */
  minimumEntropy: z.number().min(0).max(8).default(3.2),
})

/**
 * Finds credentials: provider key formats, private keys, tokens, passwords in connection strings and headers, and
 * values of high entropy under a name that says secret.
 */
export const secrets = defineGuard({
  meta: {
    id: 'secrets',
    summary: 'Finds credentials: provider keys, private keys, tokens, passwords in connection strings.',
    stages: STAGES,
    threats: ['LLM02:2026', 'ASI03', 'AML.T0055', 'AML.T0057'],
  },
  options,
  rules: ({ allow, minimumEntropy }) =>
    SECRET_ROWS.filter((row) => !allow.includes(row.code)).map((row) =>
      secretRule(row.code === 'generic-secret' ? { ...row, minimumEntropy } : row),
    ),
})
