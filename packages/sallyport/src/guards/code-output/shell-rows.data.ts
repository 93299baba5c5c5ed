import type { CodeRow } from './code-rule.ts'

const DELETES = 'Deletes the root, the home or a system folder with everything in it.'
const ERASES = 'Overwrites or formats a disk.'
const RUNS_REMOTE = 'Runs what it downloads, unseen.'
const RUNS_ENCODED = 'Runs commands that are hidden by an encoding.'
const REVERSE = 'Opens a shell to another machine.'
const READS = 'Reads files that hold passwords or keys.'
const SENDS = 'Sends environment variables or key files to another machine.'
const WEAKENS = 'Switches a protection of the system off.'
const ADMITS = 'Gives somebody lasting access to the system.'

/** Files that hold keys and passwords, as the end of a path. */
const SECRET_PATH =
  '(?:\\.ssh\\/(?:id_[a-z0-9]{2,12}|identity|\\*)|\\.aws\\/credentials|\\.netrc|\\.git-credentials|\\.docker\\/config\\.json|\\.kube\\/config|\\.gnupg\\/|\\.pgpass|\\.config\\/gcloud\\/|\\/etc\\/g?shadow|\\/proc\\/(?:self|[0-9]{1,7})\\/environ)'
const SECRET_LITERALS = [
  '.ssh/',
  '.aws/credentials',
  '.netrc',
  '.git-credentials',
  '.docker/config.json',
  '.kube/config',
  '.gnupg/',
  '.pgpass',
  '.config/gcloud/',
  '/etc/shadow',
  '/etc/gshadow',
  '/environ',
]

