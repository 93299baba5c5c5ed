export { outputMarkdown } from './output-markdown.ts'
