import type { CodeRow } from './code-rule.ts'

const BUILDS_COMMAND = 'Builds a shell command from values: whoever chooses the values chooses the command.'
const RUNS_TEXT = 'Runs text as a program that comes from outside.'

export const JAVASCRIPT_ROWS: readonly CodeRow[] = [
  {
    code: 'javascript-shell-command',
    pattern:
      /(?<![\w.$])(?:(?:child_process|childprocess|cp|require\( ?["'](?:node:)?child_process["'] ?\))\.)?exec(?:sync|async|promise)?\( ?(?:`[^`\n]{0,200}\$\{|["'][^"'\n]{0,200}["'] ?\+)/u,
    literals: ['exec'],
    severity: 'high',
    confidence: 0.7,
    message: BUILDS_COMMAND,
  },
  {
    code: 'javascript-shell-command',
    pattern:
      /(?<![\w$])(?:child_process|childprocess|cp|require\( ?["'](?:node:)?child_process["'] ?\))\.exec(?:sync)?\( ?(?:req\.|request\.|process\.argv|input|user|cmd|command|[a-z_$][\w$]{0,40}\.(?:query|body|params))/u,
    literals: ['exec'],
    severity: 'high',
    confidence: 0.65,
    message: BUILDS_COMMAND,
  },
  {
    code: 'javascript-shell-command',
    pattern:
      /(?<![\w.$])(?:spawn|spawnsync|execfile|execfilesync)\( ?(?:[a-z_$]|`[^`\n]{0,150}\$\{)[^;]{0,200}shell: ?true/u,
    literals: ['shell: true', 'shell:true'],
    severity: 'medium',
    confidence: 0.55,
    message: BUILDS_COMMAND,
  },
  {
    code: 'javascript-run-text',
    pattern:
      /(?<![\w.$])(?:eval|new function|function|settimeout|vm\.runin(?:new|this)?context|vm\.runinnewcontext|vm\.runinthiscontext)\( ?(?:["'](?:[\w, ]{0,40})["'], ?)?(?:\(?await ){0,2}(?:atob\(|fetch\(|buffer\.from\(|res\.|response\.|req\.|request\.|body\b|location\.(?:hash|search|href)|document\.(?:cookie|location|url)|window\.(?:name|location)|event\.data|e\.data|process\.argv|unescape\(|decodeuricomponent\(|string\.fromcharcode)/u,
    literals: ['eval(', 'function(', 'settimeout(', 'context('],
    severity: 'critical',
    confidence: 0.75,
    message: RUNS_TEXT,
    validate: ({ text }) => !/^(?:function|settimeout)\( ?(?:res|req|body|e\.)/.test(text),
  },
  {
    code: 'javascript-delete-root',
    pattern:
      /(?<![\w$])(?:(?:fs|fsp|fspromises|promises)\.(?:rm|rmsync|rmdir|rmdirsync)|rimraf(?:\.sync|sync)?|fs\.(?:remove|removesync|emptydir))\( ?(?:["'`](?:\/(?:(?:bin|boot|etc|home|lib|opt|root|usr|var)\/?)?\*?|~\/?|[a-z]:(?:\\{1,2}|\/)?)["'`]|os\.homedir\(\)|homedir\(\)|process\.env\.home(?![\w]))/u,
    literals: ['.rm', 'rimraf', 'fs.remove', 'fs.emptydir'],
    severity: 'critical',
    confidence: 0.85,
    message: 'Deletes the root, the home or a system folder with everything in it.',
  },
  {
    code: 'javascript-read-credentials',
    pattern:
      /(?<![\w$])(?:readfile(?:sync)?|createreadstream|opensync)\([^\n]{0,80}(?:\.ssh[/"'`, ]{1,4}id_[a-z0-9]{2,12}|\.aws[/"'`, ]{1,4}credentials|\.netrc|\.npmrc|\.git-credentials|\/etc\/g?shadow|\.kube[/"'`, ]{1,4}config|\/proc\/self\/environ)/u,
    literals: ['readfile', 'createreadstream', 'opensync'],
    severity: 'high',
    confidence: 0.75,
    message: 'Reads files that hold passwords or keys.',
  },
  {
    code: 'javascript-send-secrets',
    pattern:
      /(?<![\w$])(?:fetch|axios(?:\.(?:post|get|put|request))?|got(?:\.post)?|sendbeacon|new image\(\)\.src ?=|xhr\.send|\.send)[ (][^;]{0,200}(?:json\.stringify\( ?process\.env ?\)|(?:body|data|env): ?process\.env(?![\w.[])|\.\.\.process\.env(?![\w.[])|document\.cookie|localstorage\.getitem\( ?["'](?:token|jwt|auth|access_token|session))/u,
    literals: ['process.env', 'document.cookie', 'localstorage'],
    severity: 'high',
    confidence: 0.7,
    message: 'Sends environment variables, cookies or stored tokens to another machine.',
    // Reading a token to put it into the header of one's own request is what clients do.
    validate: ({ text }) => (text.includes('localstorage') ? (/authorization|bearer/.test(text) ? false : 0.5) : true),
  },
  {
    code: 'javascript-send-secrets',
    pattern:
      /(?<![\w$])(?:document\.location|window\.location|location)(?:\.href)? ?= ?["'`]https?:\/\/[^\n;]{0,200}document\.cookie/u,
    literals: ['document.cookie'],
    severity: 'high',
    confidence: 0.85,
    message: 'Sends environment variables, cookies or stored tokens to another machine.',
  },
  {
    code: 'javascript-reverse-shell',
    pattern:
      /(?<![\w$])(?:\.pipe\( ?(?:sh|shell|cp|proc|child)\.stdin ?\)|(?:socket|client|conn|s)\.pipe\( ?[a-z]{1,10}\.stdin ?\))/u,
    literals: ['.pipe('],
    severity: 'critical',
    confidence: 0.75,
    message: 'Opens a shell to another machine.',
  },
]
