export { outputHtml } from './output-html.ts'
