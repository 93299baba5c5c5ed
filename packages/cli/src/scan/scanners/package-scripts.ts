import { isDownloadAndRun } from '../commands.ts'
import type { RawFinding } from '../finding.ts'
import { isRecord, readJson } from '../json-file.ts'
import type { Scanner } from './scanner.ts'

/** Scripts that npm runs on installing, whoever asked for the package. */
const ON_INSTALL = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'dependencies']

/** What honest install scripts do not do. */
const UNUSUAL: readonly (readonly [RegExp, string])[] = [
  [
    /\bnode\s{1,4}(?:-e|--eval|-p|--print)\b[^\n]{0,2000}(?:https?:|child_process|Buffer\.from|eval\(|atob\()/,
    'It runs inline code that downloads, decodes or starts something.',
  ],
  [/\b(?:curl|wget|Invoke-WebRequest|iwr)\b[^\n]{0,400}https?:/, 'It calls the network.'],
  [
    /\b(?:curl|wget|nc|ncat)\b[^\n]{0,400}\$(?:\{|\()?(?:[A-Z_]*(?:TOKEN|KEY|SECRET|PASSWORD)|env\b|HOME|USER)/,
    'It sends values of the environment away.',
  ],
  [
    /\b(?:cat|base64|tar)\b[^\n]{0,200}(?:~\/\.(?:ssh|aws|npmrc|config)|\.env\b|id_rsa)/,
    'It reads files with credentials.',
  ],
  [/\bbase64\s{1,4}(?:-d|-D|--decode)\b|\\x[0-9a-f]{2}\\x[0-9a-f]{2}\\x[0-9a-f]{2}/, 'It decodes what it runs.'],
]

export const scanPackageScripts: Scanner = (file) => {
  if (file.kind !== 'package') return []
  const json = readJson(file)
  if (json === undefined || !isRecord(json.value) || !isRecord(json.value['scripts'])) return []
  const { scripts } = json.value as { readonly scripts: Readonly<Record<string, unknown>> }
  return ON_INSTALL.flatMap((name): RawFinding[] => {
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined
    if (typeof script !== 'string') return []
    const span = json.spanOf(['scripts', name])
    if (isDownloadAndRun(script)) {
      return [
        {
          rule: 'downloads-and-runs',
          level: 'error',
          ...span,
          message: `The script ${name} downloads something and runs it.`,
        },
      ]
    }
    const unusual = UNUSUAL.find(([pattern]) => pattern.test(script))
    return unusual === undefined
      ? []
      : [{ rule: 'install-script', level: 'warning', ...span, message: `The script ${name}: ${unusual[1]}` }]
  })
}
