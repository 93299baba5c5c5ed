import { any, SEP } from '../fragments.ts'
import { latinRules } from '../phrase-rule.ts'
import type { Stage } from '../../../guard/stage.ts'

const DOCUMENTS: readonly Stage[] = ['retrieval', 'tool-result']

const PRIVATE = any(
  "conversation(?: history)?|chat (?:history|log)|chat|messages?|prompts?|system prompt|instructions|api[ _-]?keys?|keys?|passwords?|credentials?|secrets?|tokens?|session(?: id| token)?|cookies?|environment variables?|env(?: vars?)?|\\.env|personal (?:data|information|details)|private (?:data|information|details|keys?|messages|files)|user(?:'s)? (?:data|information|details|email|name|password|messages|input|queries)|sensitive (?:data|information|files)|confidential (?:data|information|documents?)|internal (?:data|documents?)|contacts?|address book|emails?|inbox|files?|documents?|credit card|bank (?:details|account)|ssh keys?|data|transcript|history|memory|context|contents?|everything|pii|customer (?:data|list|records)",
)

const SINK = any(
  'https?:',
  '(?:www\\.)?[a-z0-9-]{1,40}\\.(?:com|net|org|io|ru|cn|xyz|co|dev|app|me|info|site|online|tk|evil|local|example|test)',
  '[a-z0-9._%+-]{1,40} ?@ ?[a-z0-9.-]{1,40}',
  '(?:the |this |my |our |following |attacker |external |remote |given |an |a ){1,3}(?:url|server|endpoint|webhook|email(?: address)?|address|site|website|domain|api|link|host|account|inbox)',
)