export const SHELL_ROWS: readonly CodeRow[] = [
  {
    code: 'shell-delete-root',
    pattern:
      /(?<![\w.-])rm (?:-{1,2}[a-z=-]{1,24} ){1,6}(?:-- )?["']?(?:\/(?:(?:bin|boot|dev|etc|home|lib|lib64|opt|root|sbin|srv|sys|usr|var)\/?)?\*?|(?:~|\$home|\$\{home\})\/?\*?)["']?(?![^\s;&|)"'`])/u,
    literals: ['rm -'],
    severity: 'critical',
    confidence: 0.9,
    message: DELETES,
    validate: ({ text }) => /^rm (?:\S{1,24} ){0,5}(?:-[a-z]{0,9}r|--recursive)/.test(text),
  },
  {
    code: 'shell-delete-root',
    pattern:
      /(?<![\w.-])find (?:\/|~|\$home)\/? (?:-[a-z]{1,12} [^\s;|&]{1,40} ){0,4}(?:-delete|-exec rm )(?![^\s;&|)"'`-])/u,
    literals: ['-delete', '-exec rm'],
    severity: 'critical',
    confidence: 0.85,
    message: DELETES,
  },
  {
    code: 'shell-delete-root',
    pattern:
      /(?<![\w.-])(?:(?:rd|rmdir) (?:\/[sq] ){1,2}|del (?:\/[sfqa] ){1,4}|remove-item (?:-[a-z]{4,10} ){1,3}|format )["']?(?:[a-z]:(?:\\(?:windows|users|\*(?:\.\*)?)?\\?)?|%(?:systemroot|systemdrive|userprofile)%\\?)["']?(?![^\s;&|)"'`])/u,
    literals: ['rd /', 'rmdir /', 'del /', 'remove-item ', 'format '],
    severity: 'critical',
    confidence: 0.85,
    message: DELETES,
  },
  {
    code: 'shell-erase-disk',
    pattern:
      /(?<![\w.-])(?:mkfs(?:\.[a-z0-9]{2,8})? |wipefs |blkdiscard |shred |dd )[^\n;|]{0,120}(?<=[ =])\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper\/|md)/u,
    literals: ['mkfs', 'wipefs ', 'blkdiscard ', 'shred ', 'dd '],
    severity: 'critical',
    confidence: 0.85,
    message: ERASES,
    validate: ({ text }) => !text.startsWith('dd ') || / of=\/dev\/[a-z]+$/.test(text.replace(/\/$/, '')),
  },
  {
    code: 'shell-erase-disk',
    pattern: /(?<![\w.-])(?:cat|echo|printf|yes) [^\n;|]{0,80}> ?\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk)[a-z0-9]/u,
    literals: ['/dev/'],
    severity: 'critical',
    confidence: 0.85,
    message: ERASES,
  },
  {
    code: 'shell-erase-backups',
    pattern: /(?<![\w.-])(?:vssadmin(?:\.exe)? delete shadows|wbadmin delete (?:catalog|systemstatebackup))/u,
    literals: ['vssadmin', 'wbadmin'],
    severity: 'critical',
    confidence: 0.9,
    message: 'Deletes the backups of the system.',
  },
  {
    code: 'shell-fork-bomb',
    pattern: /(?<![\w.])(?::|bomb|f) ?\(\) ?\{ ?(?::|bomb|f) ?\| ?(?::|bomb|f) ?& ?\} ?;/u,
    literals: ['()'],
    severity: 'high',
    confidence: 0.9,
    message: 'Starts processes without end.',
  },
  {
    code: 'shell-run-download',
    pattern:
      /(?<![\w.-])(?:curl|wget|fetch) [^\n|;]{1,300}\| ?(?:sudo (?:-[a-z]{1,3} )?)?(?:\/(?:usr\/)?bin\/)?(?:env )?(?:(?:ba|z|da|k|fi)?sh|python[23]?|perl|ruby|node|php)(?![\w./])/u,
    literals: ['curl ', 'wget ', 'fetch '],
    severity: 'high',
    confidence: 0.7,
    message: RUNS_REMOTE,
    // `| python -m json.tool` prints.
    validate: ({ text }) =>
      text.includes('://') || text.includes('$') || /\b(?:\d{1,3}\.){3}\d{1,3}|[a-z0-9-]\.[a-z]{2,}/.test(text),
  },
  {
    code: 'shell-run-download',
    pattern:
      /(?<![\w.-])(?:(?:(?:ba|z|da|k)?sh|source|eval|\.)(?: -[a-z]{1,3})? ["']?(?:<\(|\$\(|`)|python3? -c ["']?\$\() ?(?:curl|wget) /u,
    literals: ['curl ', 'wget '],
    severity: 'high',
    confidence: 0.75,
    message: RUNS_REMOTE,
  },
  {
    code: 'shell-run-download',
    pattern:
      /(?<![\w-])(?:(?:iex|invoke-expression)[ (]{1,4}[^\n;|]{0,100}(?:downloadstring|iwr|irm|invoke-webrequest|invoke-restmethod|webclient)|(?:iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)[ (][^\n;|]{1,200}\| ?(?:iex|invoke-expression)(?![\w-]))/u,
    literals: ['iex', 'invoke-expression'],
    severity: 'high',
    confidence: 0.8,
    message: RUNS_REMOTE,
  },
  {
    code: 'shell-run-download',
    pattern:
      /(?<![\w.-])(?:certutil(?:\.exe)? [^\n]{0,60}-urlcache|bitsadmin(?:\.exe)? [^\n]{0,60}\/transfer|mshta(?:\.exe)? ["']?(?:https?:|javascript:|vbscript:)|regsvr32(?:\.exe)? [^\n]{0,40}\/i:["']?https?:)/u,
    literals: ['-urlcache', '/transfer', 'mshta', '/i:'],
    severity: 'high',
    confidence: 0.85,
    message: RUNS_REMOTE,
  },
  {
    code: 'shell-run-encoded',
    pattern:
      /(?<![\w.-])(?:base64 (?:-d|--decode|-di)|base32 (?:-d|--decode)|xxd -r(?: -p)?|openssl (?:enc )?-?base64 -d|rev|tr (?:'[^'\n]{1,60}'|[^\s|]{1,60}) (?:'[^'\n]{1,60}'|[^\s|]{1,60}))(?: [^\n|;]{0,80})? ?\| ?(?:sudo )?(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da|k)?sh|python[23]?|perl|ruby|node)(?![\w./])/u,
    literals: ['base64 ', 'base32 ', 'xxd -r', 'rev', 'tr '],
    severity: 'critical',
    confidence: 0.9,
    message: RUNS_ENCODED,
  },
  {
    code: 'shell-run-encoded',
    pattern:
      /(?<![\w.-])(?:powershell|pwsh)(?:\.exe)? (?:-[a-z]{1,16} (?:[a-z0-9]{1,16} )?){0,6}-e(?:c|nc|ncodedcommand)? ["']?[a-z0-9+/=]{16,400}/u,
    literals: ['powershell', 'pwsh'],
    severity: 'critical',
    confidence: 0.9,
    message: RUNS_ENCODED,
  },
  {
    code: 'shell-reverse-shell',
    pattern: /\/dev\/(?:tcp|udp)\/[^\s/"']{1,100}\/[$\w{}]{1,20}/u,
    literals: ['/dev/tcp/', '/dev/udp/'],
    severity: 'critical',
    confidence: 0.8,
    message: REVERSE,
  },
  {
    code: 'shell-reverse-shell',
    pattern:
      /(?<![\w.-])(?:nc|ncat|netcat|nc\.traditional)(?:\.exe)? (?:[^\s;|&]{1,80} ){0,6}(?:-[a-z]{0,6}[ec]|--exec|--sh-exec) ?["']?(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da)?sh|cmd(?:\.exe)?|powershell)(?![\w])/u,
    literals: ['nc ', 'ncat', 'netcat', 'nc.'],
    severity: 'critical',
    confidence: 0.9,
    message: REVERSE,
  },
  {
    code: 'shell-reverse-shell',
    pattern:
      /(?<![\w.-])(?:mkfifo [^\n]{1,120}\| ?(?:nc|ncat|netcat|openssl s_client|telnet) |socat [^\n]{0,120}exec:["']?(?:[^\s"',]{0,20}\/)?(?:ba|z)?sh|(?:php|perl|ruby|python[23]?) -[rce] ["'][^\n]{0,200}(?:fsockopen|io::socket|tcpsocket|socket\.socket|use socket)|new-object (?:system\.)?net\.sockets\.tcpclient)/u,
    literals: [
      'mkfifo',
      'exec:',
      'fsockopen',
      'io::socket',
      'tcpsocket',
      'socket.socket',
      'use socket',
      'sockets.tcpclient',
    ],
    severity: 'critical',
    confidence: 0.85,
    message: REVERSE,
  },
  {
    code: 'shell-read-credentials',
    pattern: new RegExp(
      `(?<![\\w.-])(?:cat|less|more|head|tail|cp|mv|scp|rsync|tar|zip|base64|xxd|od|strings|grep|awk|sed|type|get-content|gc|curl|nc|sort|tac|nl) [^\\n;|]{0,100}${SECRET_PATH}`,
      'u',
    ),
    literals: SECRET_LITERALS,
    severity: 'high',
    confidence: 0.75,
    message: READS,
  },
  {
    code: 'shell-read-credentials',
    pattern:
      /(?<![\w.-])(?:mimikatz|sekurlsa::|lsadump::|secretsdump(?:\.py)?|reg(?:\.exe)? save hklm\\(?:sam|system|security)|procdump(?:64)?(?:\.exe)? [^\n]{0,40}lsass|security find-generic-password|http:\/\/169\.254\.169\.254\/latest\/meta-data\/iam)/u,
    literals: [
      'mimikatz',
      'sekurlsa',
      'lsadump',
      'secretsdump',
      'hklm\\',
      'procdump',
      'find-generic-password',
      '169.254.169.254',
    ],
    severity: 'critical',
    confidence: 0.8,
    message: READS,
  },
  {
    code: 'shell-send-secrets',
    pattern:
      /(?<![\w.-])(?:env|printenv|set|export -p) ?\| ?(?:base64[^\n|]{0,20}\| ?)?(?:curl|wget|nc|ncat|netcat|openssl s_client) /u,
    literals: ['env', 'set', 'export -p'],
    severity: 'critical',
    confidence: 0.85,
    message: SENDS,
  },
  {
    code: 'shell-send-secrets',
    pattern: new RegExp(
      `(?<![\\w.-])(?:curl|wget|nc|ncat) [^\\n]{0,200}(?:\\$\\(|\`) ?(?:env|printenv|base64|cat|whoami[^\\n]{0,40}cat)(?: [^\\n]{0,60}${SECRET_PATH}| ?[|)\`])`,
      'u',
    ),
    literals: ['curl ', 'wget ', 'nc ', 'ncat '],
    severity: 'critical',
    confidence: 0.85,
    message: SENDS,
  },
  {
    code: 'shell-open-permissions',
    pattern:
      /(?<![\w.-])(?:chmod (?:-{1,2}[a-z]{1,12} ){0,3}(?:0?777|a\+rwx|ugo\+rwx|[246]777) |chown (?:-{1,2}[a-z]{1,12} ){1,3}[\w.:$-]{1,40} )\/(?:(?:bin|boot|dev|etc|lib|root|sbin|usr|var)\/?)?(?![^\s;&|)"'`])/u,
    literals: ['chmod ', 'chown '],
    severity: 'high',
    confidence: 0.8,
    message: 'Gives everybody access to the whole system.',
  },
  {
    code: 'shell-disable-protection',
    pattern:
      /(?<![\w.-])(?:ufw (?:--force )?disable|iptables (?:-f|--flush)(?![\w-])|setenforce 0|systemctl (?:stop|disable|mask) (?:--now )?(?:auditd|apparmor|firewalld|falcon-sensor|clamav-daemon|ufw)|set-mppreference [^\n]{0,60}-disable|netsh advfirewall set [a-z]{3,20} state off|bcdedit [^\n]{0,40}recoveryenabled no|history -c(?![\w-])|unset histfile)/u,
    literals: [
      'ufw ',
      'iptables ',
      'setenforce',
      'systemctl ',
      'set-mppreference',
      'advfirewall',
      'bcdedit',
      'history -c',
      'unset histfile',
    ],
    severity: 'medium',
    confidence: 0.65,
    message: WEAKENS,
  },
  {
    code: 'shell-lasting-access',
    pattern:
      /(?:>> ?|tee (?:-a )?)["']?[^\s"']{0,60}(?:\.ssh\/authorized_keys|\/etc\/(?:sudoers(?:\.d\/[\w.-]{1,30})?|passwd|shadow|ld\.so\.preload))(?![\w.])/u,
    literals: ['authorized_keys', '/etc/'],
    severity: 'high',
    confidence: 0.7,
    message: ADMITS,
  },
  {
    code: 'shell-lasting-access',
    pattern:
      /(?<![\w.-])(?:useradd [^\n;|]{0,60}(?:-u 0|--uid 0)(?!\d)|net user [^\s]{1,40} [^\s]{1,40} \/add|net localgroup administrators [^\s]{1,40} \/add|usermod [^\n;|]{0,30}-ag? (?:sudo|wheel|root|docker) )/u,
    literals: ['useradd', 'net user', 'net localgroup', 'usermod'],
    severity: 'medium',
    confidence: 0.5,
    message: ADMITS,
  },
  {
    code: 'shell-rewrite-history',
    pattern:
      /(?<![\w.-])git (?:-c [^\s]{1,60} )?push (?:[^\n;|&]{0,80} )?(?:--force(?!-)|-f|--mirror|--delete)(?![^\s;&|)"'`])/u,
    literals: ['push'],
    severity: 'medium',
    confidence: 0.6,
    message: 'Overwrites or deletes what others have in a shared repository.',
  },
  {
    code: 'shell-destroy-infrastructure',
    pattern:
      /(?<![\w.-])(?:terraform destroy [^\n]{0,60}-auto-approve|terraform apply [^\n]{0,60}-destroy|kubectl delete (?:(?:ns|namespaces?|all|pvc?|crd|nodes?) [^\n]{0,60}--all(?![\w-])|--all (?:ns|namespaces?|all)|(?:ns|namespace) (?:kube-system|default|prod(?:uction)?)(?![\w-]))|aws s3 (?:rb [^\n]{1,100}--force|rm s3:\/\/[^\s]{1,100} [^\n]{0,40}--recursive)|aws ec2 terminate-instances |gcloud projects delete |az group delete |redis-cli [^\n]{0,60}flush(?:all|db)|dropdb )/u,
    literals: [
      'terraform ',
      'kubectl delete',
      'aws s3 r',
      'terminate-instances',
      'projects delete',
      'group delete',
      'redis-cli',
      'dropdb ',
    ],
    severity: 'high',
    confidence: 0.6,
    message: 'Destroys servers, clusters or stored data.',
  },
]
