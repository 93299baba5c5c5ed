/** What a module offers that calls a model of a provider. */
export interface ProviderModule {
  readonly module: RegExp
  /** Names of the module that make a client or call a model. `default` is the default export. */
  readonly names: RegExp
  /** Calls on the module as a whole, in its own words: `chat.completions.create`. */
  readonly members?: RegExp
}

/** Packages of npm. */
export const SCRIPT_PROVIDERS: readonly ProviderModule[] = [
  { module: /^openai$/, names: /^(?:default|OpenAI|AzureOpenAI)$/, members: /^(?:OpenAI|AzureOpenAI)$/ },
  {
    module: /^@anthropic-ai\/(?:sdk|bedrock-sdk|vertex-sdk|claude-agent-sdk)$/,
    names: /^(?:default|Anthropic|AnthropicBedrock|AnthropicVertex|query)$/,
    members: /^(?:Anthropic|query)$/,
  },
  {
    module: /^(?:@google\/genai|@google\/generative-ai|@google-cloud\/vertexai)$/,
    names: /^(?:GoogleGenAI|GoogleGenerativeAI|VertexAI)$/,
    members: /^(?:GoogleGenAI|GoogleGenerativeAI|VertexAI)$/,
  },
  {
    module:
      /^(?:@mistralai\/mistralai|groq-sdk|cohere-ai|together-ai|@cerebras\/cerebras_cloud_sdk|replicate|@openrouter\/sdk|@huggingface\/inference|@azure\/openai|@ibm-cloud\/watsonx-ai)$/,
    names:
      /^(?:default|Mistral|Groq|CohereClient|CohereClientV2|Together|Cerebras|Replicate|OpenRouter|HfInference|InferenceClient|OpenAIClient|WatsonXAI)$/,
    members: /^(?:Mistral|CohereClient|CohereClientV2|HfInference|InferenceClient|OpenAIClient)$/,
  },
  { module: /^ollama$/, names: /^(?:default|Ollama)$/, members: /^(?:Ollama|chat|generate)$/ },
  {
    module: /^@aws-sdk\/client-bedrock-(?:agent-)?runtime$/,
    names: /^(?:BedrockRuntime|BedrockRuntimeClient|BedrockAgentRuntimeClient)$/,
  },
  // Its provider packages export a function that makes models, and one that makes such functions.
  {
    module:
      /^@ai-sdk\/(?!react$|vue$|svelte$|solid$|angular$|rsc$|ui-utils$|provider$|provider-utils$|mcp$|langchain$|llamaindex$)|^@openrouter\/ai-sdk-provider$/,
    names: /^(?:[a-z]\w*)$/,
  },
  { module: /^@langchain\/(?!core|textsplitters|langgraph)/, names: /^Chat(?!Prompt|Message)\w+$/ },
  { module: /^langchain(?:\/chat_models\/universal)?$/, names: /^initChatModel$/ },
]

/** Packages of Python. */
export const PYTHON_PROVIDERS: readonly ProviderModule[] = [
  {
    module: /^openai$/,
    names: /^(?:Async)?(?:Azure)?OpenAI$/,
    members:
      /^(?:(?:Async)?(?:Azure)?OpenAI|(?:ChatCompletion|Completion|Embedding)\.a?create|(?:chat\.completions|completions|responses|embeddings)\.create)$/,
  },
  {
    module: /^anthropic$/,
    names: /^(?:Async)?Anthropic(?:Bedrock|Vertex)?$/,
    members: /^(?:Async)?Anthropic(?:Bedrock|Vertex)?$/,
  },
  {
    module: /^google\.generativeai$|^vertexai\.(?:preview\.)?generative_models$/,
    names: /^GenerativeModel$/,
    members: /^GenerativeModel$/,
  },
  { module: /^google\.genai$/, names: /^Client$/, members: /^Client$/ },
  { module: /^mistralai$/, names: /^Mistral(?:Client)?$/, members: /^Mistral(?:Client)?$/ },
  { module: /^cohere$/, names: /^(?:Async)?Client(?:V2)?$/, members: /^(?:Async)?Client(?:V2)?$/ },
  { module: /^groq$/, names: /^(?:Async)?Groq$/, members: /^(?:Async)?Groq$/ },
  { module: /^together$/, names: /^(?:Async)?Together$/, members: /^(?:Async)?Together$/ },
  {
    module: /^ollama$/,
    names: /^(?:chat|generate|(?:Async)?Client)$/,
    members: /^(?:chat|generate|(?:Async)?Client)$/,
  },
  {
    module: /^litellm$/,
    names: /^(?:a?completion|a?embedding|a?responses|Router)$/,
    members: /^(?:a?completion|a?embedding|a?responses|Router)$/,
  },
  { module: /^huggingface_hub$/, names: /^(?:Async)?InferenceClient$/, members: /^(?:Async)?InferenceClient$/ },
  { module: /^replicate$/, names: /^(?:run|Client)$/, members: /^(?:run|stream|Client)$/ },
  { module: /^dspy$/, names: /^LM$/, members: /^LM$/ },
  { module: /^instructor$/, names: /^from_provider$/, members: /^from_provider$/ },
  {
    module: /^langchain_(?!core|text_splitters)\w+|^langchain\.chat_models|^langchain_community\.chat_models/,
    names: /^(?:Chat(?!Prompt|Message)\w+|init_chat_model)$/,
  },
  { module: /^llama_index\.llms\.\w+/, names: /^[A-Z]\w+$/ },
]

/** Constructors whose name says it, for files that do not show where it comes from. */
export const KNOWN_CONSTRUCTORS = {
  script:
    /\b(?:new (?:OpenAI|AzureOpenAI|Anthropic|GoogleGenerativeAI|GoogleGenAI|ChatOpenAI|ChatAnthropic)|create(?:OpenAI|Anthropic|GoogleGenerativeAI|OpenAICompatible))\s*\((?!\?)/g,
  python: /\b(?:Async)?(?:Azure)?(?:OpenAI|Anthropic)\s*\(/g,
} as const

/** A file without any of these words calls no model; most files are done with after this. */
export const PROVIDER_WORDS =
  /openai|anthropic|genai|generative|vertexai|mistral|groq|cohere|together|cerebras|replicate|ollama|bedrock|ai-sdk|langchain|litellm|hugging|dspy|instructor|llama_index|watsonx|openrouter|googleapis|deepseek|fireworks|perplexity|api\.x\.ai|moonshot|dashscope|github\.ai|ai-gateway|nvidia|['"]ai['"]/i

/** Addresses of providers. */
export const PROVIDER_URL =
  /https:\/\/(?:[a-z0-9-]+\.)?(?:api\.openai\.com|api\.anthropic\.com|generativelanguage\.googleapis\.com|aiplatform\.googleapis\.com|api\.mistral\.ai|api\.groq\.com|api\.deepseek\.com|openrouter\.ai\/api|api\.together\.(?:xyz|ai)|api\.fireworks\.ai|api\.perplexity\.ai|api\.x\.ai|api\.cohere\.(?:ai|com)|api\.cerebras\.ai|api\.moonshot\.(?:ai|cn)|dashscope(?:-intl)?\.aliyuncs\.com|openai\.azure\.com|models\.(?:inference\.ai\.azure\.com|github\.ai)|ai-gateway\.vercel\.sh|router\.huggingface\.co|api-inference\.huggingface\.co|integrate\.api\.nvidia\.com|bedrock-runtime\.[a-z0-9-]+\.amazonaws\.com)(?![\w.-])/g
