import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const packages = resolve(import.meta.dirname, '../packages')
const library = join(packages, 'sallyport/src')

/** What each room of the library may import, besides itself. Rooms that are missing here are an error. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  guard: ['errors'],
  text: ['errors', 'guard'],
  alerts: ['errors', 'guard'],
  audit: ['errors', 'guard'],
  sinks: ['errors', 'guard', 'text'],
  guards: ['errors', 'guard', 'text', 'sinks'],
  policies: ['config', 'errors', 'guard', 'sinks', 'text'],
  conversation: ['errors', 'guard'],
  config: ['errors', 'guard'],
  limits: ['errors', 'guard'],
  secrets: ['errors', 'guard'],
  vault: ['errors', 'guard'],
  presets: ['config', 'guard'],
  compose: ['config', 'conversation', 'errors', 'guard', 'presets', 'stream', 'text'],
  stream: ['compose', 'guard'],
  contract: ['compose', 'guard'],
  detectors: ['errors', 'guard'],
  testing: ['compose', 'config', 'conversation', 'errors', 'guard', 'guards', 'presets', 'stream', 'text'],
  agent: [
    'compose',
    'config',
    'conversation',
    'errors',
    'guard',
    'guards',
    'index',
    'policies',
    'presets',
    'sinks',
    'stream',
    'text',
  ],
  adapters: ['agent', 'compose', 'conversation', 'errors', 'guard', 'stream', 'text'],
  index: [
    'compose',
    'config',
    'contract',
    'conversation',
    'errors',
    'guard',
    'guards',
    'policies',
    'presets',
    'stream',
    'text',
  ],
}

/** Which of our packages each package may import. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  sallyport: [],
  gateway: ['sallyport'],
  console: ['@sallyport/gateway/contract'],
  cli: ['sallyport', '@sallyport/gateway'],
}

interface Import {
  readonly file: string
  readonly specifier: string
}

function importsOf(folder: string): Import[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test(-d)?\.tsx?$/.test(name))
    .flatMap((name) => {
      const file = join(folder, name)
      const source = readFileSync(file, 'utf8')
      const found = source.matchAll(
        /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g,
      )
      return [...found].map((match) => ({ file, specifier: match[1] ?? match[2] ?? match[3] ?? '' }))
    })
}

function room(file: string): string {
  const [first = ''] = relative(library, file).split(sep)
  return first.replace(/\.ts$/, '')
}

describe('imports go one way', () => {
  const imports = importsOf(library)

  it('between the rooms of the library', () => {
    const offending = imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ file, specifier }) => ({ file, from: room(file), to: room(resolve(dirname(file), specifier)) }))
      .filter(({ from, to }) => from !== to && !(MAY_IMPORT[from] ?? []).includes(to))
      .map(({ file, from, to }) => `${relative(packages, file)}: ${from} must not import ${to}`)
    expect(offending).toEqual([])
    expect(imports.length).toBeGreaterThan(100)
  })

  it('without node: modules in the core, so that it runs at the edge', () => {
    const offending = imports
      .filter(({ specifier, file }) => specifier.startsWith('node:') && !file.includes(`${sep}node${sep}`))
      .map(({ file, specifier }) => `${relative(packages, file)} imports ${specifier}`)
    expect(offending).toEqual([])
  })

  it.each(Object.entries(PACKAGES))('from package %s only to those below it', (name, allowed) => {
    const offending = importsOf(join(packages, name, 'src'))
      .filter(({ specifier }) => /^(?:@sallyport\/|sallyport(?:\/|$))/.test(specifier))
      .filter(({ specifier }) => !allowed.some((each) => specifier === each || specifier.startsWith(`${each}/`)))
      .map(({ file, specifier }) => `${relative(packages, file)} imports ${specifier}`)
    expect(offending).toEqual([])
  })

  it('notices an edge that goes the wrong way', () => {
    expect(MAY_IMPORT['guard']).not.toContain('guards')
    expect(room(join(library, 'guards/pii/index.ts'))).toBe('guards')
  })
})
