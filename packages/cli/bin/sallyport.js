#!/usr/bin/env node
// Committed, so that npm links it before the first build.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const built = new URL('../dist/main.js', import.meta.url)
if (!existsSync(fileURLToPath(built))) {
  process.stderr.write('sallyport is not built yet: run "npm run build" in the repository first.\n')
  process.exit(2)
}
const { main } = await import(built.href)
process.exitCode = await main(process.argv)
