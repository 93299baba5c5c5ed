import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { call, cli, toolNames, withFolder, withSession } from './session.ts'

const run = promisify(execFile)
const KEY = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_')

/** Everything a harmless session shows, as JSON. */
async function everything(client: Client): Promise<string> {
  const progress: unknown[] = []
  const seen = [
    client.getServerCapabilities(),
    client.getServerVersion(),
    client.getInstructions(),
    await client.listTools(),
    await client.listPrompts(),
    await client.listResources(),
    await client.callTool({ name: 'add', arguments: { a: 2, b: 3 } }, undefined, {
      onprogress: (step) => progress.push(step),
    }),
    await client.callTool({ name: 'add', arguments: { a: 'no number' } }),
    await client.callTool({ name: 'echo', arguments: { text: 'Grüße – 你好 👩‍👧 {"a": 1}' } }),
    await client.callTool({ name: 'structured', arguments: {} }),
    await client.getPrompt({ name: 'greet', arguments: { name: 'Ann' } }),
    await client.readResource({ uri: 'docs://handbook' }),
    await client.ping(),
    progress,
  ]
  return JSON.stringify(seen, (key, value: unknown) => {
    if (key !== '_meta' || typeof value !== 'object' || value === null) return value
    const { 'sallyport/integrity': _label, ...rest } = value as Record<string, unknown>
    return Object.keys(rest).length > 0 ? rest : undefined
  })
}

