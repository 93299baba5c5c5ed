export { confinedPath } from './confined-path.ts'
export { sanitizeForNode } from './sanitize-for-node.ts'
