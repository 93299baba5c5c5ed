import type {
  ArgumentSource,
  CallJudge,
  CallJudgement,
  CallMatch,
  Confidentiality,
  ToolCall,
} from '../../guard/tool-call.ts'
import type { ArgumentRule, ToolSettings, ToolTable } from '../../guard/tool-settings.ts'
import { leavesOf, type Leaf } from '../arguments.ts'
import { argumentTests } from '../tool-policy/argument-rule.ts'
import { labelConversation } from './labels.ts'
import { pointersIn } from './pointers.ts'
import { propertyNames } from './property-names.ts'
import { Role } from './role.ts'
import { TrustedValues } from './trusted-values.ts'

/** A value of the call with the rule of its argument. */
interface RuledLeaf extends Leaf {
  readonly rule: ArgumentRule | undefined
  /** As the policy file names the argument, for messages. */
  readonly name: string | undefined
  readonly role: Role
}

/**
 * Compiles the `tools:` of a policy file into the judge of where the values of a call come from and where data goes. It
 * looks at labels and equality only, never at what a text means: the same conversation always has the same answer.
 */
export function dataFlowJudge(tools: ToolTable): CallJudge {
  const listed = listedValues(tools)
  return { judge: (call) => new Judgement(call, tools, listed).make() }
}

/** Characters of a value that says something of the call: shorter ones stand in any text. */
const SHORTEST_SAID = 3
const NOTHING_GIVEN = 'Untrusted text was read, and nothing in the call is a value that the user gave.'

class Judgement {
  readonly #call: ToolCall
  readonly #tools: ToolTable
  readonly #listed: ListedValues
  readonly #settings: ToolSettings | undefined
  readonly #leaves: readonly RuledLeaf[]
  readonly #effect: ToolSettings['effect']
  readonly #matches: CallMatch[] = []
  readonly #sources: ArgumentSource[] = []

