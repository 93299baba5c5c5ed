/** How a provider's keys look, as far as the provider says or its keys show. Checks are for typing errors, not for trust. */
export interface KeyFormat {
  readonly provider: string
  readonly pattern: RegExp
  /** What a person is told. */
  readonly looks: string
  /** True when no other provider's keys look like this. */
  readonly distinct: boolean
}

export const KEY_FORMATS: readonly KeyFormat[] = [
  { provider: 'anthropic', pattern: /^sk-ant-[a-z]{3,8}\d{2}-[\w-]{40,}$/, looks: 'sk-ant-api03-…', distinct: true },
  {
    provider: 'openrouter',
    pattern: /^sk-or-v1-[0-9a-f]{64}$/,
    looks: 'sk-or-v1- and 64 hexadecimal digits',
    distinct: true,
  },
  {
    provider: 'openai',
    pattern: /^sk-(?!ant-|or-)(?:(?:proj|svcacct|admin|None)-)?[\w-]{20,}$/,
    looks: 'sk-proj-… or sk-…',
    distinct: false,
  },
  {
    provider: 'google',
    pattern: /^(?:AIza[\w-]{35}|AQ\.[\w-]{30,})$/,
    looks: 'AIza and 35 characters',
    distinct: true,
  },
  {
    provider: 'azure',
    pattern: /^(?:[0-9a-f]{32}|[A-Za-z0-9]{84})$/,
    looks: '32 hexadecimal digits or 84 letters and digits',
    distinct: false,
  },
  { provider: 'mistral', pattern: /^[A-Za-z0-9]{32}$/, looks: '32 letters and digits', distinct: false },
  { provider: 'groq', pattern: /^gsk_[A-Za-z0-9]{40,}$/, looks: 'gsk_…', distinct: true },
  { provider: 'xai', pattern: /^xai-[A-Za-z0-9]{60,}$/, looks: 'xai-…', distinct: true },
  { provider: 'perplexity', pattern: /^pplx-[A-Za-z0-9]{40,}$/, looks: 'pplx-…', distinct: true },
  { provider: 'huggingface', pattern: /^hf_[A-Za-z0-9]{30,}$/, looks: 'hf_…', distinct: true },
  { provider: 'deepseek', pattern: /^sk-[0-9a-f]{32}$/, looks: 'sk- and 32 hexadecimal digits', distinct: false },
  { provider: 'cohere', pattern: /^[A-Za-z0-9]{40}$/, looks: '40 letters and digits', distinct: false },
  {
    provider: 'together',
    pattern: /^(?:[0-9a-f]{64}|tgp_v1_[\w-]{30,})$/,
    looks: 'tgp_v1_… or 64 hexadecimal digits',
    distinct: false,
  },
  { provider: 'fireworks', pattern: /^fw_[A-Za-z0-9]{20,}$/, looks: 'fw_…', distinct: true },
  { provider: 'cerebras', pattern: /^csk-[A-Za-z0-9]{30,}$/, looks: 'csk-…', distinct: true },
  { provider: 'nvidia', pattern: /^nvapi-[\w-]{50,}$/, looks: 'nvapi-…', distinct: true },
]