/** English: orders to use tools, to move data, to hide it from the user. */
export const toolSteering = latinRules('tool-steering', [
  {
    name: 'send-private',
    pattern: `(?:send|forward|exfiltrate|upload|transmit|email|e-mail|mail|bcc|relay)(?:${SEP}\\w{1,14}){0,6}${SEP}${PRIVATE}(?:${SEP}\\w{1,14}){0,5}${SEP}(?:to|at|via|through|using|on|in|into|as)${SEP}(?:\\w{1,10}${SEP}){0,2}["'<(\`]?${SINK}`,
    literals: ['send', 'forward', 'exfiltrat', 'upload', 'transmit', 'mail', 'relay', 'bcc'],
    confidence: 0.6,
    stages: DOCUMENTS,
  },
  {
    name: 'send-your',
    pattern: `(?:send|forward|exfiltrate|upload|post|transmit|leak|email|deliver|submit|relay|dump)(?:${SEP}(?:all|the|of|any|full|entire|whole|complete|every|us|me|a|copy|contents?|this)){0,5}${SEP}(?:your|the user'?s?|user'?s?|our|this|the (?:whole|entire|full|current|previous|above))(?:${SEP}\\w{1,14}){0,2}${SEP}(?:conversation(?: history)?|chat (?:history|log)|system prompt|instructions|api[ _-]?keys?|passwords?|credentials?|secrets?|session|cookies?|env(?:ironment)?|memory|context|history|(?:personal|private|sensitive|confidential) (?:data|information))(?:${SEP}\\w{1,14}){0,5}${SEP}(?:to|at|via|on)${SEP}`,
    literals: [
      'send',
      'forward',
      'exfiltrat',
      'upload',
      'post',
      'transmit',
      'leak',
      'email',
      'deliver',
      'submit',
      'relay',
      'dump',
    ],
    confidence: 0.6,
  },
  {
    name: 'exfiltrate',
    pattern: `exfiltrat(?:e|ing)(?:${SEP}\\w{1,14}){0,4}${SEP}(?:data|keys?|passwords?|credentials|secrets?|tokens?|files?|conversation|prompt|information|database|emails?|everything|variables)`,
    literals: ['exfiltrat'],
    confidence: 0.3,
  },
  {
    name: 'hide-from-user',
    pattern: `(?:do not|don'?t|never|without|avoid|must not|should not|no need to|refrain from)${SEP}(?:ever${SEP})?(?:tell(?:ing)?|inform(?:ing)?|mention(?:ing)?|notify(?:ing)?|alert(?:ing)?|warn(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|report(?:ing)?|explain(?:ing)?|acknowledg(?:e|ing)|say(?:ing)?)(?:${SEP}(?:this|that|it|any|anything|anyone|of|to|about|these|instructions?|action|email|step|message|note|part|you|did|the fact)){0,6}${SEP}(?:the|your|our|any|a|end)[ -](?:end[ -])?(?:user|users|human|humans|customer|owner|operator|person|victim)`,
    literals: [
      'tell',
      'inform',
      'mention',
      'notify',
      'alert',
      'warn',
      'reveal',
      'disclos',
      'report',
      'explain',
      'acknowledg',
      'say',
    ],
    confidence: 0.55,
  },
  {
    name: 'hide-this',
    pattern: `(?:do not|don'?t|never|without)${SEP}(?:mention(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|acknowledg(?:e|ing)|refer(?:ring)? to|tell(?:ing)? anyone about|repeat(?:ing)?|show(?:ing)?|display(?:ing)?)${SEP}(?:the |that |anything about |any of |having (?:received|seen|read) )?(?:this|these|hidden|existence of (?:this|these))(?:${SEP}\\w{1,10}){0,2}${SEP}(?:instructions?|message|note|prompt|request|directive|command|text|injection|comment|step|rule)s?`,
    literals: [
      'instruction',
      'message',
      'note',
      'prompt',
      'request',
      'directive',
      'command',
      'text',
      'injection',
      'comment',
      'step',
      'rule',
    ],
    confidence: 0.6,
    stages: DOCUMENTS,
  },
  {
    name: 'call-tool',
    pattern: `(?:call|invoke|use|run|execute|trigger|activate|open|access)${SEP}(?:the|your|its|a)${SEP}["'\`]?(?:\\w{1,30})["'\`]?${SEP}(?:tool|function|plugin|api|command|skill|action|extension)(?:s)?(?:${SEP}\\w{1,14}){0,4}${SEP}(?:to (?:send|forward|delete|transfer|email|upload|post|fetch|read|exfiltrate|share|buy|pay|execute|run|create|update|change|grant|add|retrieve)|with(?: the)?(?: following)?(?: arguments?| parameters?| input| recipient| subject| path| query| url)?)`,
    literals: ['tool', 'function', 'plugin', 'api', 'command', 'skill', 'action', 'extension'],
    confidence: 0.45,
    stages: DOCUMENTS,
  },
  {
    name: 'call-named-tool',
    pattern: `(?:call|invoke|use|run|execute)${SEP}(?:the${SEP})?["'\`]?[a-z]{2,16}(?:_[a-z]{1,16}){1,4}["'\`]?(?: ?\\(| (?:tool |function )?(?:with|to|and|on|immediately|now))`,
    literals: ['call', 'invoke', 'use', 'run', 'execute'],
    confidence: 0.35,
    stages: DOCUMENTS,
  },
  {
    name: 'before-using-tool',
    pattern: `(?:before|prior to|whenever|every time|each time|when|after)(?: you)?(?: ever)? (?:using|use|calling|call|invoking|invoke|running|run) (?:this|the|any|other|a)(?: \\w{1,20}){0,2} (?:tool|function|server)s?,? (?:you (?:must|should|need to|have to|are required to)|always|first|please|read|access|send|make sure|must)`,
    literals: ['tool', 'function', 'server'],
    confidence: 0.5,
  },
  {
    name: 'image-beacon',
    pattern: `(?:include|insert|add|append|render|display|embed|output|show|put|print|use|write|return|reply with|respond with|following string:?)[^\\n]{0,120}!\\[[^[\\]\\n]{0,60}\\] ?\\( ?https?:[^!)\\n]{0,200}(?:\\{|\\[|<|\\$|%7b|query|data|secret|token|history|summary|prompt|password|conversation|info|base64|text)`,
    literals: ['!['],
    confidence: 0.72,
  },
  {
    name: 'link-beacon',
    pattern: `(?:replac(?:e|ing)|append(?:ing)?|substitut(?:e|ing)|fill(?:ing)?(?: in)?|where|with|put(?:ting)?|encod(?:e|ing|ed))(?: \\w{1,14}){0,5}["'\`<{\\[$]{0,3}(?:query|data|placeholder|secret|history|conversation|summary|info|prompt|message|password|text|content|token)["'\`>}\\]]{0,3}(?: \\w{1,12}){0,8} (?:url|link|image|markdown|query string|parameter|base64|url-?encoded|encoded)`,
    literals: ['url', 'link', 'image', 'markdown', 'query string', 'parameter', 'encoded', 'base64'],
    confidence: 0.35,
    stages: DOCUMENTS,
  },
  {
    name: 'destroy',
    pattern: `(?:delete|erase|wipe|remove|drop|destroy|format|overwrite)${SEP}(?:all|every|each|the (?:entire|whole)|everything)(?:${SEP}(?:of|the|user'?s?|your|my|in|their|existing)){0,4}${SEP}(?:files?|emails?|messages?|data|records?|databases?|tables?|backups?|contacts?|documents?|accounts?|repositor(?:y|ies)|calendar|events|notes|logs)(?=[^\\n]{0,80}(?:immediately|now|without|silently|confirm|assistant|ai|agent|you))`,
    literals: ['delete', 'erase', 'wipe', 'remove', 'drop', 'destroy', 'format', 'overwrite'],
    confidence: 0.35,
    stages: DOCUMENTS,
  },
  {
    name: 'without-approval',
    pattern: `(?:without|no|skip(?:ping)?|bypass(?:ing)?|do not (?:ask|wait) for|don't (?:ask|wait) for|not (?:require|requiring|needing))${SEP}(?:asking(?: for)?|any|waiting for|requesting|further|user|additional|prior|the user'?s?|for|human|need for)(?:${SEP}(?:any|user|for|further|the|user's|additional|human|prior)){0,3}${SEP}(?:confirmation|approval|permission|consent|authori[sz]ation|verification)`,
    literals: ['confirm', 'approval', 'permission', 'consent', 'authori', 'verification'],
    confidence: 0.35,
    stages: DOCUMENTS,
  },
])
