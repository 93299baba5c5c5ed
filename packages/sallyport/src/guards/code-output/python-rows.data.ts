import type { CodeRow } from './code-rule.ts'

const RUNS_TEXT = 'Runs text as a program that comes from outside.'
const BUILDS_COMMAND = 'Builds a shell command from values: whoever chooses the values chooses the command.'

export const PYTHON_ROWS: readonly CodeRow[] = [
  {
    code: 'python-delete-root',
    pattern:
      /(?<![\w.])(?:shutil\.)?rmtree\( ?(?:r|f)?(?:os\.path\.expanduser\( ?)?["'](?:\/(?:(?:bin|boot|etc|home|lib|opt|root|usr|var)\/?)?|~\/?|[a-z]:(?:\\{1,2}|\/)?(?:windows|users)?)["']|(?<![\w.])rmtree\( ?(?:path\.home\(\)|os\.environ\[["']home["']\])/u,
    literals: ['rmtree'],
    severity: 'critical',
    confidence: 0.9,
    message: 'Deletes the root, the home or a system folder with everything in it.',
  },
  {
    code: 'python-shell-command',
    pattern:
      /(?<![\w.])(?:os\.(?:system|popen)|commands\.getoutput|subprocess\.getoutput|subprocess\.getstatusoutput)\( ?(?:f["']|input\(|(?:sys\.argv|request\.|req\.)|["'][^"'\n]{0,200}["'] ?(?:\+|%|\.format)|[a-z_][\w.[\]"']{0,60} ?[+)%])/u,
    literals: ['os.system', 'os.popen', 'getoutput', 'getstatusoutput'],
    severity: 'high',
    confidence: 0.65,
    message: BUILDS_COMMAND,
  },
  {
    code: 'python-shell-command',
    pattern:
      /(?<![\w.])(?:subprocess\.)?(?:run|call|popen|check_output|check_call)\(\s{0,2}(?:[a-z_]|["'][^"'\n]{0,150}["'] ?(?:\+|%|\.format))[^)]{0,200}shell ?= ?true/u,
    literals: ['shell=true', 'shell = true', 'shell= true', 'shell =true'],
    severity: 'high',
    confidence: 0.65,
    message: BUILDS_COMMAND,
  },
  {
    code: 'python-run-text',
    pattern:
      /(?<![\w.])(?:eval|exec)\( ?(?:compile\( ?)?(?:input\(|raw_input\(|sys\.(?:argv|stdin)|requests\.|urllib|urlopen|httpx\.|response\.|resp\.text|request\.|base64\.|b64decode|zlib\.|marshal\.|codecs\.|bytes\.fromhex|binascii\.|__import__|open\([^)\n]{0,100}\)\.read)/u,
    literals: ['eval(', 'exec('],
    severity: 'critical',
    confidence: 0.8,
    message: RUNS_TEXT,
  },
  {
    code: 'python-run-text',
    pattern:
      /(?<![\w.])(?:__import__\( ?["'](?:os|subprocess|pty|socket)["'] ?\)\.(?:system|popen|run|call|spawn|check_output|socket)|getattr\( ?(?:__import__\(|__builtins__)|importlib\.import_module\( ?["']os["'] ?\)\.system)/u,
    literals: ['__import__', '__builtins__', 'import_module'],
    severity: 'critical',
    confidence: 0.85,
    message: RUNS_TEXT,
  },
  {
    code: 'python-unsafe-load',
    pattern: /(?<![\w.])(?:c?pickle|dill|cloudpickle|marshal|jsonpickle)\.(?:loads?|decode|unpickler)\(/u,
    literals: ['pickle.', 'dill.', 'marshal.'],
    severity: 'medium',
    confidence: 0.55,
    message: 'Loads objects in a form that can run code while it is read.',
  },
  {
    code: 'python-unsafe-load',
    pattern:
      /(?<![\w.])yaml\.(?:unsafe_load(?:_all)?\(|load(?:_all)?\([^\n)]{0,120}(?:\)|(?:loader ?= ?)?yaml\.(?:unsafe|full)?loader))/u,
    literals: ['yaml.'],
    severity: 'medium',
    confidence: 0.55,
    message: 'Loads objects in a form that can run code while it is read.',
    validate: ({ text }) => !/c?safeloader|c?baseloader|rtloader/.test(text),
  },
  {
    code: 'python-reverse-shell',
    pattern: /(?<![\w.])(?:os\.dup2\( ?[a-z_]\w{0,20}\.fileno\(\)|pty\.spawn\( ?["'][^"'\n]{0,20}sh["'])/u,
    literals: ['os.dup2', 'pty.spawn'],
    severity: 'critical',
    confidence: 0.8,
    message: 'Opens a shell to another machine.',
  },
  {
    code: 'python-read-credentials',
    pattern:
      /(?<![\w.])(?:open|read_text|read_bytes|path|expanduser|join)\([^\n]{0,80}(?:\.ssh[/"', ]{1,4}id_[a-z0-9]{2,12}|\.aws[/"', ]{1,4}credentials|\.netrc|\.git-credentials|\/etc\/g?shadow|login data["']|\.kube[/"', ]{1,4}config|\/proc\/self\/environ)/u,
    literals: ['id_', '.aws', '.netrc', '.git-credentials', 'shadow', 'login data', '.kube', '/environ'],
    severity: 'high',
    confidence: 0.75,
    message: 'Reads files that hold passwords or keys.',
  },
  {
    code: 'python-send-secrets',
    pattern:
      /(?<![\w.])(?:requests|httpx|session|client|urllib3?)\.(?:post|get|put|request|urlopen|request\.urlopen)\([^\n]{0,200}(?:dict\( ?os\.environ|os\.environ(?:\.copy\(\))?(?![\w.[])|open\([^\n)]{0,60}(?:\.ssh|\.aws|\.netrc|\/etc\/(?:passwd|shadow)))/u,
    literals: ['os.environ', '.ssh', '.aws', '.netrc', '/etc/'],
    severity: 'critical',
    confidence: 0.85,
    message: 'Sends environment variables or key files to another machine.',
  },
]
