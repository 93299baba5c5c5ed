import { any } from '../fragments.ts'
import { bareRules, latinRules } from '../phrase-rule.ts'

const ROLE = 'system|user|assistant|developer|tool|human|ai|model|bot'

/**
 * Tokens that chat templates use for turns and roles. Text that carries them tries to end its own turn; people who write
 * about templates use them too, which is why a lone token stays below certainty.
 */
const tokens = bareRules('delimiter', [
  {
    // ChatML (OpenAI, Qwen, Yi …)
    name: 'chatml',
    pattern: `<\\|? ?im_(?:start|end|sep) ?\\|?>`,
    literals: ['im_start', 'im_end', 'im_sep'],
    confidence: 0.85,
    mention: false,
  },
  {
    // Llama 3, Phi, Zephyr, DeepSeek and GPT-2 end tokens, Cohere, OpenAI Harmony; NFKC has folded full-width bars.
    name: 'special-token',
    pattern: `<\\| ?(?:begin[_▁]of[_▁](?:text|sentence)|end[_▁]of[_▁](?:text|sentence|turn)|start_header_id|end_header_id|eot_id|eom_id|python_tag|endofprompt|end_of_document|endoftext|startoftext|fim_(?:prefix|middle|suffix)|system|user|assistant|end|start|message|channel|return|call|constrain|tool▁\\w{1,24}|start_of_turn_token|end_of_turn_token|system_token|user_token|chatbot_token|start_thinking|end_thinking|observation|${ROLE}) ?\\|>`,
    literals: ['<|', '< |'],
    confidence: 0.85,
    mention: false,
  },
  {
    // Llama 2 and Mistral
    name: 'inst',
    pattern: `\\[/?inst\\]|<</?sys>>|\\[/?(?:system_prompt|available_tools|tool_results|tool_calls)\\]`,
    literals: ['inst]', 'sys>>', 'system_prompt]', 'available_tools]', 'tool_results]', 'tool_calls]'],
    confidence: 0.85,
    mention: false,
  },
  {
    // Gemma
    name: 'turn',
    pattern: `<(?:start|end)_of_turn>`,
    literals: ['_of_turn'],
    confidence: 0.85,
    mention: false,
  },
  {
    name: 'role-tag',
    pattern: `(?:(?<![^\\n])|[.!?"'] ?|</\\w{1,20}> ?)(?:<|\\[|\\{\\{?|<<|##? ?\\[)/?(?:system|sys|assistant|developer|admin|root|system[_ -](?:prompt|message|instructions?|override|note|command|update|alert|notice)|instructions?|admin[_ -](?:override|message|command|note)|prompt)(?: ?: ?(?=[^\\]>}\\n]))?(?:>|\\]|\\}\\}?|>>|:)`,
    literals: ['system', 'sys', 'assistant', 'developer', 'admin', 'root', 'instruction', 'prompt'],
    confidence: 0.35,
  },
  {
    name: 'json-role',
    pattern: `["']role["'] ?: ?["'](?:system|developer)["'][^}\\n]{0,60}["']content["'] ?: ?["'](?:ignore|disregard|forget|you (?:are now|must|will)|new |override|from now|reveal)`,
    literals: ['role'],
    confidence: 0.6,
  },
])

const roleLines = latinRules('delimiter', [
  {
    name: 'role-order',
    pattern: `(?:(?<![^\\n])|[\\]>*#.!?"'] {0,2}|- )(?:#{1,4} ?|\\*\\*|\\[|<|\\()?(?:system|sys|admin|administrator|developer|root|operator|openai|anthropic|system (?:message|prompt|note|command|update|instructions?|override|alert|notice)|security (?:alert|notice|override))(?:\\*\\*|\\]|>|\\))? ?[:>-]{1,3} ?["'*\\[]{0,2}(?:(?:please|now|important|urgent|attention|note|the (?:assistant|ai|model|user|previous|above|following)|you|all|your)[,:]? ){0,3}(?:ignore|disregard|forget|override|bypass|disable|enable|activate|grant|switch|enter|reveal|print|output|respond|reply|answer only|execute|run |send|forward|follow|obey|comply|stop|cease|drop|must|shall|will now|are now|should now|no longer|has been|have been|previous|new (?:instructions?|rules?|task|objective|directive|policy)|from now on|do not|don't|delete|transfer|unlock|append|insert|begin|start your|say |tell |call |update your|debug|maintenance|developer mode)`,
    literals: ['system', 'sys', 'admin', 'developer', 'root', 'operator', 'openai', 'anthropic', 'security'],
    confidence: 0.7,
  },
  {
    name: 'end-of-prompt',
    pattern: `(?:[-=#*<\\[\`~_|({/]{2,12} ?|\\[|<)/?(?:end|stop|finish|begin|start|close|exit)(?:ing)?(?: |_|-)(?:of(?: |_|-))?(?:the(?: |_|-))?(?:my(?: |_|-)|your(?: |_|-)|new(?: |_|-)|real(?: |_|-))?(?:system|user|prompt|instructions?|developer|assistant|admin|secret|hidden|context|conversation|chat|input|query|document|data|output|rules|trusted|untrusted|context|task)(?:(?: |_|-)(?:system|user|prompt|instructions?|message|input|query|text|context|rules|section|content|output|data|mode|command|conversation))?(?: here)? ?[-=#*>\\]\`~_|)}/]{1,12}`,
    literals: ['end', 'stop', 'finish', 'begin', 'start', 'close', 'exit'],
    confidence: 0.5,
  },
  {
    name: 'instructions-end',
    pattern: `${any('the (?:system )?(?:prompt|instructions?)|instructions?|system prompt|user (?:input|query)|(?:system|initial) instructions?')} (?:ends?|is over|are over|stops?|finish(?:es|ed)?|has ended|have ended|terminated?) (?:here|now|above)|(?:end|stop) of (?:the )?(?:system |initial |original )(?:prompt|instructions?|message)s?|end (?:user|system) (?:input|prompt|query)`,
    literals: ['prompt', 'instruction', 'input', 'query', 'message'],
    confidence: 0.5,
  },
])

/** Plain-text turn markers: everyday text in chat logs and prompt files, so they only support other evidence. */
const weakRoles = bareRules('delimiter', [
  {
    // Anthropic's completion format, Vicuna
    name: 'turn-label',
    pattern: `\\n ?\\n ?(?:human|assistant) ?: ?(?=[^\\n]{4})|(?<![^\\n])user: [^\\n]{1,200}\\n(?:assistant|ai|bot|chatgpt): ?(?:sure|of course|certainly|absolutely|yes|ok)`,
    literals: ['human:', 'human :', 'assistant:', 'assistant :', 'user:'],
    confidence: 0.2,
    views: ['folded'],
  },
  {
    // Alpaca
    name: 'alpaca',
    pattern: `\\n#{2,4} ?(?:instructions?|response|input)(?: ?: ?)(?=\\n)[^#]{0,300}\\n#{2,4} ?(?:response|instructions?) ?:`,
    literals: ['## instruction', '## response', '##instruction', '##response'],
    confidence: 0.3,
    views: ['folded'],
  },
])

/** Role and delimiter tokens of the common chat templates, and imitated system lines. */
export const delimiters = [...tokens, ...roleLines, ...weakRoles]
