import { assigned, type SecretRow, token } from '../secret-row.ts'

/** Model providers and their tools. */
export const AI_SECRETS: readonly SecretRow[] = [
  token(
    'openai-api-key',
    'OpenAI API key',
    ['t3blbkfj'],
    'sk-(?:(?:proj|svcacct|admin|service|None)-)?[A-Za-z0-9_-]{15,100}T3BlbkFJ[A-Za-z0-9_-]{15,100}',
  ),
  token(
    'openai-project-key',
    'OpenAI project or service-account key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,220}',
    { minimumEntropy: 3.5 },
  ),
  token(
    'anthropic-api-key',
    'Anthropic API key',
    ['sk-ant-'],
    'sk-ant-(?:(?:api03|admin01)-[A-Za-z0-9_-]{93}AA|(?:oat|ort|sid)\\d\\d-[A-Za-z0-9_-]{93}[A-Z]{2}|(?:api|admin)0[4-9]-[A-Za-z0-9_-]{80,120})',
    { minimumEntropy: 3 },
  ),
  token('openrouter-api-key', 'OpenRouter API key', ['sk-or-v'], 'sk-or-v\\d-[0-9a-f]{64}'),
  token('deepseek-api-key', 'API key in the form of DeepSeek, Moonshot and others', ['sk-'], 'sk-[0-9a-f]{32}', {
    minimumEntropy: 3,
    confidence: 0.8,
  }),
  token('sk-api-key', 'API key with the prefix sk-', ['sk-'], 'sk-[A-Za-z0-9]{48}', {
    minimumEntropy: 3.8,
    confidence: 0.85,
  }),
  token('litellm-key', 'LiteLLM virtual key', ['sk-'], 'sk-[A-Za-z0-9_-]{22}', {
    minimumEntropy: 3.9,
    confidence: 0.55,
    decoded: false,
    validate: (value) => /\d/.test(value) && /[A-Z]/.test(value) && /[a-z]/.test(value.slice(3)),
  }),
  token('huggingface-token', 'Hugging Face token', ['hf_', 'api_org_'], '(?:hf|api_org)_[A-Za-z]{34}', {
    minimumEntropy: 3,
  }),
  token(
    'sallyport-key',
    'Sallyport key',
    ['sp-admin-', 'sp-operator-', 'sp-client-'],
    'sp-(?:admin|operator|client)-[A-Za-z0-9_-]{32,128}',
    { minimumEntropy: 3.5 },
  ),
  token('groq-api-key', 'Groq API key', ['gsk_'], 'gsk_[A-Za-z0-9]{52}', { minimumEntropy: 3.5 }),
  token('xai-api-key', 'xAI API key', ['xai-'], 'xai-[A-Za-z0-9]{80}', { minimumEntropy: 3.5 }),
  token('perplexity-api-key', 'Perplexity API key', ['pplx-'], 'pplx-[A-Za-z0-9]{48}', { minimumEntropy: 3.5 }),
  token('replicate-api-token', 'Replicate API token', ['r8_'], 'r8_[A-Za-z0-9]{37}', { minimumEntropy: 3.5 }),
  token('langsmith-api-key', 'LangSmith API key', ['lsv2_'], 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'),
  token(
    'langfuse-secret-key',
    'Langfuse secret key',
    ['sk-lf-'],
    'sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ),
  token('fireworks-api-key', 'Fireworks AI API key', ['fw_'], 'fw_[A-Za-z0-9]{22,24}', {
    minimumEntropy: 3.5,
    confidence: 0.85,
  }),
  token('nvidia-api-key', 'NVIDIA API key', ['nvapi-'], 'nvapi-[A-Za-z0-9_-]{64}', { minimumEntropy: 3.5 }),
  token('pinecone-api-key', 'Pinecone API key', ['pcsk_'], 'pcsk_[A-Za-z0-9_]{60,80}', { minimumEntropy: 3.5 }),
  token('tavily-api-key', 'Tavily API key', ['tvly-'], 'tvly-(?:dev-|prod-)?[A-Za-z0-9]{30,40}', {
    minimumEntropy: 3.2,
  }),
  token('elevenlabs-api-key', 'ElevenLabs API key', ['sk_'], 'sk_[0-9a-f]{48}', { minimumEntropy: 3 }),
  token('cerebras-api-key', 'Cerebras API key', ['csk-'], 'csk-[a-z0-9]{48}', { minimumEntropy: 3.2 }),
  token('firecrawl-api-key', 'Firecrawl API key', ['fc-'], 'fc-[0-9a-f]{32}', { minimumEntropy: 3 }),
  token('wandb-api-key', 'Weights & Biases API key', ['wandb_v1_'], 'wandb_v1_[A-Za-z0-9_]{60,100}', {
    minimumEntropy: 3.5,
  }),
  token('gradient-e2b-key', 'E2B API key', ['e2b_'], 'e2b_[0-9a-f]{40}'),
  assigned('cohere-api-key', 'Cohere API key', ['cohere', 'co_api_key'], 'cohere|co_api_key', '[A-Za-z0-9]{40}', {
    minimumEntropy: 3.8,
  }),
  assigned('mistral-api-key', 'Mistral API key', ['mistral'], 'mistral', '[A-Za-z0-9]{32}', {
    minimumEntropy: 3.5,
    placeholders: 'strict',
  }),
  assigned('together-api-key', 'Together AI API key', ['together'], 'together', '[0-9a-f]{64}', { minimumEntropy: 3 }),
  assigned('wandb-legacy-key', 'Weights & Biases API key', ['wandb'], 'wandb', '[0-9a-f]{40}', { minimumEntropy: 3 }),
  assigned('assemblyai-api-key', 'AssemblyAI API key', ['assembly'], 'assembly[ _-]?ai', '[0-9a-f]{32}', {
    minimumEntropy: 3,
  }),
  assigned('stability-api-key', 'Stability AI API key', ['stability'], 'stability', 'sk-[A-Za-z0-9]{48}', {
    minimumEntropy: 3.5,
  }),
  assigned('privateai-api-token', 'Private AI token', ['private'], 'private[_-]?ai', '[a-z0-9]{32}', {
    minimumEntropy: 3,
  }),
]
