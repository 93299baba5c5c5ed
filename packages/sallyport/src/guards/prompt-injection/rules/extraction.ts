import { any, gap, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'

const DISCLOSE = any(
  "reveal(?:s|ing)?|show|print(?: out| back)?|output|display|repeat(?: back)?|recite|tell(?: me)?|give(?: me| us)?|list|write(?: down| out)?|share|disclose|expose|leak|dump|return|provide|send(?: me)?|copy|paste|copy and paste|quote|echo|spell out|summari[sz]e|paraphrase|translate|encode|describe|divulge|extract|read(?: out| back| aloud)?|type(?: out)?|render|convert|reproduce|regurgitate|rewrite|rephrase|restate|reply with|respond with|answer with|uncover|retrieve|let me (?:see|know|read)|i (?:want|need|would like|'d like) to (?:see|know|read)|can i (?:see|read|have|get)|may i (?:see|read|have)|what(?:'s| is| are| was| were|s)|which (?:are|were)|base64(?:[- ]encode)?",
)

const OWNED = any("your|you're|ur|thy|all your|all of your|any of your")

const SECRET_PROMPT = any(
  `(?:system|sytem|hidden|secret|internal|initial|original|base|root|master|underlying|developer|meta|pre|core|confidential|private|foundational|setup|startup|initiali[sz]ation|pre-?programmed|pre-?loaded|built-?in|concealed|invisible|undisclosed|classified|unseen)${SEP}(?:\\w{1,12}${SEP})?(?:prompts?|pre-?prompts?|instructions?|instruction (?:set|hierarchy)|directives?|guidelines?|programming|preamble|messages?|context|configuration|rules?|commands?|policy|policies|setup|constraints?|text|settings)`,
  'sysprompt|system_prompt|systemprompt|pre-?prompt|metaprompt',
)

const ANY_PROMPT = any(
  'prompts?|instructions?|instruction set|directives?|guidelines?|programming|preamble|rules?|configuration|config|context window|initiali[sz]ation|guardrails|restrictions|constraints|policies|context|training data|commands|orders|setup',
)

const PROMPT_LITERALS = [
  'prompt',
  'instruction',
  'directive',
  'guideline',
  'programming',
  'preamble',
  'message',
  'context',
  'config',
  'rule',
  'command',
  'polic',
  'setup',
  'constraint',
  'text',
  'settings',
] as const

/** English: disclosure of the system prompt or other hidden text of the application. */
export const extraction = latinRules('extraction', [
  {
    name: 'system-prompt',
    pattern: `${DISCLOSE}(?:${SEP}(?!write|writing|good|better|best|create|design|difference|between|should|how|why|when|a\\b|an\\b|my\\b)\\w{1,14}){0,4}${SEP}(?:${OWNED}|the)${gap(2)}${SECRET_PROMPT}`,
    literals: PROMPT_LITERALS,
    confidence: 0.72,
  },
  {
    name: 'reveal',
    pattern: `(?:reveal|show(?: me| us)?|print(?: out)?|output|display|repeat(?: back)?|recite|tell me(?: about)?|give me|send me|leak|dump|disclose|expose|share|return|paste|copy|quote|echo|what(?:'s| is| are| was| were)|summari[sz]e|translate|encode)${SEP}(?:(?:all|of|exactly|back|the|full|text|contents?|entire|whole|complete)${SEP}){0,4}(?:your|ur)${SEP}(?:(?:full|entire|complete|exact|own|whole|raw|current|real|actual)${SEP}){0,2}(?:system${SEP}(?:prompts?|messages?|instructions?)|(?:hidden|secret|initial|original|internal|confidential|developer)${SEP}(?:(?:system|developer|hidden)${SEP})?(?:prompts?|instructions?|directives|guidelines|rules))`,
    literals: ['prompt', 'instruction', 'directive', 'guideline', 'rules', 'message'],
    confidence: 0.84,
  },
  {
    name: 'your-system-prompt',
    pattern: `${any(OWNED, 'you were given', 'you have')}(?:${SEP}\\w{1,12}){0,2}${SEP}${SECRET_PROMPT}`,
    literals: PROMPT_LITERALS,
    confidence: 0.5,
  },
  {
    name: 'your-instructions',
    pattern: `${DISCLOSE}(?:${SEP}(?:me|us|all|of|out|the|exactly|full|verbatim|in|to|please|about|and|back|word|for|what|text|content|contents|list|copy|complete|entire|exact|everything|each|every|first|line|lines|sentence|a|summary|version|details?)){0,6}${SEP}${OWNED}(?:${SEP}(?:full|complete|entire|exact|own|actual|real|current|previous|original|whole|first|last|above|given|specific|raw|verbatim|ai|chat|assistant|behaviou?r|behavioral|operating|operational|default|special|custom|main|primary)){0,3}${SEP}${ANY_PROMPT}(?! (?:for|on|about|regarding) (?:the (?!chat|conversation|session|model|ai)|my|assembl|install|us(?:e|ing)\\b|clean|cook|wash|care))`,
    literals: [
      'prompt',
      'instruction',
      'directive',
      'guideline',
      'programming',
      'preamble',
      'rule',
      'config',
      'context',
      'initiali',
      'guardrail',
      'restriction',
      'constraint',
      'polic',
      'training data',
      'command',
      'orders',
      'setup',
    ],
    confidence: 0.6,
  },
  {
    name: 'verbatim',
    pattern: `${any('repeat|print|output|copy|reproduce|recite|write|show|return|give|tell|echo|paste|dump|quote|display|summari[sz]e|translate|encode|say|list|state|put')}(?:${SEP}\\w{1,12}){0,5}${SEP}${ANY_PROMPT}(?:${SEP}\\w{1,12}){0,4}${SEP}(?:verbatim|word[- ]for[- ]word|exactly as (?:it|they|you|given|written|provided)|(?<!linked )(?<!mentioned )above|in (?:full|their entirety|its entirety)|(?:that |which )?(?:you|u) (?:were|have been|are|was|'ve been) (?:given|told|provided|following|using|programmed|initiali[sz]ed|instructed|configured|trained)|you (?:received|got|follow|operate|work) (?:at|in|before|under|from|with)?|you received|in (?:base64|hex|rot13|morse|pig latin|reverse|leetspeak))`,
    literals: [
      'prompt',
      'instruction',
      'directive',
      'guideline',
      'programming',
      'preamble',
      'rule',
      'config',
      'context',
      'initiali',
      'guardrail',
      'restriction',
      'constraint',
      'polic',
      'training data',
      'command',
      'orders',
      'setup',
    ],
    confidence: 0.72,
  },
  {
    name: 'words-above',
    pattern: `${any('repeat|print|output|copy|reproduce|recite|echo|paste|dump|reveal|spell[- ]?check|regurgitate')}(?:${SEP}\\w{1,12}){0,3}${SEP}${any('everything|words?|text|all(?: of)?(?: the)?(?: text| words| lines| content)?|lines?|sentences?|content|messages?|conversation|characters|anything|paragraphs?|stuff|input|data|tokens|what (?:is|was)')}(?:${SEP}(?:that|is|was|were|written|printed|came|appears?|comes|you|see|have|in|the|placed|found|this|of|prior|typed|said|up|just)){0,4}${SEP}(?:above(?! the| average| mentioned| all| and beyond)|before (?:this|my|the (?:first|user|current))|prior to (?:this|my)|preceding (?:this|my)|up to (?:this|here)|previous(?:ly)? to (?:this|my))`,
    literals: ['above', 'before', 'prior', 'preceding', 'up to', 'previous'],
    confidence: 0.66,
  },
  {
    name: 'starting-with-you-are',
    pattern: `(?:starting|start|begin|beginning|starts|begins)(?: (?:from|with|at))?(?: the)?(?: \\w{1,10}){0,3} ["'\`(]{1,2}(?:you are|you're|system|you must|as an? ai|knowledge cutoff)`,
    literals: ['"', "'", '`', '('],
    confidence: 0.65,
  },
  {
    name: 'what-were-you-told',
    pattern: `${any('what|which|how|everything|exactly what|whatever')}(?:${SEP}(?:exactly|specific|other|were|are|did|have|had|has|do|kind|of|sort|all|the|precise|initial|secret|hidden|special)){0,4}${SEP}(?:instructions?|rules?|directives?|guidelines|orders|prompts?|restrictions|constraints|commands)(?:${SEP}(?:exactly|have|has|were|are|did|do|that|was|been|your|the|system|developers?|creators?|openai|they|anyone)){0,4}${SEP}(?:you (?:been |were |have been |are |was |have |get |receive |follow)?(?:given|told|provided|following|programmed|instructed|received|have|follow|operate|got|get|receive|under|bound|not allowed)|(?:give|gave|given|given to|tell|told|provide|provided)(?: to)? you)`,
    literals: [
      'instruction',
      'rule',
      'directive',
      'guideline',
      'orders',
      'prompt',
      'restriction',
      'constraint',
      'command',
    ],
    confidence: 0.55,
  },
  {
    name: 'were-you-told',
    pattern: `${any('what (?:exactly )?(?:were|have|are) you (?:been )?(?:told|instructed|programmed|asked|ordered) (?:to|not to|before|about|by|earlier|at)', 'what (?:did|do) (?:your|the) (?:developers?|creators?|system|operators?|openai|admin) (?:tell|instruct|ask|say|order|program)', 'what (?:was|is) (?:said|written|the text|the message|in) (?:above|before (?:this|me|my)|at the (?:top|beginning|start) of (?:this|the|our) (?:conversation|chat|prompt|context))', 'what (?:came|comes|is|was) (?:right |directly |immediately )?(?:before|above) (?:this|my|the (?:first|user)) (?:message|prompt|line|input|question|conversation)', '(?:are|were) you (?:hiding|not (?:allowed|supposed|permitted) to (?:tell|reveal|share|say|talk|disclose))')}`,
    literals: ['what ', 'are you', 'were you'],
    confidence: 0.45,
  },
  {
    name: 'secret',
    pattern: `${any("reveal|tell(?: me)?|give(?: me)?|show(?: me)?|print|output|say|share|disclose|leak|send|what(?:'s| is)|repeat|spell|write|encode|translate|provide|display|hint(?: at)?|return|i (?:need|want)|(?:describe|rhyme|acrostic|poem)(?: \\w{1,8}){0,4} (?:with|about|of)")}(?:${SEP}\\w{1,10}){0,3}${SEP}(?:the|your|that|this)${SEP}(?:${any('secret|hidden|confidential|access|private|protected|magic|forbidden|security')}${SEP}){1,2}${any('keys?|passwords?|codes?|phrases?|passphrases?|passcodes?|words?|pin|tokens?|strings?|flags?|values?|information|data|content|context|details|logic|names?')}(?! (?:to|of|for|behind) (?:success|happiness|good|a |making|life|my|this recipe|great))`,
    literals: ['secret', 'hidden', 'confidential', 'access', 'private', 'protected', 'magic', 'forbidden', 'security'],
    confidence: 0.45,
  },
  {
    name: 'own-data',
    pattern: `${any('reveal|dump|leak|disclose|expose|show(?: me)?|print|output|list|display|give me|extract|export|tell me|share')}(?:${SEP}(?:all|the|of|me|any|every|full|entire|other|us|a|list)){0,4}${SEP}${any('other users?\\W{1,2}(?:s )?(?:data|messages|conversations?|chats?|information|prompts|queries|sessions)', 'your (?:api|secret|private|internal|training|source|hidden|admin|credentials?|database|environment|env|knowledge base)(?: (?:keys?|data|code|variables?|configuration|tokens?|files?|credentials?|parameters|memory|notes|documents?|contents?|documentation|policies|logs|tools))?', '(?:hidden|private) (?:context|chain[- ]of[- ]thought|reasoning|memory|notes|setup)')}`,
    literals: ['other user', 'your ', 'hidden', 'internal', 'private'],
    confidence: 0.5,
  },
  {
    name: 'given-text',
    pattern: `(?:text|message|words|content|input|everything|information|data|line)${SEP}(?:that${SEP})?(?:you|u)${SEP}(?:were|have been|was|are)${SEP}(?:given|provided|told|fed|initiali[sz]ed|prompted|configured|set up)(?:${SEP}\\w{1,10}){0,3}${SEP}(?:initially|before|above|at first|at the (?:start|beginning)|originally|by|with|earlier|previously|prior)`,
    literals: ['given', 'provided', 'told', 'fed', 'initiali', 'prompted', 'configured', 'set up'],
    confidence: 0.5,
  },
  {
    name: 'credentials',
    pattern: `(?:reveal|leak|dump|expose|disclose|exfiltrate|hand over|steal)(?:${SEP}(?:me|all|the|of|any|every|your|its|their|user|users|stored|system|these|those|full|list)){0,4}${SEP}(?:api[ _-]?keys?|passwords?|credentials|secrets|(?:secret|private|access|encryption) (?:keys?|tokens?)|environment variables|env vars|(?:user|private|sensitive|confidential|personal|customer) (?:data|information|records|details|emails?))`,
    literals: ['reveal', 'leak', 'dump', 'expose', 'disclose', 'exfiltrate', 'hand over', 'steal'],
    confidence: 0.35,
  },
  {
    name: 'format',
    pattern: `${any('translate|encode|convert|summari[sz]e|rewrite|spell|paraphrase|put|output|write|render|turn')}(?:${SEP}\\w{1,10}){0,2}${SEP}(?:your|the (?:system|above|initial|hidden|previous|original|secret))${gap(1)}(?:prompts?|instructions?|rules|directives|guidelines|message)(?:${SEP}\\w{1,10}){0,2}${SEP}(?:in|into|to|as|using|with)${SEP}(?:\\w{1,10}${SEP}){0,2}(?:base64|hex|rot-?13|morse|binary|pig latin|french|german|spanish|russian|chinese|japanese|emojis?|leetspeak|reverse|backwards|json|xml|yaml|html|markdown|code block|a poem|python|a song|haiku|rhyme|english|another language)`,
    literals: ['prompt', 'instruction', 'rules', 'directive', 'guideline', 'message'],
    confidence: 0.75,
  },
  {
    name: 'debug',
    pattern: `(?:for|as part of|this is)(?: an?| the| your)? (?:debugging|debug|audit|security (?:audit|review|verification|testing|check)|compliance|maintenance|diagnostic\\w{0,2}|verification|testing|quality assurance)(?: purposes?| reasons?| review| check| only)?(?:[^.\\n]{0,40})(?:reveal|print|output|show|display|disclose|dump|share|repeat|provide|list)(?:[^.\\n]{0,50})(?:prompt|instructions?|configuration|rules|context|guidelines|policy|policies|credentials)`,
    literals: [
      'debug',
      'audit',
      'security',
      'compliance',
      'maintenance',
      'diagnostic',
      'verification',
      'testing',
      'quality',
    ],
    confidence: 0.55,
  },
])
