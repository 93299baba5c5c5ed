/** Something the prompt is told anew at every run: the time, a user's profile, what a search found. */
export interface ContextProvider {
  readonly title: string
  /** Called whenever a prompt is built. Empty text leaves the provider out. */
  getInfo(): string
}

/** How a prompt reads its providers: the secure agent puts its retrieval gate here. */
export interface ContextView {
  readonly read: (provider: ContextProvider) => { readonly title: string; readonly info: string }
  /** Further providers, of this run alone. */
  readonly extra?: readonly ContextProvider[]
}

const PLAIN_VIEW: ContextView = { read: (provider) => ({ title: provider.title, info: provider.getInfo() }) }

/** What an agent needs of a prompt generator. Own generators read providers through `view`, or the gate is bypassed. */
export abstract class BaseSystemPromptGenerator {
  readonly contextProviders: Map<string, ContextProvider>

  /** @throws TypeError for one that has no `generatePrompt`, which plain JavaScript lets pass. */
  constructor(contextProviders: ContextProviders = {}) {
    if (typeof this.generatePrompt !== 'function') throw new TypeError('A prompt generator needs generatePrompt().')
    this.contextProviders = new Map(
      contextProviders instanceof Map ? contextProviders : Object.entries(contextProviders),
    )
  }

  abstract generatePrompt(view?: ContextView): string

  toString(): string {
    const names = [...this.contextProviders.keys()].map((name) => `'${name}'`).join(', ')
    return `${this.constructor.name} (providers=[${names}])`
  }
}

export type ContextProviders = Readonly<Record<string, ContextProvider>> | ReadonlyMap<string, ContextProvider>

export interface SystemPromptOptions {
  /** Who the assistant is. An empty list counts as not given. */
  readonly background?: readonly string[]
  /** How it goes about its work. */
  readonly steps?: readonly string[]
  /** How it answers; two fixed lines follow. */
  readonly outputInstructions?: readonly string[]
  readonly contextProviders?: ContextProviders
}

// Headings and fixed lines are interface of Atomic Agents (MIT, see NOTICE): prompts written for it keep their meaning.
const DEFAULT_BACKGROUND = ['This is a conversation with a helpful and friendly AI assistant.'] as const
const FIXED_INSTRUCTIONS = [
  'Always respond using the proper JSON schema.',
  'Always use the available additional information and context to enhance the response.',
] as const

/** Builds the system prompt Atomic Agents users know: identity, steps, output instructions, then the context. */
export class SystemPromptGenerator extends BaseSystemPromptGenerator {
  readonly background: readonly string[]
  readonly steps: readonly string[]
  readonly outputInstructions: readonly string[]

  constructor(options: SystemPromptOptions = {}) {
    super(options.contextProviders)
    this.background = options.background?.length ? [...options.background] : DEFAULT_BACKGROUND
    this.steps = [...(options.steps ?? [])]
    this.outputInstructions = [...(options.outputInstructions ?? []), ...FIXED_INSTRUCTIONS]
  }

  generatePrompt(view: ContextView = PLAIN_VIEW): string {
    const sections = [
      section('IDENTITY and PURPOSE', this.background),
      section('INTERNAL ASSISTANT STEPS', this.steps),
      section('OUTPUT INSTRUCTIONS', this.outputInstructions),
    ]
    const providers = [...this.contextProviders.values(), ...(view.extra ?? [])]
    if (providers.length > 0) {
      const known = providers.map(view.read).filter(({ info }) => info !== '')
      const blocks = known.map(({ title, info }) => `## ${title}\n${info}\n\n`)
      sections.push(`# EXTRA INFORMATION AND CONTEXT\n${blocks.join('')}`)
    }
    return sections.join('').trim()
  }
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return ''
  return `# ${title}\n${items.map((item) => `- ${item}\n`).join('')}\n`
}
