/**
 * The schema, one step a version: `PRAGMA user_version` counts the steps a file has seen. A step that was published is
 * never changed, only followed by another.
 */
export const SQLITE_MIGRATIONS: readonly string[] = [
  // IF NOT EXISTS: files of before versions were counted have this table already.
  `CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'client')),
    digest TEXT NOT NULL UNIQUE, hint TEXT NOT NULL,
    created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT
  ) STRICT`,
  `ALTER TABLE keys RENAME TO keys_1;
  CREATE TABLE keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'client')),
    digest TEXT NOT NULL UNIQUE, hint TEXT NOT NULL,
    created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT, expires_at TEXT, replaced_by TEXT,
    scope TEXT NOT NULL CHECK (json_valid(scope))
  ) STRICT;
  INSERT INTO keys SELECT id, name, role, digest, hint, created_at, last_used_at, revoked_at, NULL, NULL, '{}' FROM keys_1;
  DROP TABLE keys_1`,
  `CREATE TABLE installation (
    one INTEGER PRIMARY KEY CHECK (one = 1), key_check TEXT NOT NULL
  ) STRICT;
  CREATE TABLE config_versions (
    digest TEXT PRIMARY KEY, config TEXT NOT NULL CHECK (json_valid(config))
  ) STRICT;
  CREATE TABLE config_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, "by" TEXT NOT NULL, version TEXT NOT NULL,
    policy_digest TEXT NOT NULL, config_digest TEXT NOT NULL, changed INTEGER NOT NULL CHECK (changed IN (0, 1))
  ) STRICT;
  CREATE TABLE usage (
    day TEXT NOT NULL, key_id TEXT NOT NULL, "user" TEXT NOT NULL, model TEXT NOT NULL,
    requests INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
    PRIMARY KEY (day, key_id, "user", model)
  ) STRICT, WITHOUT ROWID`,
]
