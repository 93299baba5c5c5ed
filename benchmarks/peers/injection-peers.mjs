// Other offline detectors as functions from a text to scores, for benchmarks/quality/injection-peers.ts.
import { createVard } from '@andersmyrmel/vard'
import { injectionGuard } from '@presidio-dev/hai-guardrails'
import { checkInjection, checkJailbreak } from 'llm_guardrail'

const vard = createVard().threshold(0.01).maxLength(1_000_000)
// The published 1.12.0 starts workers from a path of the machine it was built on; patterns work without them.
process.on('uncaughtException', (error) => {
  if (error.code !== 'MODULE_NOT_FOUND' || !error.message.includes('piscina')) throw error
})
const patterns = injectionGuard({ roles: ['user'] }, { mode: 'pattern', threshold: 0.5 })

export const names = ['vard 1.2.0', 'llm_guardrail 2.1.2', 'hai-guardrails 1.12.0 (pattern)']

export async function score(text) {
  const found = vard.safeParse(text)
  const severities = found.safe ? [] : found.threats.map(({ severity }) => severity)
  const [injection, jailbreak] = [await checkInjection(text), await checkJailbreak(text)]
  const messages = await patterns([{ role: 'user', content: text }])
  return [
    Math.max(0, ...severities),
    Math.max(injection.probabilities.threat, jailbreak.probabilities.threat),
    Math.max(0, ...messages.map(({ passed, additionalFields }) => additionalFields?.score ?? (passed ? 0 : 1))),
  ]
}
