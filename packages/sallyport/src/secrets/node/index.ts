export { fileSource } from './file-source.ts'
export { nodeSources, secretsManagerFor } from './secrets-manager-for.ts'
