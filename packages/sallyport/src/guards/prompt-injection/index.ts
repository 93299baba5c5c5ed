export { promptInjection } from './prompt-injection.ts'
export { injectionScore } from './score.ts'
