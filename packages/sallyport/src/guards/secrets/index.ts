export { secrets } from './secrets-guard.ts'
