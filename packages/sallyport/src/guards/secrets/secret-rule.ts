import type { Rule, RuleMatch } from '../../guard/rule.ts'
import { entropyOf } from './entropy.ts'
import { isPlaceholder, isSequence } from './placeholder.ts'
import type { SecretRow } from './secret-row.ts'

const DEFAULT_ENTROPY = 2.5

/**
 * Makes the rule of a row. The decoded view is lower case, so a format that also reads it is matched without case and
 * its case checked afterwards where the original is at hand.
 */
export function secretRule(row: SecretRow): Rule {
  const { pattern, minimumEntropy = DEFAULT_ENTROPY, placeholders = 'words', decoded = true } = row
  const folds = decoded && !pattern.flags.includes('i')
  const exact = new RegExp(`^(?:${withoutEdges(pattern.source)})$`, pattern.flags)
  const validate = ({ text, before, view }: RuleMatch): boolean | number => {
    if (folds && view === 'original' && !exact.test(text)) return false
    if (placeholders !== 'off' && isPlaceholder(text)) return false
    if (placeholders === 'strict' && isSequence(text)) return false
    // Folding to lower case loses about a bit.
    if (minimumEntropy > 0 && entropyOf(text) < minimumEntropy - (view === 'original' ? 0 : 0.7)) return false
    return row.validate?.(text, before) ?? true
  }
  return {
    code: row.code,
    pattern: folds ? new RegExp(pattern.source, pattern.flags + 'i') : pattern,
    views: decoded ? ['original', 'decoded'] : ['original'],
    literals: row.literals,
    severity: row.severity ?? 'critical',
    confidence: row.confidence ?? 0.95,
    message: `Looks like a secret: ${row.name}.`,
    validate,
  }
}

/** Drops the lookarounds at both ends: the matched text alone cannot satisfy them. */
function withoutEdges(source: string): string {
  return source.replace(String.raw`(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))`, '').replace(/\(\?![^()]*\)$/, '')
}
