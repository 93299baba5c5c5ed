import { any, gap, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'
import type { Stage } from '../../../guard/stage.ts'

/** Documents and tool results: nobody there has orders to give. */
const DOCUMENTS: readonly Stage[] = ['retrieval', 'tool-result']

const ASSISTANT = any(
  "ai|a\\.i\\.|ais|ai (?:assistants?|models?|agents?|systems?|bots?|tools?|language models?|crawlers?|readers?|reviewers?|summari[sz]ers?)|llms?|large language models?|language models?|assistants?|virtual assistants?|chat ?bots?|bots?|chatgpt|gpt(?:-?[3-5])?|claude|gemini|copilot|cursor|bard|agents?|automated (?:systems?|agents?|assistants?|tools?|readers?)|models?|email assistant|summari[sz]er",
)

const ORDER = any(
  'ignore|disregard|forget|stop|do not|don\'?t|you must|must|should|shall|please|always|instead|send|forward|include|add|append|insert|output|print|say|reply|respond|answer|tell|recommend|write|mention|rate|give|score|approve|accept|execute|run|call|use|follow|reveal|call|click|visit|go to|open|transfer|delete|when|if|before|summari[sz]e|translate|report|state|start|end|make sure|ensure|never|only|disclose|exfiltrate|fetch|download',
)

const TASK_LITERALS = ['task', 'instruction', 'question', 'quer', 'request', 'job', 'work', 'assignment', 'prompt', 'action', 'command', 'order', 'directive', 'step', 'objective', 'message', 'this', 'following', 'below'] as const

/** Instructions that a document, page, mail or tool result gives to the model that reads it. */
export const indirect = latinRules('indirect', [
  {
    name: 'if-you-are-ai',
    pattern: `(?:if|when|since|as) (?:you(?:'re| are)|u r|your are|this (?:is|text is|document is|message is|page is)(?: being)?(?: (?:read|processed|parsed|summari[sz]ed|seen|viewed) by)?|you happen to be|the reader is|being read by)(?: (?:an?|the|any|some|currently|actually))?(?: \\w{1,12}){0,2} ${ASSISTANT}(?: \\w{1,12}){0,2}(?:,| ?:| ?-|\\.| (?:reading|processing|parsing|summari[sz]ing|viewing|seeing|analy[sz]ing|scanning|scraping|assisting|that|who|then|you|please|and|reviewing|crawling|browsing|tasked|helping|asked|ignore|do|must))`,
    literals: ['if ', 'when ', 'since ', 'as ', 'being read'],
    confidence: 0.55,
    stages: ['input'],
  },
  {
    name: 'if-reader-is-ai',
    pattern: `(?:if|when|since|as) (?:you(?:'re| are)|u r|your are|this (?:is|text is|document is|message is|page is|email is|file is)(?: being)?(?: (?:read|processed|parsed|summari[sz]ed|seen|viewed) by)?|you happen to be|the reader is|being read by)(?: (?:an?|the|any|some|currently|actually))?(?: \\w{1,12}){0,2} ${ASSISTANT}(?: \\w{1,12}){0,2}(?:,| ?:| ?-|\\.| (?:reading|processing|parsing|summari[sz]ing|viewing|seeing|analy[sz]ing|scanning|scraping|assisting|that|who|then|you|please|and|reviewing|crawling|browsing|tasked|helping|asked|ignore|do|must))`,
    literals: ['if ', 'when ', 'since ', 'as ', 'being read'],
    confidence: 0.72,
    stages: DOCUMENTS,
  },
  {
    name: 'note-to-ai',
    pattern: `(?:note|notice|message|instructions?|memo|reminder|important|directive)s?(?: (?:to|for|addressed to|intended for|meant for|directed at))(?: (?:the|any|all|an?|your|our|every|whichever|this|other))?(?: (?:reading|processing|following|current|automated|responsible|helpful|ai-powered|user's|email|future|summari[sz]ing)){0,2} ${ASSISTANT}(?=[ ]{0,1}(?:[:,>*!\\]-]|\\n)| (?:reading|processing|only|that|who|when|summari[sz]ing|tasked|reviewing))`,
    literals: ['note', 'notice', 'message', 'instruction', 'memo', 'reminder', 'important', 'directive'],
    confidence: 0.6,
  },
  {
    name: 'hey-assistant',
    pattern: `(?:(?<![^\\n])|[.!?>\\]*"#-] ?)(?:hey |hi |hello |dear |attention,? |attn:? |to all |to the |to any |@|important,? |all )(?:the )?(?:ai |virtual |helpful |email |my )?(?:ai|a\\.i\\.|llms?|language models?|assistants?|chat ?bots?|chatgpt|gpt|claude|gemini|copilot|agents?|ai models?|ai systems?)(?: (?:reading this|processing this|reviewing this|summari[sz]ing this))? ?[,:!-]{1,3} ?(?:${ORDER}|this|here|your|you|i)`,
    literals: ['ai', 'a.i', 'llm', 'language model', 'assistant', 'chatbot', 'chat bot', 'gpt', 'claude', 'gemini', 'copilot', 'agent'],
    confidence: 0.6,
    stages: DOCUMENTS,
  },
  {
    name: 'assistant-order',
    pattern: `(?:(?<![^\\n])|[.!?>\\]*"#(-] ?)(?:ai (?:assistants?|models?|agents?|systems?)|llms?|assistants?|chatbots?|chatgpt|claude|language models?) ?(?:reading this|processing this|note|notice|instructions?|directives?|only)? ?[:,-]{1,2} ?(?:please |you must |now |kindly |always |immediately ){0,2}(?:ignore|disregard|forget|do not|don't|send|forward|include|append|insert|output|print|reply|respond|tell|recommend|rate|give|score|approve|execute|run|call|reveal|visit|transfer|delete|exfiltrate|mention|say|rank|state|stop|switch|override|fetch|add|summari[sz]e this|when)`,
    literals: ['ai ', 'llm', 'assistant', 'chatbot', 'chatgpt', 'claude', 'language model'],
    confidence: 0.65,
    stages: DOCUMENTS,
  },
  {
    name: 'models-must',
    pattern: `(?:any|all|every|the|an?|whichever|your|each)(?: \\w{1,12}){0,1} (?:ai|llm|language model|ai assistant|ai model|ai agent|ai system|chatbot|assistant|automated (?:system|agent|assistant))s?(?: (?:that|who|which)? ?(?:reads?|reading|processing|processes|parses?|parsing|summari[sz](?:es?|ing)|sees?|seeing|analy[sz](?:es?|ing)|encounters?|accessing|reviewing|reviews?|evaluating|handling)(?: \\w{1,12}){1,4}),? (?:must|should|shall|is (?:required|instructed|asked|requested)|are (?:required|instructed|asked|requested)|needs? to|has to|have to|will|is to|are to|please)`,
    literals: ['ai ', 'llm', 'language model', 'chatbot', 'assistant', 'automated', 'ais ', 'agent'],
    confidence: 0.66,
    stages: DOCUMENTS,
  },
  {
    name: 'html-comment',
    pattern: `(?:<!--|/\\*|\\[//\\]: ?#|\\{#|%%|<%--) ?[^\\n]{0,60}(?:${any('ignore (?:all|any|the|previous|prior|your)|disregard (?:all|any|the|previous|prior|your)|you (?:must|are now|should now|will now)|ai(?: assistant| agent| model|:)|llm(?:s)?|assistant[:,]|language model|system (?:prompt|override|message|instruction)|new instructions?|forget (?:all|everything|previous|your)|hidden instructions?|prompt injection|do not (?:tell|mention|inform|reveal)|exfiltrate|instructions? (?:for|to) (?:the |any |all )?(?:ai|llm|model|assistant|agent|bot)')})`,
    literals: ['<!--', '/*', '[//]', '{#', '%%', '<%--'],
    confidence: 0.55,
  },
  {
    name: 'pause-and',
    pattern: `(?:pause|halt|stop|wait|hold on|suspend|interrupt|freeze)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:and|to|for|before|then|your|the|what|everything|all)(?:${SEP}\\w{1,12}){0,5}${SEP}(?:focus|attention|address|answer|respond|concentrate|execute|complete|prioriti[sz]e|engage|tackle|consider|follow|redirect|shift|handle|solve|perform|attend)${gap(4)}${any('following|this|next|new|below|question|task|query|instruction|request|prompt|upcoming|subsequent')}`,
    literals: ['pause', 'halt', 'stop', 'wait', 'hold on', 'suspend', 'interrupt', 'freeze'],
    confidence: 0.5,
    stages: DOCUMENTS,
  },
  {
    name: 'before-continuing',
    pattern: `(?:before|prior to|instead of|rather than|after|while|when|upon|in addition to|besides)${SEP}(?:you )?(?:continu(?:e|ing)|proceed(?:ing)?|finish(?:ing)?|complet(?:e|ing)|answer(?:ing)?|summari[sz](?:e|ing)|respond(?:ing)?|start(?:ing)?|begin(?:ning)?|perform(?:ing)?|execut(?:e|ing)|mov(?:e|ing)|do(?:ing)?|carry(?:ing)? (?:on|out)|fulfill(?:ing)?|translat(?:e|ing)|process(?:ing)?|address(?:ing)?|provid(?:e|ing))(?:${SEP}\\w{1,12}){0,4}${SEP}${any('tasks?|instructions?|questions?|quer(?:y|ies)|requests?|assignments?|prompts?|summary|analysis|user|primary|main|original|above|further|previous|document|text|else|job|objective')}(?:[^.\\n]{0,60})[,:] ?(?:please |kindly |first |you must |you should |you need to |make sure (?:to|you) |also |immediately |instead ){0,2}(?:answer|respond|reply|provide|address|tell|execute|send|forward|include|add|append|insert|write|output|print|call|use|visit|open|follow|explain|describe|give|complete|solve|say|run|perform|focus|consider|list|generate|translate|create|do |note that|state|mention)`,
    literals: TASK_LITERALS.concat(['summar', 'analysis', 'user', 'primary', 'main', 'original', 'above', 'further', 'previous', 'document', 'text', 'else']),
    confidence: 0.5,
    stages: DOCUMENTS,
  },
  {
    name: 'attention-grabber',
    pattern: `(?:[!*#=<\\[>~_+-]{2,6} ?|(?<![^\\n])|[.!?"] )(?:extremely |very |critically |super )?(?:important|urgent|attention|critical|priority|stop|alert|notice|warning|immediate|emergency|significant|vital|crucial|mandatory|high[- ]priority|top priority)(?: (?:new|system|update|instructions?|message|notice|task|directive|command|alert|action|required|priority|query|question|request|information|announcement|transition|update|interruption|pause)){1,3} ?(?:[!*#=>\\]~_+:-]{1,6})`,
    literals: ['important', 'urgent', 'attention', 'critical', 'priority', 'stop', 'alert', 'notice', 'warning', 'immediate', 'emergency', 'significant', 'vital', 'crucial', 'mandatory'],
    confidence: 0.35,
    stages: DOCUMENTS,
  },
  {
    name: 'shift-focus',
    pattern: `(?:shift|redirect|turn|switch|divert|focus|direct|move|refocus|channel|transfer|pivot|concentrate|devote|dedicate|bring|set|center|align)(?:ing)?(?:${SEP}(?:your|all|full|the|complete|entire|undivided|immediate|its|now|gears?|primary|sole|of)){1,4}${SEP}?(?:attention|focus|efforts?|resources|gears|priority|priorities|concentration|thoughts?|energy)(?:${SEP}\\w{1,12}){0,4}${SEP}(?:to|on|towards?|for|solely|exclusively|onto|upon|in|with)(?:${SEP}\\w{1,12}){0,5}${SEP}(?:following|this|next|new|below|question|task|query|quer(?:y|ies)|instruction|instructions|request|prompt|challenge|directive|objective|subsequent|upcoming|forthcoming|matter)`,
    literals: ['attention', 'focus', 'effort', 'resources', 'gears', 'priorit', 'concentration', 'thought', 'energy'],
    confidence: 0.55,
    stages: DOCUMENTS,
  },
  {
    name: 'announced-order',
    pattern: `(?:following|next|upcoming|forthcoming|new|additional|incoming|urgent|imperative|extra|below|subsequent|critical|crucial|essential|vital|immediate)${SEP}(?:(?:set of|crucial|urgent|important|additional|new|critical|vital|imperative|essential|further|following|immediate|special)${SEP}){0,2}(?:instructions?|directives?|tasks?|assignments?|duty|duties|orders?|commands?|mandates?|mission|objective|queries|query|questions?|prompts?)(?:${SEP}\\w{1,14}){0,8}${SEP}(?:must|urgent(?:ly)?|immediate(?:ly)?|critical|priority|attention|required?|requires|essential|vital|precision|delay|swift(?:ly)?|imperative|prompt(?:ly)?|without fail|mandatory|non-?negotiable|carefully|top of your|your (?:attention|focus|action|response|full|list|duties|tasks?|current|existing|agenda|workload|to-?do|main|primary|original|immediate|next|initial))`,
    literals: ['instruction', 'directive', 'task', 'assignment', 'duty', 'duties', 'order', 'command', 'mandate', 'mission', 'objective', 'quer', 'question', 'prompt'],
    confidence: 0.62,
    stages: DOCUMENTS,
  },
  {
    name: 'your-duties',
    pattern: `(?:add(?:ed|ition|itional|ing)?|on top of|in addition to|alongside|besides|beyond|append(?:ed)?|update(?:d)? (?:to|in)|extend(?:ed|s)?|new|extra)(?:${SEP}\\w{1,12}){0,5}${SEP}your${SEP}(?:(?:current|existing|original|primary|main|present|ongoing|usual|regular|initial|list of|set of|previous|other|assigned|given)${SEP}){0,2}(?:tasks?|duties|workload|assignments?|to-?do(?: list)?|responsibilities|agenda|instructions|directives|objectives?|task list|queue|mission|roster|docket|plate|orders)`,
    literals: ['your'],
    confidence: 0.55,
    stages: DOCUMENTS,
  },
  {
    name: 'task-switch',
    pattern: `(?:your|the)${SEP}(?:new |next |real |actual |primary |main |only |immediate |current |first |most important |top |true |additional |secondary |urgent |sole ){1,2}(?:task|job|objective|goal|mission|instruction|priority|directive|assignment|focus)${SEP}(?:is|will be|now is|becomes|has changed)(?: now)?(?: to|:)`,
    literals: ['task', 'job', 'objective', 'goal', 'mission', 'instruction', 'priority', 'directive', 'assignment', 'focus'],
    confidence: 0.4,
    stages: DOCUMENTS,
  },
  {
    name: 'main-task',
    pattern: `(?:primary|main|original|initial|previous|user'?s?|current|first|above)(?:${SEP}(?:user|main|given))?${SEP}(?:task|assignment|instructions?|question|query|request|prompt)(?:[^.\\n]{0,50})(?:also|additionally|then|but|first|instead|must|can be (?:ignored|skipped|disregarded)|is (?:complete|done|finished|over|secondary|no longer|cancell?ed|irrelevant)|has been (?:completed|cancell?ed|changed|replaced|updated))`,
    literals: ['task', 'assignment', 'instruction', 'question', 'query', 'request', 'prompt'],
    confidence: 0.4,
    stages: DOCUMENTS,
  },
  {
    name: 'answer-this-question',
    pattern: `(?:please |kindly |now |also |then |and |to |you must |first |immediately |additionally,? |make sure to )(?:answer|respond to|address|reply to|execute|complete|perform|follow|carry out|solve|do)(?: (?:and answer|this|the|these|following|below|next|new|only|upcoming|additional)){1,3} (?:questions?|tasks?|query|queries|instructions?|requests?|prompts?) ?(?::|\\.|-|,|\\n|first|before|instead|immediately)`,
    literals: ['question', 'task', 'quer', 'instruction', 'request', 'prompt'],
    confidence: 0.4,
    stages: DOCUMENTS,
  },
  {
    name: 'in-your-reply',
    pattern: `(?:in|to|at the (?:end|beginning|start|top|bottom) of|within|into|when (?:you )?(?:writ|giv|generat|produc|creat)\\w{1,4}) (?:your|the|every|each|all) (?:final |next |future |own )?(?:reply|response|answer|summary|output|review|replies|responses|answers|report|analysis)(?: (?:to the user|about this|of this \\w{1,10}))?,? (?:please |also |always |you must |you should |be sure to |make sure to |must |should ){0,2}(?:include|add|append|insert|mention|recommend|say|state|tell|output|print|write|put|place|embed|contain|advertise|promote)|(?:include|add|append|insert|embed|put|place)(?: \\w{1,12}){0,8} (?:in|to|into|at the (?:end|beginning|start|top|bottom) of) your (?:final |next |own )?(?:reply|response|answer|summary|output|review|report)`,
    literals: ['reply', 'response', 'answer', 'summary', 'output', 'review', 'replies', 'report', 'analysis'],
    confidence: 0.42,
    stages: DOCUMENTS,
  },
  {
    name: 'review-steering',
    pattern: `(?:give|write|produce|output|assign|provide|recommend|only|must|always|rate|score|rank|mark|make|leave)(?: \\w{1,10}){0,4} (?:a )?(?:positive (?:review|evaluation|feedback|assessment|rating)|(?:highest|top|maximum|full|perfect|best) (?:score|rating|marks|grade|rank)|strong accept|accept(?:ance)? (?:this|the) (?:paper|candidate|application)|(?:10/10|5/5|100/100))(?: \\w{1,8}){0,3}(?: only|\\.|,|!|(?![^\\n])| and| do not| regardless| for)|do not (?:highlight|mention|report|list) (?:any|the) (?:negatives?|weakness\\w{0,2}|flaws|concerns|vulnerabilit\\w{1,3}|issues|problems)`,
    literals: ['positive', 'score', 'rating', 'marks', 'grade', 'rank', 'accept', '10/10', '5/5', '100/100', 'negative', 'weakness', 'flaws', 'concerns', 'vulnerabilit', 'issues', 'problems', 'feedback'],
    confidence: 0.4,
    stages: DOCUMENTS,
  },
  {
    name: 'hidden-instruction',
    pattern: `(?:hidden|secret|invisible|embedded|covert|special|concealed)${SEP}(?:system )?(?:instructions?|prompt|directive|command|message|note|text)${SEP}(?:for|to|from) (?:the )?(?:ai|model|llm|assistant|agent|chatbot|reader|developer|system)|(?:humans?|users?|people|human readers?) (?:cannot|can't|can not|won't|will not|do not|don't|should not|must not) (?:see|read|notice|know|be told) (?:about )?(?:this|these|any)`,
    literals: ['instruction', 'prompt', 'directive', 'command', 'message', 'note', 'text', 'human', 'user', 'people'],
    confidence: 0.55,
    stages: DOCUMENTS,
  },
  {
    name: 'user-wants',
    pattern: `(?:the user|user|your user|your owner|the owner|the operator|the developer|your (?:developer|creator|boss|operator)|admin\\w{0,10}|management|it department|security team)(?: (?:has|have|had|is|was|also|already|now|just|really|explicitly)){0,3} (?:authori[sz]ed|approved|consented|agreed|wants you to|asked you to|instructed you to|requested that you|pre-?approved|given (?:permission|consent)|requires you to|needs you to|would like you to)`,
    literals: ['authori', 'approved', 'consented', 'agreed', 'wants you', 'asked you', 'instructed you', 'requested that', 'permission', 'consent', 'requires you', 'needs you', 'like you to'],
    confidence: 0.42,
    stages: DOCUMENTS,
  },
])
