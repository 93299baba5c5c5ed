/** The part of SARIF 2.1.0 that we write (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). */
export interface SarifLog {
  readonly $schema: string
  readonly version: '2.1.0'
  readonly runs: readonly object[]
}

export interface SarifInput {
  readonly version: string
  /** `file:///…/`: what relative locations belong to. */
  readonly root?: string
  readonly rules: readonly {
    readonly id: string
    readonly title: string
    readonly help: string
    readonly tags: readonly string[]
  }[]
  readonly results: readonly {
    readonly ruleId: string
    readonly level: 'none' | 'note' | 'warning' | 'error'
    readonly kind?: 'pass' | 'fail' | 'review' | 'notApplicable'
    readonly message: string
    readonly location?: {
      readonly uri: string
      readonly startLine?: number
      readonly startColumn?: number
      readonly endLine?: number
      readonly endColumn?: number
    }
    readonly fingerprint: string
    readonly suppression?: { readonly kind: 'inSource' | 'external'; readonly justification: string }
  }[]
  /** Told beside the results: files that were not read. */
  readonly notes?: readonly { readonly uri: string; readonly text: string }[]
}

export function sarifLog({ version, root, rules, results, notes = [] }: SarifInput): SarifLog {
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sallyport',
            version,
            semanticVersion: version,
            rules: rules.map(({ id, title, help, tags }) => ({
              id,
              shortDescription: { text: title },
              help: { text: help },
              properties: { tags: ['security', ...tags] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        ...(root === undefined ? {} : { originalUriBaseIds: { ROOT: { uri: root } } }),
        invocations: [
          {
            executionSuccessful: true,
            ...(notes.length === 0
              ? {}
              : {
                  toolExecutionNotifications: notes.map(({ uri, text }) => ({
                    level: 'note',
                    message: { text },
                    locations: [{ physicalLocation: { artifactLocation: artifact(uri, root) } }],
                  })),
                }),
          },
        ],
        results: results.map(({ ruleId, level, kind, message, location, fingerprint, suppression }) => ({
          ruleId,
          ruleIndex: indexOf.get(ruleId) ?? -1,
          level,
          ...(kind === undefined ? {} : { kind }),
          message: { text: message },
          ...(location === undefined ? {} : { locations: [{ physicalLocation: physical(location, root) }] }),
          partialFingerprints: { 'sallyport/v1': fingerprint },
          ...(suppression === undefined ? {} : { suppressions: [suppression] }),
        })),
      },
    ],
  }
}

function physical(location: NonNullable<SarifInput['results'][number]['location']>, root: string | undefined): object {
  const { uri, startLine, startColumn, endLine, endColumn } = location
  const region = { startLine, startColumn, endLine, endColumn }
  return { artifactLocation: artifact(uri, root), ...(startLine === undefined ? {} : { region }) }
}

/** A relative reference: each segment of a path is percent-encoded by itself. */
function artifact(path: string, root: string | undefined): object {
  return {
    uri: path.split('/').map(encodeURIComponent).join('/'),
    ...(root === undefined ? {} : { uriBaseId: 'ROOT' }),
  }
}
