export { createCanary, withCanary, type CanaryOptions } from './canary.ts'
export { promptLeak } from './prompt-leak.ts'
