/** The tables of the gateway, one step a version. A step that was published is never changed, only followed by another. */
export const POSTGRES_MIGRATIONS: readonly ((schema: string) => string)[] = [
  (schema) => `
  CREATE TABLE ${schema}.installation (
    one integer PRIMARY KEY CHECK (one = 1), key_check text NOT NULL, keys_revision bigint NOT NULL DEFAULT 0
  );
  CREATE TABLE ${schema}.keys (
    id text PRIMARY KEY, name text NOT NULL, role text NOT NULL CHECK (role IN ('admin', 'operator', 'client')),
    digest text NOT NULL UNIQUE, hint text NOT NULL,
    created_at timestamptz(3) NOT NULL, last_used_at timestamptz(3), revoked_at timestamptz(3), expires_at timestamptz(3),
    replaced_by text, scope text NOT NULL CHECK (scope::json IS NOT NULL),
    sequence bigint GENERATED ALWAYS AS IDENTITY, revision bigint NOT NULL
  );
  CREATE INDEX ON ${schema}.keys (revision);
  CREATE TABLE ${schema}.config_versions (digest text PRIMARY KEY, config text NOT NULL CHECK (config::json IS NOT NULL));
  CREATE TABLE ${schema}.config_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz(3) NOT NULL, "by" text NOT NULL,
    version text NOT NULL, policy_digest text NOT NULL, config_digest text NOT NULL, changed boolean NOT NULL
  );
  CREATE TABLE ${schema}.usage (
    day date NOT NULL, key_id text NOT NULL, "user" text NOT NULL, model text NOT NULL,
    requests bigint NOT NULL, prompt_tokens bigint NOT NULL, completion_tokens bigint NOT NULL,
    PRIMARY KEY (day, key_id, "user", model)
  )`,
]
