export { estimateTokens } from './estimate-tokens.ts'
export { inputLimits } from './input-limits-guard.ts'
