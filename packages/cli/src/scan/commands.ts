/** Fetches something and runs it without anybody seeing it: `curl … | sh`, `bash -c "$(wget …)"`, `iex (iwr …)`. */
export function isDownloadAndRun(command: string): boolean {
  return DOWNLOAD_AND_RUN.some((pattern) => pattern.test(command.slice(0, 20_000)))
}

const DOWNLOAD_AND_RUN: readonly RegExp[] = [
  /\b(?:curl|wget|fetch)\b[^|;&\n]{1,400}\|\s{0,8}(?:sudo\s{1,4}(?:-\w{1,8}\s{1,4})?)?(?:env\s{1,4})?(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|k|fi)?sh\b/,
  /\b(?:curl|wget)\b[^|;&\n]{1,400}\|\s{0,8}(?:sudo\s{1,4})?(?:python\d?|node|perl|ruby|php)\b/,
  /\b(?:ba|z|da)?sh\s{1,4}-\w{0,4}c\s{1,4}["'`]?\s{0,4}(?:\$\(|`)\s{0,4}(?:curl|wget)\b/,
  /\b(?:ba|z)?sh\s{1,4}<\(\s{0,4}(?:curl|wget)\b/,
  /\beval\s{1,4}["']?(?:\$\(|`)\s{0,4}(?:curl|wget)\b/,
  /\b(?:iex|invoke-expression)\b[^\n]{0,200}\b(?:iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b/i,
  /\b(?:iwr|irm|invoke-webrequest|invoke-restmethod)\b[^|\n]{1,400}\|\s{0,8}(?:iex|invoke-expression)\b/i,
  /\bbase64\s{1,4}(?:-d|-D|--decode)\b[^|\n]{0,200}\|\s{0,8}(?:ba|z|da)?sh\b/,
]

/** True when a package runner is told no version: `npx -y some-server`, `uvx some-server`, `docker run image:latest`. */
export function unpinnedPackage(command: string, args: readonly string[]): boolean {
  if (/(?:^|[\\/])(?:docker|podman|nerdctl)(?:\.exe)?$/.test(command)) return isUnpinnedImage(args)
  const runner = /(?:^|[\\/])(npx|bunx|pnpx|uvx|pipx|npm|pnpm|yarn|bun|uv)(?:\.cmd|\.exe)?$/.exec(command)?.[1]
  if (runner === undefined) {
    // `cmd /c npx …` on Windows.
    const inner = args.findIndex((arg) => /^(?:npx|bunx|pnpx|uvx)$/.test(arg))
    return (
      inner !== -1 &&
      /(?:^|[\\/])cmd(?:\.exe)?$/.test(command) &&
      unpinnedPackage(args[inner] ?? '', args.slice(inner + 1))
    )
  }
  const isPython = runner === 'uvx' || runner === 'pipx' || runner === 'uv'
  const rest = /^(?:npm|pnpm|yarn|bun|uv|pipx)$/.test(runner) ? afterSubcommand(args) : args
  const name = rest === undefined ? undefined : packageOf(rest)
  if (name === undefined || name.startsWith('.') || name.startsWith('/') || name.includes('${')) return false
  if (/^(?:git\+|github:|https?:)/.test(name)) return !/[@#][0-9a-f]{40}$/.test(name)
  return isPython ? !/(?:==|@)\d/.test(name) : !/.@v?\d+\.\d+/.test(name)
}

/** Options of `docker run` that stand alone; all others are followed by their value, or hold it. */
const ALONE =
  /^(?:--(?:rm|init|interactive|tty|detach|privileged|read-only|no-healthcheck|publish-all|quiet|sig-proxy|oom-kill-disable)|-[itdqP]+)$/

/** An image without a tag, or with `latest`, is another one tomorrow. */
function isUnpinnedImage(args: readonly string[]): boolean {
  const run = args.indexOf('run')
  if (run === -1) return false
  let at = run + 1
  while (args[at]?.startsWith('-') === true) at += ALONE.test(args[at] ?? '') || (args[at] ?? '').includes('=') ? 1 : 2
  const image = args[at]
  if (image === undefined || image.includes('${') || image.includes('@sha256:')) return false
  const tag = /:([^/:]+)$/.exec(image)?.[1]
  return tag === undefined || tag === 'latest'
}

/** What follows `exec`, `dlx`, `x`, `run` or `tool run`; undefined for other subcommands, which run what is installed. */
function afterSubcommand(args: readonly string[]): readonly string[] | undefined {
  const at = args.findIndex((arg) => /^(?:exec|dlx|x)$/.test(arg))
  if (at !== -1) return args.slice(at + 1)
  return args[0] === 'tool' && args[1] === 'run'
    ? args.slice(2)
    : args[0] === 'run' && args.some((arg) => arg.includes('=='))
      ? args.slice(1)
      : undefined
}

/** The package a runner is given: the value of `--package` or `--from`, or the first argument that is no option. */
function packageOf(args: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    const given = /^--(?:package|from)=(.+)$/.exec(arg)?.[1]
    if (given !== undefined) return given
    if (/^(?:-p|--package|--from)$/.test(arg)) return args[index + 1]
  }
  // `--no-install` and `--offline` take what is there.
  if (args.some((arg) => arg === '--no-install' || arg === '--offline')) return undefined
  return args.find(
    (arg, index) =>
      !arg.startsWith('-') && !/^(?:--python|--registry|--with|-c|--directory)$/.test(args[index - 1] ?? ''),
  )
}
