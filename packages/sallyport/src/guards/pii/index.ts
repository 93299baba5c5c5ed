export { pii } from './pii.ts'
export type { PiiOperator, PiiOptions } from './options.ts'
