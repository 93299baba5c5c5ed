/**
 * Writes the tables of the docs and the JSON Schema of the configuration from the code: `npx tsx scripts/generate-docs.ts`, or `--check` to fail when a page is
 * out of date. A table stands between `<!-- generated: NAME -->` and `<!-- /generated -->`; the rest of a page is prose.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { configJsonSchema, gatewayConfigSchema } from '@sallyport/gateway'
import { ITEMS } from '@sallyport/gateway/checklist'
import { allGuards as textGuards, allPolicies, type GuardDefinition, policySchema, presets, STAGES } from 'sallyport'
import { GUIDE_COVERAGE } from './guide-coverage.data.ts'
import { SCAN_RULES } from '../packages/cli/src/scan/rules.data.ts'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'

const allGuards = [...textGuards, ...allPolicies]
const root = resolve(import.meta.dirname, '..')
const docs = join(root, 'docs')
const check = process.argv.includes('--check')

const MARKED = /(<!-- generated: ([a-z-]+)(?: ([a-z-]+))? -->\n)[\s\S]*?(<!-- \/generated -->)/g

const TABLES: Readonly<Record<string, (argument: string) => string>> = {
  guards: () =>
    table(
      ['guard', 'what it does', 'stages', 'threats'],
      allGuards.map(({ meta }) => [
        `[\`${meta.id}\`](${meta.id}.md)`,
        meta.summary,
        meta.stages.join(', '),
        meta.threats.join(', '),
      ]),
    ),
  codes: (id) => codesTable(guardOf(id)),
  options: (id) =>
    keysTable(z.toJSONSchema(guardOf(id).options, { io: 'input', unrepresentable: 'any' }) as JsonSchema),
  presets: () => presetsTable(),
  policy: () => keysTable(z.toJSONSchema(policySchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema),
  'guide-coverage': () =>
    table(
      ['part', 'here', 'what the guide misses', 'proved by'],
      GUIDE_COVERAGE.map(({ part, here, misses, test }) => [
        part,
        here.map(({ file, name }) => `[${name === undefined ? file : `\`${name}\``}](../${file})`).join(', '),
        misses
          .replaceAll('|', '\\|')
          .replaceAll('<', '&lt;')
          .replace(/`[^`]*`/g, (code) => code.replaceAll('&lt;', '<')),
        `[${test.title.replaceAll('|', '\\|')}](../${test.file})`,
      ]),
    ),
  checklist: () =>
    table(
      ['item', 'id', 'section', 'threats'],
      ITEMS.map(({ id, title, section, threats }) => [title, `\`${id}\``, section, threats.join(', ')]),
    ),
  'scan-rules': () =>
    table(
      ['rule', 'what it is', 'what to do', 'threats'],
      Object.entries(SCAN_RULES).map(([id, { title, fix, threats }]) => [`\`${id}\``, title, fix, threats.join(', ')]),
    ),
  gateway: () => keysTable(z.toJSONSchema(gatewayConfigSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema),
}

function guardOf(id: string): GuardDefinition {
  const guard = allGuards.find(({ meta }) => meta.id === id)
  if (!guard) throw new Error(`There is no guard "${id}".`)
  return guard
}

/** One row a code; rules of one code that differ in views or language share it. */
function codesTable({ meta, rules, options }: GuardDefinition): string {
  const widest =
    meta.id === 'pii' ? { packs: 'all' } : meta.id === 'content-policy' ? presets.everything[meta.id]?.options : {}
  const rows = new Map<string, string[]>()
  for (const [code, text] of Object.entries(meta.codes ?? {})) rows.set(code, [`\`${code}\``, text, '', ''])
  for (const { code, message, severity, confidence, entity } of rules?.(options.parse(widest ?? {})) ?? []) {
    const known = rows.get(code)
    const most = Math.max(confidence, Number(known?.[3] ?? 0))
    rows.set(code, [`\`${code}\``, entity ? `${message} (\`${entity}\`)` : message, severity, String(most)])
  }
  return table(['code', 'meaning', 'severity', 'confidence'], [...rows.values()])
}

