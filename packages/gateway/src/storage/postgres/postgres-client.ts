/** What we use of the package `pg`, which is there only where it is used. */
export interface PostgresClient {
  query<Row = Readonly<Record<string, unknown>>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Row[]; readonly rowCount: number | null }>
}

export interface PooledClient extends PostgresClient {
  /** With `true` the connection is closed instead of used again. */
  release(destroy?: boolean): void
}

export interface PostgresPool extends PostgresClient {
  connect(): Promise<PooledClient>
  on(event: 'error', listener: () => void): unknown
  end(): Promise<void>
}

/** A connection of its own, for notifications. */
export interface PostgresListener extends PostgresClient {
  connect(): Promise<unknown>
  on(event: 'notification' | 'error' | 'end', listener: () => void): unknown
  end(): Promise<void>
}

type Settings = Readonly<Record<string, unknown>>

export interface PostgresPackage {
  readonly Pool: new (settings: Settings) => PostgresPool
  readonly Client: new (settings: Settings) => PostgresListener
}
