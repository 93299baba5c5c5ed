import { readFileSync } from 'node:fs'
import { createShield } from 'sallyport'

/** Looks at a text; what it finds does not matter here. */
export type Detect = (text: string) => unknown

const PEERS = new URL('../peers/node_modules/', import.meta.url)

/** Each library as its documentation shows it, with caps on length lifted. */
export const DETECTORS: Readonly<Record<string, () => Promise<Detect>>> = {
  sallyport: async () => {
    const shield = createShield()
    return (text) => shield.check({ text })
  },
  vard: async () => {
    const { vard } = await peer<{ vard: { moderate(): Vard } }>('@andersmyrmel/vard')
    const check = vard.moderate().maxLength(1e9)
    return (text) => check.safeParse(text)
  },
  'hai injection': async () => {
    const { injectionGuard } = await peer<{ injectionGuard: (a: object, b: object) => Messages }>(
      '@presidio-dev/hai-guardrails',
    )
    const guard = injectionGuard({ roles: ['user'] }, { mode: 'pattern', threshold: 0.7 })
    return (content) => guard([{ role: 'user', content }])
  },
  'hai pii': async () => {
    const { piiGuard, SelectionType } = await peer<{
      piiGuard: (options: object) => Messages
      SelectionType: { All: string }
    }>('@presidio-dev/hai-guardrails')
    const guard = piiGuard({ selection: SelectionType.All })
    return (content) => guard([{ role: 'user', content }])
  },
  openredaction: async () => {
    const { OpenRedaction } = await peer<{ OpenRedaction: new (o: object) => { detect: Detect } }>('openredaction')
    const redactor = new OpenRedaction({ redactionMode: 'placeholder' })
    return (text) => redactor.detect(text)
  },
  '@arcjet/redact': async () => {
    const { redact } = await peer<{ redact: Detect }>('@arcjet/redact')
    return (text) => redact(text)
  },
  'redact-pii': async () => {
    const { SyncRedactor } = await peer<{ SyncRedactor: new () => { redact: Detect } }>('redact-pii')
    const redactor = new SyncRedactor()
    return (text) => redactor.redact(text)
  },
}

interface Vard {
  maxLength(length: number): Vard
  safeParse: Detect
}

type Messages = (messages: readonly { readonly role: string; readonly content: string }[]) => unknown

/** @throws Error when there is no detector of that name. */
export function detectorNamed(name: string): Promise<Detect> {
  const open = DETECTORS[name]
  if (open === undefined) throw new Error(`There is no detector ${name}.`)
  return open()
}

/** Loads a package of `benchmarks/peers` by what its package.json exports. */
async function peer<Module>(name: string): Promise<Module> {
  const folder = new URL(`${name}/`, PEERS)
  const manifest = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as Manifest
  const entry = entryOf(manifest.exports?.['.'] ?? manifest.exports) ?? manifest.main ?? 'index.js'
  return (await import(new URL(entry, folder).href)) as Module
}

interface Manifest {
  readonly main?: string
  readonly exports?: Record<string, unknown>
}

function entryOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target
  if (typeof target !== 'object' || target === null) return undefined
  const conditions = target as Record<string, unknown>
  return entryOf(conditions['import'] ?? conditions['node'] ?? conditions['default'] ?? conditions['require'])
}