  constructor(call: ToolCall, tools: ToolTable, listed: ListedValues) {
    this.#call = call
    this.#tools = tools
    this.#listed = listed
    this.#settings = tools.find(call.tool)
    const names = propertyNames(this.#settings?.schema, call.definition?.schema)
    const ruled = new Set(Object.keys(this.#settings?.arguments ?? {}).flatMap((name) => name.split('.')))
    // Where no schema says which arguments there are, their names are taken for the tool's parameters.
    const isKnown = (name: string, isTop: boolean): boolean =>
      names.has(name) || ruled.has(name) || (isTop && names.size === 0)
    this.#leaves = leavesOf(call.arguments, isKnown).map((leaf) => ({
      ...leaf,
      ...ruleOf(leaf, this.#settings),
      role: new Role(call.tool, leaf.trail),
    }))
    this.#effect = this.#effectiveEffect()
  }

  make(): CallJudgement {
    const consequential = this.#settings?.consequential ?? this.#effect === 'external'
    if (this.#effect === 'none') return this.#answer('it only reads')
    const { conversation } = this.#call
    if (!consequential && this.#effect !== 'external') return this.#judgeLocal(conversation)
    if (conversation === undefined) {
      this.#against('unknown-conversation', 'What the model read before is not known.')
      return this.#answer('')
    }
    const labelled = labelConversation(conversation, this.#tools)
    const values = new TrustedValues(labelled, this.#tools)
    if (consequential && labelled.integrity === 'untrusted') {
      this.#judgeSteering(values)
      if (labelled.confidentiality !== 'public') {
        this.#against('rule-of-two', 'Untrusted text and private data were read, and the call changes something.')
      }
    }
    if (this.#effect === 'external') this.#judgeSink(labelled.confidentiality, values)
    return this.#answer(
      labelled.integrity === 'trusted'
        ? 'no untrusted text was read'
        : 'its values are those the user or developer gave',
    )
  }

  /** What only the user sees may hold what others wrote, but a change of which the user said nothing is not the user's. */
  #judgeLocal(conversation: ToolCall['conversation']): CallJudgement {
    const labelled = conversation && labelConversation(conversation, this.#tools)
    // Who declares a tool not consequential, in so many words, lets untrusted text steer it.
    if (labelled?.integrity === 'untrusted' && this.#settings?.consequential === undefined) {
      const values = new TrustedValues(labelled, this.#tools)
      const isSaid = ({ value, role }: RuledLeaf): boolean =>
        String(value).trim().length >= SHORTEST_SAID && values.isFromPeople(value, role)
      if (!this.#leaves.some(isSaid)) {
        this.#against('untrusted-call', NOTHING_GIVEN)
        this.#sources.push(...this.#leaves.map(({ path, value }) => ({ path, ...values.sourceOf(value) })))
      }
    }
    return this.#answer('only the user sees what it changes')
  }

  /** A call whose sinks are all empty may send nothing: an event without guests. Only the policy file can say so. */
  #effectiveEffect(): ToolSettings['effect'] {
    const { effect = 'external', effectWithoutSink = effect } = this.#settings ?? {}
    return this.#leaves.some(({ rule }) => rule?.sink === true) ? effect : effectWithoutSink
  }

  /** After untrusted text: every argument that steers is a value somebody trusted gave. */
  #judgeSteering(values: TrustedValues): void {
    const steering = this.#leaves.filter(({ rule }) => rule?.from !== 'anywhere')
    for (const leaf of steering) {
      if (this.#isListed(leaf) || this.#isGiven(leaf, values)) continue
      const what = leaf.name === undefined ? 'an argument' : `"${leaf.name}"`
      this.#sources.push({ path: leaf.path, ...values.sourceOf(leaf.value) })
      this.#against(
        'untrusted-argument',
        `Untrusted text was read, and ${what} is no value that the user or developer gave.`,
        leaf.path,
      )
    }
    if (steering.length === 0) {
      this.#against('untrusted-call', NOTHING_GIVEN)
    }
    for (const leaf of this.#leaves) {
      if (leaf.rule?.from !== 'anywhere' || typeof leaf.value !== 'string' || this.#isListed(leaf)) continue
      const strange = pointersIn(leaf.value).find((pointer) => !isTrusted(pointer, values))
      if (strange === undefined) continue
      this.#sources.push({ path: leaf.path, ...values.sourceOf(strange) })
      this.#against(
        'untrusted-pointer',
        `Untrusted text was read, and "${leaf.name ?? 'an argument'}" points to an address that the user and developer did not give.`,
        leaf.path,
      )
    }
  }

  /** Private data goes only where the user said; secrets go nowhere. */
  #judgeSink(confidentiality: Confidentiality, values: TrustedValues): void {
    if (confidentiality === 'public') return
    if (confidentiality === 'secret') {
      this.#against('secret-to-sink', 'Secret data was read, and the call leaves the system.')
      return
    }
    const declared = this.#leaves.filter(({ rule }) => rule?.sink === true)
    const sinks = declared.length > 0 ? declared : this.#leaves.filter(({ rule }) => rule?.from !== 'anywhere')
    const strange = sinks.find((leaf) => !this.#isListed(leaf) && !values.isFromPeople(leaf.value, leaf.role))
    if (strange === undefined && sinks.length > 0) return
    if (strange !== undefined) this.#sources.push({ path: strange.path, ...values.sourceOf(strange.value) })
    const what = strange?.name === undefined ? 'the call' : `"${strange.name}"`
    const message = `Private data was read, and ${what} goes where the user did not say.`
    this.#against('private-to-sink', message, strange?.path)
  }

  #isGiven({ value, rule, role }: RuledLeaf, values: TrustedValues): boolean {
    return values.isFromPeople(value, role) || (rule?.from !== 'user' && values.isFromTrustedTool(value))
  }

  /** The policy file lists it, so the developer gave it. */
  #isListed({ value, rule, isKey }: RuledLeaf): boolean {
    return isKey !== true && rule !== undefined && (this.#listed.get(rule)?.(value) ?? false)
  }

  #against(code: string, message: string, path?: string): void {
    const severity = code === 'rule-of-two' ? 'low' : code === 'secret-to-sink' ? 'critical' : 'high'
    this.#matches.push({ code, severity, message, ...(path !== undefined && { path }) })
  }

  #answer(because: string): CallJudgement {
    const sources = new Map(this.#sources.map((source) => [source.path, source]))
    return { matches: this.#matches, because, sources: [...sources.values()] }
  }
}

function isTrusted(value: string, values: TrustedValues): boolean {
  return values.isFromPeople(value) || values.isFromTrustedTool(value)
}

/** The rule of the argument, or of the nearest one around it. */
function ruleOf(
  { trail }: Leaf,
  settings: ToolSettings | undefined,
): { readonly rule: ArgumentRule | undefined; readonly name: string | undefined } {
  const rules = settings?.arguments ?? {}
  for (let length = trail.length; length > 0; length--) {
    const name = trail.slice(0, length).join('.')
    if (Object.hasOwn(rules, name)) return { rule: rules[name], name }
  }
  return { rule: undefined, name: undefined }
}

type ListedValues = ReadonlyMap<ArgumentRule, (value: unknown) => boolean>

/** For rules that list what is allowed by name: whether a value is on the list. A host list with `*` names nobody. */
function listedValues(tools: ToolTable): ListedValues {
  const listed = new Map<ArgumentRule, (value: unknown) => boolean>()
  for (const [name, { arguments: rules }] of tools.entries) {
    for (const [argument, rule] of Object.entries(rules)) {
      const hosts = rule.hosts?.includes('*') === true ? undefined : rule.hosts
      if (rule.in === undefined && hosts === undefined && rule.recipients === undefined) continue
      const tests = argumentTests(rule, `tools.${name}.arguments.${argument}`)
      listed.set(rule, (value) => tests.every((test) => test(value) === undefined))
    }
  }
  return listed
}
