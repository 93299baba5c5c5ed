import { expect, it } from 'vitest'
import { readLocks } from './lock-files.ts'

const LOCKS: readonly (readonly [path: string, text: string, installed: readonly string[]])[] = [
  [
    'package-lock.json',
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { name: 'app', version: '1.0.0' },
        'node_modules/a': { version: '1.2.3' },
        'node_modules/a/node_modules/@s/b': { version: '2.0.0' },
        'node_modules/alias': { name: 'real', version: '3.0.0' },
        'node_modules/own': { link: true },
      },
    }),
    ['npm a 1.2.3', 'npm @s/b 2.0.0', 'npm real 3.0.0'],
  ],
  [
    'sub/package-lock.json',
    JSON.stringify({
      lockfileVersion: 1,
      dependencies: { a: { version: '1.0.0', dependencies: { b: { version: '2.0.0' } } } },
    }),
    ['npm a 1.0.0', 'npm b 2.0.0'],
  ],
  [
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\npackages:\n\n  '@s/b@2.0.0':\n    resolution: {}\n  a@1.2.3(p@1.0.0):\n    resolution: {}\n",
    ['npm @s/b 2.0.0', 'npm a 1.2.3'],
  ],
  [
    'yarn.lock',
    '# yarn lockfile v1\n\n"@s/b@^2", "@s/b@^2.0.0":\n  version "2.0.0"\n\na@^1:\n  version "1.2.3"\n',
    ['npm @s/b 2.0.0', 'npm a 1.2.3'],
  ],
  ['yarn.lock', '"a@npm:^1.0.0":\n  version: 1.2.3\n', ['npm a 1.2.3']],
  ['uv.lock', '[[package]]\nname = "a"\nversion = "1.2.3"\n', ['PyPI a 1.2.3']],
  ['poetry.lock', '[[package]]\nname = "a"\nversion = "1.2.3"\n', ['PyPI a 1.2.3']],
  ['Pipfile.lock', JSON.stringify({ default: { a: { version: '==1.2.3' } }, develop: {} }), ['PyPI a 1.2.3']],
  ['requirements.txt', '# pinned\na[x]==1.2.3 ; python_version > "3"\nb>=2\n', ['PyPI a 1.2.3']],
]

it.each(LOCKS)('reads what %s says is installed', (path, text, installed) => {
  const lock = readLocks([{ path, text }])
  expect(lock?.installed.map(({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`)).toEqual(installed)
  expect(lock?.packages).toBe(installed.length)
})

it.each([
  ['is no lock file', 'package.json', '{}'],
  ['cannot be read', 'package-lock.json', '{'],
  ['pins nothing', 'requirements.txt', 'a>=1\n'],
])('has nothing to say of a file that %s', (_, path, text) => {
  expect(readLocks([{ path, text }])).toBeUndefined()
})

it('joins several lock files', () => {
  const uv = { path: 'api/uv.lock', text: '[[package]]\nname = "a"\nversion = "1.2.3"\n' }
  expect(readLocks([uv, { ...uv, path: 'b/uv.lock' }])).toMatchObject({ file: 'api/uv.lock, b/uv.lock', packages: 2 })
})