function presetsTable(): string {
  const names = Object.keys(presets) as (keyof typeof presets)[]
  return names
    .map((name) => {
      const rows = allGuards
        .filter(({ meta }) => presets[name][meta.id])
        .map(({ meta }) => {
          const { actions } = presets[name][meta.id] ?? {}
          return [`\`${meta.id}\``, ...STAGES.map((stage) => describeAction(actions, stage))]
        })
      return `### \`${name}\`\n\n${table(['guard', ...STAGES], rows)}`
    })
    .join('\n\n')
}

function describeAction(actions: unknown, stage: string): string {
  if (actions === undefined) return '-'
  if (typeof actions === 'string') return actions
  const map = actions as Record<string, unknown>
  const own =
    stage in map
      ? map[stage]
      : Object.keys(map).some((key) => (STAGES as readonly string[]).includes(key))
        ? undefined
        : map
  if (own === undefined) return '-'
  if (typeof own === 'string') return own
  return Object.entries(own as Record<string, number>)
    .map(([action, from]) => `${action} from ${from}`)
    .join(', ')
}

interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly description?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  readonly anyOf?: readonly JsonSchema[]
}

function keysTable(schema: JsonSchema): string {
  return table(['key', 'type', 'default', 'meaning'], keyRows(schema, ''))
}

function keyRows(schema: JsonSchema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const path = `${prefix}${key}`
    const nested = value.properties ? keyRows(value, `${path}.`) : []
    const inMap =
      typeof value.additionalProperties === 'object' ? keyRows(value.additionalProperties, `${path}.<name>.`) : []
    const inList = value.items ? keyRows(value.items, `${path}[].`) : []
    const children = [...nested, ...inMap, ...inList]
    const fallback = value.default === undefined || children.length > 0 ? '' : `\`${JSON.stringify(value.default)}\``
    if (nested.length > 0) return children
    return [[`\`${path}\``, typeOf(value), fallback, value.description ?? ''], ...children]
  })
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((each) => `\`${String(each)}\``).join(', ')
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeOf))].join(' or ')
  if (schema.items) return `list of ${typeOf(schema.items)}`
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : String(schema.type ?? 'any')
  const { minimum, maximum } = schema
  const big = Number.MAX_SAFE_INTEGER
  if (minimum !== undefined && maximum !== undefined && maximum < big && minimum > -big)
    return `${type} ${minimum} to ${maximum}`
  return type === 'object' ? 'map' : type
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join(docs, name))
const problems: string[] = []
for (const page of pages) {
  const before = readFileSync(page, 'utf8')
  const written = before.replace(
    MARKED,
    (_, open: string, name: string, argument: string | undefined, close: string) => {
      const make = TABLES[name]
      if (!make) throw new Error(`${relative(root, page)}: there is no generated table "${name}".`)
      return `${open}\n${make(argument ?? '')}\n\n${close}`
    },
  )
  const after =
    written === before ? before : await format(written, { ...(await resolveConfig(page)), parser: 'markdown' })
  if (after === before) continue
  if (check) problems.push(`${relative(root, page)} is out of date: run "npx tsx scripts/generate-docs.ts".`)
  else writeFileSync(page, after)
}
const schemaFile = join(docs, 'sallyport.schema.json')
const schemaText = await format(JSON.stringify(configJsonSchema()), {
  ...(await resolveConfig(schemaFile)),
  parser: 'json',
})
if (!existsSync(schemaFile) || readFileSync(schemaFile, 'utf8') !== schemaText) {
  if (check) problems.push(`${relative(root, schemaFile)} is out of date: run "npx tsx scripts/generate-docs.ts".`)
  else writeFileSync(schemaFile, schemaText)
}
for (const { meta } of allGuards) {
  if (!existsSync(join(docs, 'guards', `${meta.id}.md`)))
    problems.push(`docs/guards/${meta.id}.md is missing: every guard has a page.`)
}
problems.push(
  ...brokenLinks([...pages, join(root, 'README.md'), join(root, 'CONTRIBUTING.md'), join(root, 'SECURITY.md')]),
)
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`)
  process.exitCode = 1
} else process.stdout.write(`docs: ${pages.length} pages agree with the code\n`)

/** Links to files of the repository that do not exist. */
function brokenLinks(files: readonly string[]): string[] {
  return files.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8')
        .replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
        .matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g),
    ]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/i.test(target) && !existsSync(resolve(file, '..', target)))
      .map((target) => `${relative(root, file)} links to ${target}, which does not exist.`),
  )
}
