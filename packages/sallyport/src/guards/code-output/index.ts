export { codeOutput } from './code-output.ts'
