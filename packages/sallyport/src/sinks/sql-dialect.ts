/** SQL dialects the encoders know. `mariadb` follows the rules of `mysql`. */
export type SqlDialect = 'postgres' | 'mysql' | 'mariadb' | 'sqlite'

export const SQL_DIALECTS = ['postgres', 'mysql', 'mariadb', 'sqlite'] as const satisfies readonly SqlDialect[]

export interface SqlOptions {
  readonly dialect: SqlDialect
}
