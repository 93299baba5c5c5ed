import type { TextPart } from './read-shape.ts'

/** `/…/tool_calls/1/function/arguments/4`, `/…/custom/input`, `/…/function_call/arguments/0#` */
const ARGUMENTS = /^(.*\/(?:function|custom|function_call))\/(?:arguments|input)(?:\/|$)/

/**
 * Tells each text of a tool's arguments which tool it is for. The name is read from the texts themselves, so that both
 * are of the same call whatever was left out; a call without a readable name is granted nothing.
 */
export function withTools(parts: readonly TextPart[]): readonly (TextPart & { readonly tool?: string })[] {
  if (!parts.some(({ path }) => ARGUMENTS.test(path))) return parts
  const names = new Map(parts.filter(({ path }) => path.endsWith('/name')).map(({ path, text }) => [path, text]))
  return parts.map((part) => {
    const call = ARGUMENTS.exec(part.path)?.[1]
    const tool = call === undefined ? undefined : names.get(`${call}/name`)
    return tool === undefined ? part : { ...part, tool }
  })
}
