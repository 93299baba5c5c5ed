import type { CodeLanguage } from './mask-code.ts'

/** A name of a file and where it comes from. `name` is what the module calls it: `default`, `*` for the whole module. */
export interface ImportedName {
  readonly local: string
  readonly module: string
  readonly name: string
}

/** Names that a file imports, from code without comments. Types are left out: they call nothing. */
export function readImports(text: string, language: CodeLanguage): readonly ImportedName[] {
  if (language === 'python') return pythonImports(text)
  return language === 'script' ? scriptImports(text) : []
}

const SCRIPT_IMPORT = /\bimport\s+(?!type\b)([\w$*{}\s,]+?)\s*from\s*['"]([^'"\n]+)['"]/g
const REQUIRE = /\b(?:const|let|var)\s+([\w$]+|\{[^}]*\})\s*=\s*(?:await\s+import|require)\(\s*['"]([^'"\n]+)['"]/g

function scriptImports(text: string): readonly ImportedName[] {
  const found: ImportedName[] = []
  for (const [, clause = '', module = ''] of text.matchAll(SCRIPT_IMPORT)) {
    const whole = /\*\s*as\s+([\w$]+)/.exec(clause)?.[1]
    const first = /^([\w$]+)/.exec(clause)?.[1]
    if (whole !== undefined) found.push({ local: whole, module, name: '*' })
    if (first !== undefined) found.push({ local: first, module, name: 'default' })
    found.push(...namesIn(/\{([^}]*)\}/.exec(clause)?.[1] ?? '', /\s+as\s+/, module))
  }
  for (const [, clause = '', module = ''] of text.matchAll(REQUIRE)) {
    if (clause.startsWith('{')) found.push(...namesIn(clause.slice(1, -1), /\s*:\s*/, module))
    // CommonJS gives the module, which for a package with one export is that export.
    else found.push({ local: clause, module, name: 'default' }, { local: clause, module, name: '*' })
  }
  return found
}

const PYTHON_FROM = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n]+)/gm
const PYTHON_IMPORT = /^[ \t]*import[ \t]+([^\n]+)/gm

function pythonImports(text: string): readonly ImportedName[] {
  const found: ImportedName[] = []
  for (const [, module = '', clause = ''] of text.matchAll(PYTHON_FROM)) {
    const names = namesIn(clause.replace(/[()\\]/g, ' '), /\s+as\s+/, module)
    // What is taken from a package may be a module of it.
    found.push(...names, ...names.map(({ local, name }) => ({ local, module: `${module}.${name}`, name: '*' })))
  }
  for (const [, clause = ''] of text.matchAll(PYTHON_IMPORT)) {
    for (const { name: module, local } of namesIn(clause, /\s+as\s+/, '')) found.push({ local, module, name: '*' })
  }
  return found
}

function namesIn(clause: string, separator: RegExp, module: string): readonly ImportedName[] {
  return clause.split(',').flatMap((part): ImportedName[] => {
    const [name = '', local = name] = part.trim().split(separator)
    return /^type\s/.test(name) || !/^[\w$.]+$/.test(local) ? [] : [{ local, module, name }]
  })
}
