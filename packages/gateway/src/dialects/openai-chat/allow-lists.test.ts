import { describe, expect, it } from 'vitest'
import { sdkPaths } from '../../test-support/sdk-paths.ts'
import { shapePaths } from '../../test-support/shape-paths.ts'
import { chatRequestShape } from './request-shape.ts'
import { chatChunkShape, chatResponseShape } from './response-shape.ts'

const MODULE = 'resources/chat/completions/completions.d.ts'

function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...a].filter((path) => !b.has(path)).sort()
}

// Provider data about the text that is dropped, ids we replace, and free-form maps that are covered as free JSON.
const isModeration = (path: string): boolean => path === 'moderation' || path.startsWith('moderation.')

describe('the allow-lists of the openai-chat dialect', () => {
  it('know every request field of the installed SDK, and nothing else but what is listed here', () => {
    const sdk = sdkPaths(MODULE, 'ChatCompletionCreateParamsNonStreaming', 'ChatCompletionCreateParamsStreaming')
    const ours = shapePaths(chatRequestShape)
    // A guard against a test that compares two empty sets.
    expect(sdk.size).toBeGreaterThan(100)
    expect(difference(sdk, ours)).toEqual([])
    // The reasoning fields other OpenAI-compatible servers hand back.
    expect(difference(ours, sdk)).toEqual(['messages[].reasoning', 'messages[].reasoning_content'])
  })

  it('know every answer field of the installed SDK but those that are replaced or dropped on purpose', () => {
    const sdk = sdkPaths(MODULE, 'ChatCompletion')
    const ours = shapePaths(chatResponseShape)
    expect(sdk.size).toBeGreaterThan(50)
    expect(difference(sdk, ours).filter((path) => !isModeration(path))).toEqual(['id', 'object'])
    expect(difference(ours, sdk)).toEqual(['choices[].message.reasoning', 'choices[].message.reasoning_content'])
  })

  it('know every field of a streamed chunk of the installed SDK likewise', () => {
    const sdk = sdkPaths(MODULE, 'ChatCompletionChunk')
    const ours = shapePaths(chatChunkShape)
    expect(sdk.size).toBeGreaterThan(40)
    expect(difference(sdk, ours).filter((path) => !isModeration(path))).toEqual(['id', 'object'])
    expect(difference(ours, sdk)).toEqual([
      'choices[].delta.reasoning',
      'choices[].delta.reasoning_content',
      // Custom tools, which the SDK types only in whole answers.
      'choices[].delta.tool_calls[].custom',
      'choices[].delta.tool_calls[].custom.input',
      'choices[].delta.tool_calls[].custom.name',
    ])
  })
})
