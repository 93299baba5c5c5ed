export { unicode } from './unicode-guard.ts'
export { cleanText } from './clean-text.ts'