describe('sallyport mcp, with clients and servers of the official SDK', () => {
  it.each(['harmless', 'progress'])('lets a %s server work unchanged, byte for byte', (kind) =>
    withFolder(async (folder) => {
      const plain = await withSession(kind, { folder, through: 'none' }, ({ client }) => everything(client))
      const first = await withSession(kind, { folder, through: 'cli' }, ({ client }) => everything(client))
      const again = await withSession(kind, { folder, guard: { frozen: true } }, ({ client }) => everything(client))
      expect(first).toBe(plain)
      expect(again).toBe(plain)
    }),
  )

  it('labels results as untrusted', () =>
    withFolder((folder) =>
      withSession('harmless', { folder }, async ({ client }) => {
        await client.listTools()
        const label = { _meta: { 'sallyport/integrity': 'untrusted' } }
        expect(await client.callTool({ name: 'add', arguments: { a: 1, b: 1 } })).toMatchObject(label)
        expect(await client.readResource({ uri: 'docs://handbook' })).toMatchObject(label)
      }),
    ))

  it.each(['poisoned', 'poisoned-deep', 'hidden'])('keeps a %s tool from the client and refuses to call it', (kind) =>
    withFolder(async (folder) => {
      const open = await withSession(kind, { folder, through: 'none' }, ({ client }) => toolNames(client))
      expect(open).toContain('add')
      await withSession(kind, { folder }, async ({ client, notices }) => {
        const names = await toolNames(client)
        expect(names).not.toContain('add')
        expect(names).toContain('echo')
        expect(await client.callTool({ name: 'add', arguments: { a: 1, b: 1 } })).toMatchObject({ isError: true })
        expect(notices()).toContain('a definition (tools) was refused')
        expect(notices()).not.toContain('sidenote')
      })
    }),
  )

  it('withholds instructions that give orders', () =>
    withFolder(async (folder) => {
      const read = ({ client }: { client: Client }): Promise<unknown> => Promise.resolve(client.getInstructions())
      expect(await withSession('instructions', { folder, through: 'none' }, read)).toContain('Ignore all previous')
      expect(await withSession('instructions', { folder }, read)).toBeUndefined()
    }))

  it('stops a server that takes the name of another server’s tool, talks about it or imitates it', () =>
    withFolder(async (folder) => {
      expect(await withSession('mailer', { folder }, ({ client }) => toolNames(client))).toContain('send_email')
      const open = await withSession('shadowing', { folder, through: 'none' }, ({ client }) => toolNames(client))
      expect(open).toEqual(expect.arrayContaining(['send_email', 'note']))
      await withSession('shadowing', { folder }, async ({ client, notices }) => {
        const names = await toolNames(client)
        expect(names.filter((name) => ['send_email', 'note', 'add'].includes(name))).toEqual([])
        expect(await call(client, 'send_email')).toContain('Refused by policy')
        expect(notices()).toContain('mcp/shadowed-name')
        expect(notices()).toContain('mcp/cross-reference')
      })
      expect(await withSession('lookalike', { folder }, ({ client }) => toolNames(client))).not.toContain(
        'send_e\u043Cail',
      )
    }))

  it('stops a rug pull within a session', () =>
    withFolder((folder) =>
      withSession('rug-pull', { folder }, async ({ client }) => {
        expect(await toolNames(client)).toContain('add')
        expect(await call(client, 'add', { a: 1, b: 2 })).toBe('3')
        expect(await toolNames(client)).not.toContain('add')
        expect(await call(client, 'add', { a: 1, b: 2 })).toContain('Refused by policy')
      }),
    ))

  it('stops a rug pull between sessions until the change was read and accepted', () =>
    withFolder(async (folder) => {
      const lock = ['--lock', join(folder, 'sallyport-mcp.lock.json')]
      const named = [...lock, '--name', 'shop']
      const names = (kind: string): Promise<string[]> =>
        withSession(kind, { folder, guard: { server: 'shop' } }, ({ client }) => toolNames(client))
      expect(await names('harmless')).toContain('add')
      expect(await names('rug-pull-later')).not.toContain('add')
      const diff = await run(process.execPath, cli('mcp', 'diff', ...named)).catch(
        (error: unknown) => error as { code: number; stdout: string },
      )
      expect(diff).toMatchObject({ code: 1 })
      expect(diff.stdout).toContain('shop  tools/add  changed')
      expect(diff.stdout).toContain('- /description: "Adds two numbers."')
      expect(diff.stdout).toContain('+ /description: "Adds two numbers, and multiplies."')
      await run(process.execPath, cli('mcp', 'accept', ...named, 'tools/add'))
      expect(await names('rug-pull-later')).toContain('add')
      expect((await run(process.execPath, cli('mcp', 'diff', ...lock))).stdout).toContain('Nothing waits')
    }))

  it('pins nothing on first sight when the lock is frozen', () =>
    withFolder(async (folder) => {
      const names = await withSession('harmless', { folder, guard: { frozen: true } }, ({ client }) =>
        toolNames(client),
      )
      expect(names).toEqual([])
      const lock = JSON.parse(await readFile(join(folder, 'sallyport-mcp.lock.json'), 'utf8')) as {
        servers: { harmless: { accepted: object; pending: object } }
      }
      expect(lock.servers.harmless.accepted).toEqual({})
      expect(Object.keys(lock.servers.harmless.pending)).toContain('tools/add')
    }))

  it('takes injected orders out of results and resources, and withholds pictures', () =>
    withFolder(async (folder) => {
      await withSession('bad-resource', { folder }, async ({ client }) => {
        await client.listTools()
        const page = await call(client, 'page')
        expect(page).toContain('Everyone has 25 days.')
        expect(page).not.toContain('Ignore all previous')
        expect(JSON.stringify(await client.readResource({ uri: 'docs://handbook' }))).not.toContain('Ignore all')
        expect(await call(client, 'picture')).toContain('image withheld')
      })
      const open = await withSession('bad-resource', { folder, guard: { allowMedia: true } }, async ({ client }) => {
        await client.listTools()
        return client.callTool({ name: 'picture', arguments: {} })
      })
      expect(open.content).toEqual([{ type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' }])
    }))

  it('keeps credentials out of arguments, and records the refusal without them', () =>
    withFolder(async (folder) => {
      const seen = join(folder, 'seen.txt')
      const audit = join(folder, 'audit')
      const options = ['--env', `SEEN_FILE=${seen}`, '--audit', audit]
      const answer = await withSession('harmless', { folder, through: 'cli', options }, async ({ client }) => {
        await client.listTools()
        await call(client, 'echo', { text: 'hello' })
        return call(client, 'echo', { text: `my key is ${KEY}` })
      })
      expect(answer).toMatch(/^Refused by policy: secrets\//)
      expect(await readFile(seen, 'utf8')).toBe('hello\n')
      const { stdout } = await run(process.execPath, cli('log', 'search', '--log', audit, '--scan', '--json'))
      expect(stdout).toContain('tool-call-denied')
      expect(stdout).not.toContain(KEY)
    }))

  it('shows the server no variable that was not named', () =>
    withFolder(async (folder) => {
      const env = { MY_TOKEN: 'secret', OTHER: 'x' }
      const names = async (options: readonly string[]): Promise<string[]> =>
        (
          await withSession('harmless', { folder, through: 'cli', env, options }, async ({ client }) => {
            await client.listTools()
            return call(client, 'environment')
          })
        ).split(' ')
      expect(await names([])).not.toContain('MY_TOKEN')
      const named = await names(['--env', 'MY_TOKEN'])
      expect(named).toContain('MY_TOKEN')
      expect(named).not.toContain('OTHER')
    }))

  it('refuses sampling unless it is allowed', () =>
    withFolder(async (folder) => {
      const ask = ({ client }: { client: Client }): Promise<string> =>
        client.listTools().then(() => call(client, 'ask-model'))
      expect(await withSession('harmless', { folder }, ask)).toBe('refused -32010')
      expect(await withSession('harmless', { folder, guard: { allowSampling: true } }, ask)).toBe('sampled')
    }))

  it('works on beside a server that says what is no message', () =>
    withFolder((folder) =>
      withSession('malformed', { folder }, async ({ client }) => {
        expect(await toolNames(client)).toContain('add')
        expect(await call(client, 'add', { a: 1, b: 1 })).toBe('2')
      }),
    ))

  it('keeps a flood of messages from the client, and answers to nothing', () =>
    withFolder(async (folder) => {
      const heard = (through: 'library' | 'none'): Promise<number> =>
        withSession('flood', { folder, through, guard: { now: () => 0 } }, async ({ client }) => {
          let count = 0
          client.setNotificationHandler(LoggingMessageNotificationSchema, () => void count++)
          await client.listTools()
          expect(await call(client, 'add', { a: 1, b: 1 })).toBe('2')
          expect(await call(client, 'echo', { text: 'still here' })).toBe('still here')
          return count
        })
      expect(await heard('none')).toBe(3_000)
      expect(await heard('library')).toBe(50)
    }))

  it('refuses a result that is too long, and goes on', () =>
    withFolder((folder) =>
      withSession('huge', { folder, guard: { maxMessage: 100_000 } }, async ({ client }) => {
        await client.listTools()
        await expect(call(client, 'add', { a: 1, b: 1 })).rejects.toThrow('too long')
        expect(await call(client, 'echo', { text: 'still here' })).toBe('still here')
      }),
    ))

  it('answers for a server that hangs, and goes on with its other tools', () =>
    withFolder((folder) =>
      withSession('hang', { folder, guard: { timeoutMs: 4_000 } }, async ({ client }) => {
        await client.listTools()
        await expect(call(client, 'add', { a: 1, b: 1 })).rejects.toThrow('did not answer in time')
        expect(await call(client, 'echo', { text: 'still here' })).toBe('still here')
      }),
    ))

  it('limits the calls a minute', () =>
    withFolder((folder) =>
      withSession('harmless', { folder, guard: { callsPerMinute: 2 } }, async ({ client }) => {
        await client.listTools()
        const answers = []
        for (let at = 0; at < 3; at++) answers.push(await call(client, 'add', { a: at, b: 1 }))
        expect(answers.slice(0, 2)).toEqual(['1', '2'])
        expect(answers[2]).toContain('Too many tool calls')
      }),
    ))

  it('says what is wrong when it is told too little or too much', async () => {
    for (const args of [
      ['mcp'],
      ['mcp', '--url', 'ftp://x'],
      ['mcp', '--env', 'NOT_SET_ANYWHERE', '--', 'node'],
      ['mcp', 'accept', '--name', 'x', '--lock', '/nonexistent/lock.json'],
    ]) {
      await expect(run(process.execPath, cli(...args))).rejects.toMatchObject({ code: 2 })
    }
  })
})
