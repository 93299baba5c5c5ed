export { exfiltration } from './exfiltration.ts'
