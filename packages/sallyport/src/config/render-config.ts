import { Document, isMap, isScalar, isSeq, type Node } from 'yaml'

/**
 * A configuration as YAML with a remark behind each value. `remark` gets the dotted path of a single value, of a list of
 * single values or of an empty collection.
 */
export function renderConfig(value: unknown, remark: (path: string) => string | undefined): string {
  const document = new Document(value)
  const visit = (node: unknown, path: string): void => {
    if (isMap(node) && node.items.length > 0) {
      for (const { key, value: inner } of node.items) {
        const name = String(isScalar(key) ? key.value : key)
        visit(inner, path === '' ? name : `${path}.${name}`)
      }
    } else if (isSeq(node) && !node.items.every((item) => isScalar(item))) {
      for (const [index, item] of node.items.entries()) visit(item, `${path}.${index}`)
    } else if (isSeq(node) || isMap(node) || isScalar(node)) {
      if (!isScalar(node)) node.flow = true
      const text = remark(path)
      if (text !== undefined) (node as Node).comment = ` ${text}`
    }
  }
  visit(document.contents, '')
  return document.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true })
}
