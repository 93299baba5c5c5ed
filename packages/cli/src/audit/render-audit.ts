import { ITEMS, type ItemResult, type ItemStatus } from '@sallyport/gateway/checklist'
import { encodeHtmlText, encodeTerminal } from 'sallyport/sinks'
import { createHash } from 'node:crypto'
import { sarifLog } from '../sarif.ts'
import { version } from '../version.ts'

const COLORS: Readonly<Record<ItemStatus, number>> = { pass: 32, fail: 31, warn: 33, 'n/a': 90 }

/** One line of the table. */
export function tableLine({ status, title, evidence, fix }: ItemResult, color: boolean): string {
  const paint = (code: number, text: string): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const lines = [`  ${paint(COLORS[status], status.padEnd(4))}  ${title}`]
  lines.push(`        ${paint(90, plain(evidence))}`)
  if (status === 'fail' || status === 'warn') lines.push(`        ${paint(90, '→')} ${plain(fix)}`)
  return `${lines.join('\n')}\n`
}

export function summaryLine(items: readonly ItemResult[]): string {
  const count = (status: ItemStatus): number => items.filter((item) => item.status === status).length
  return `${count('pass')} pass, ${count('fail')} fail, ${count('warn')} warn, ${count('n/a')} not applicable`
}

export function renderMarkdown(items: readonly ItemResult[]): string {
  const lines = ['# Security checklist', '', summaryLine(items), '']
  for (const [section, own] of sections(items)) {
    lines.push(`## ${section}`, '', '| status | item | evidence | what to do |', '| --- | --- | --- | --- |')
    for (const { status, title, evidence, fix } of own) {
      lines.push(
        `| ${status} | ${cell(title)} | ${cell(inert(evidence))} | ${status === 'pass' || status === 'n/a' ? '' : cell(fix)} |`,
      )
    }
    lines.push('')
  }
  return lines.join('\n')
}

/** One page that loads nothing from anywhere. */
export function renderHtml(items: readonly ItemResult[]): string {
  const rows = sections(items)
    .map(([section, own]) => {
      const body = own
        .map(
          ({ status, title, evidence, fix }) =>
            `<tr class="${status === 'n/a' ? 'na' : status}"><td>${status}</td><td>${html(title)}</td><td>${html(evidence)}</td><td>${status === 'pass' || status === 'n/a' ? '' : html(fix)}</td></tr>`,
        )
        .join('\n')
      return `<h2>${html(section)}</h2>\n<table>\n<tr><th>Status</th><th>Item</th><th>Evidence</th><th>What to do</th></tr>\n${body}\n</table>`
    })
    .join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Security checklist</title>
<style>
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8884 }
td:first-child { font-weight: 700; white-space: nowrap }
.pass td:first-child { color: light-dark(#17692d, #6cc983) } .fail td:first-child { color: light-dark(#a11b1b, #ff8a8a) }
.warn td:first-child { color: light-dark(#7a5200, #e8b64c) } .na { opacity: .7 }
</style>
</head>
<body>
<h1>Security checklist</h1>
<p>${html(summaryLine(items))}</p>
${rows}
</body>
</html>
`
}

/** Failures are errors, warnings warnings; what passed is there with its evidence. */
export function renderAuditSarif(items: readonly ItemResult[], anchor: string): object {
  const levels = { pass: 'none', fail: 'error', warn: 'warning', 'n/a': 'none' } as const
  const kinds = { pass: 'pass', fail: 'fail', warn: 'fail', 'n/a': 'notApplicable' } as const
  return sarifLog({
    version,
    rules: ITEMS.map(({ id, title, fix, threats }) => ({ id, title, help: fix, tags: threats })),
    results: items.map(({ id, status, evidence, fix }) => ({
      ruleId: id,
      level: levels[status],
      kind: kinds[status],
      // A viewer makes links of [text](address), and evidence names files of others (SARIF 2.1.0, section 3.11.6).
      message: `${evidence.replace(/[\\[\]]/g, '\\$&')}${status === 'fail' || status === 'warn' ? ` ${fix}` : ''}`,
      // Code scanning shows only what has a place; a deployment has none but the file that describes it.
      location: { uri: anchor, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
      fingerprint: createHash('sha256').update(id).digest('hex').slice(0, 32),
    })),
  })
}

function sections(items: readonly ItemResult[]): readonly (readonly [string, readonly ItemResult[]])[] {
  const names = [...new Set(items.map(({ section }) => section))]
  return names.map((name) => [name, items.filter(({ section }) => section === name)] as const)
}

/** Evidence names files and packages of others: nothing in it may become a link, an image or code. */
function inert(text: string): string {
  return text.replace(/[\\`*_[\]!~]/g, (char) => `&#${char.charCodeAt(0)};`)
}

function cell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ')
}

function html(text: string): string {
  const encoded = encodeHtmlText(text)
  return encoded.ok ? encoded.value : ''
}

function plain(text: string): string {
  const encoded = encodeTerminal(text)
  return encoded.ok ? encoded.value : ''
}
