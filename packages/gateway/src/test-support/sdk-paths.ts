import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import ts from 'typescript'

/**
 * Every property path of exported types of the installed `openai` package, as `messages[].content[].text`. Properties of
 * all members of a union count. An index signature ends a path with `{}`.
 */
export function sdkPaths(module: string, ...typeNames: readonly string[]): ReadonlySet<string> {
  const root = dirname(createRequire(import.meta.url).resolve('openai'))
  const file = join(root, module)
  const program = programOf(file)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source)
  if (symbol === undefined) throw new Error(`no module ${module} in the openai package`)
  const exported = new Map(checker.getExportsOfModule(symbol).map((entry) => [entry.name, entry]))
  const paths = new Set<string>()
  for (const name of typeNames) {
    const found = exported.get(name)
    if (found === undefined) throw new Error(`the openai package has no type ${name} any more`)
    collect(checker.getDeclaredTypeOfSymbol(found), '', paths, checker, new Set())
  }
  return paths
}

// Making a program takes seconds.
const programs = new Map<string, ts.Program>()

function programOf(file: string): ts.Program {
  const known = programs.get(file)
  if (known !== undefined) return known
  const program = ts.createProgram([file], {
    strict: true,
    skipLibCheck: true,
    types: [],
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    module: ts.ModuleKind.NodeNext,
  })
  programs.set(file, program)
  return program
}

function collect(
  type: ts.Type,
  path: string,
  paths: Set<string>,
  checker: ts.TypeChecker,
  above: ReadonlySet<ts.Type>,
): void {
  if (type.isUnionOrIntersection()) {
    for (const member of type.types) collect(member, path, paths, checker, above)
    return
  }
  if (!(type.flags & ts.TypeFlags.Object) || above.has(type)) return
  if (checker.isArrayType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference)
    if (item !== undefined) collect(item, `${path}[]`, paths, checker, above)
    return
  }
  const below = new Set([...above, type])
  if (checker.getIndexInfosOfType(type).length > 0) paths.add(`${path}{}`)
  for (const property of type.getProperties()) {
    const inner = path === '' ? property.name : `${path}.${property.name}`
    paths.add(inner)
    collect(checker.getTypeOfSymbol(property), inner, paths, checker, below)
  }
}
