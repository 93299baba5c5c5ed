import type { Shape } from '../dialects/shape.ts'

/** Every field path of a shape, in the notation of `sdkPaths`. */
export function shapePaths(shape: Shape): ReadonlySet<string> {
  const paths = new Set<string>()
  collect(shape, '', paths)
  return paths
}

function collect(shape: Shape, path: string, paths: Set<string>): void {
  switch (shape.kind) {
    case 'object':
      for (const [name, field] of shape.fields) {
        const inner = path === '' ? name : `${path}.${name}`
        paths.add(inner)
        collect(field.shape, inner, paths)
      }
      return
    case 'array':
      collect(shape.item, `${path}[]`, paths)
      return
    case 'variants':
      for (const one of shape.cases.values()) collect(one, path, paths)
      return
    case 'either':
      for (const one of shape.shapes) collect(one, path, paths)
      return
    case 'from':
    case 'gated':
      collect(shape.shape, path, paths)
      return
    case 'json':
    case 'record':
    case 'table':
      paths.add(`${path}{}`)
      return
    case 'text':
    case 'opaque':
    case 'word':
    case 'number':
    case 'boolean':
    case 'json-text':
      return
    default:
      shape satisfies never
  }
}
