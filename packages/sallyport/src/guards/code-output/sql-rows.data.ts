import type { CodeRow } from './code-rule.ts'

const NO_CONDITION = 'Changes or deletes every row: there is no condition.'
const SYSTEM = 'Reaches from the database to files or programs of its server.'

export const SQL_ROWS: readonly CodeRow[] = [
  {
    code: 'sql-drop',
    pattern:
      /(?<![\w.-])drop (?:database|schema|table|user|role|tablespace) (?:if exists )?["'`[]?[a-z_][\w.$"'`\]-]{0,80}(?: ?, ?["'`[]?[a-z_][\w.$"'`\]-]{0,80}){0,3}(?: (?:cascade|restrict)(?: constraints)?)? ?(?:;|(?=["'`)\n])|(?![\s\S]))/u,
    literals: ['drop '],
    severity: 'high',
    confidence: 0.7,
    message: 'Deletes a table, a schema or a database.',
    // Migrations and test set-ups drop what they are about to create.
    validate: ({ text }) => (text.includes(' if exists ') ? 0.45 : true),
  },
  {
    code: 'sql-truncate',
    pattern:
      /(?<![\w.-])truncate (?:table )?["'`[]?[a-z_][\w.$"'`\]-]{0,80}(?: (?:cascade|restart identity)){0,2} ?(?:;|(?![\s\S]))/u,
    literals: ['truncate '],
    severity: 'high',
    confidence: 0.7,
    message: 'Empties a table.',
  },
  {
    code: 'sql-delete-all',
    pattern:
      /(?<![\w.-])delete from ["'`[]?[a-z_][\w.$"'`\]]{0,80}(?: (?:as )?[a-z]{1,2})?(?:\s{1,2}where\s{1,2}(?:1 ?= ?1|true|'1' ?= ?'1'))?\s{0,2}(?:;|(?=["'`)])|(?![\s\S]))/u,
    literals: ['delete from'],
    severity: 'high',
    confidence: 0.7,
    message: NO_CONDITION,
  },
  {
    code: 'sql-update-all',
    pattern:
      /(?<![\w.-])update ["'`[]?[a-z_][\w.$"'`\]]{0,80}(?: (?:as )?[a-z]{1,2})?\s{1,2}set\s{1,2}["'`[]?[a-z_][\w.$"'`\]]{0,80} ?= ?[^;]{1,300}(?:;|(?![\s\S]))/u,
    literals: ['update '],
    severity: 'high',
    confidence: 0.65,
    message: NO_CONDITION,
    validate: ({ text }) =>
      !/[\s)'"`]where[\s(]|[\s)]limit\s/.test(text) || /\swhere\s{1,2}(?:1 ?= ?1|true)\s{0,2};?$/.test(text),
  },
  {
    code: 'sql-grant-all',
    pattern:
      /(?<![\w.-])grant all(?: privileges)? on (?:\*\.\*|all tables|database ["'`]?[\w.$-]{1,60}["'`]?) to (?:public|["'`][\w$%-]{0,60}["'`]@["'`]%["'`])/u,
    literals: ['grant all'],
    severity: 'high',
    confidence: 0.6,
    message: 'Gives all rights to everybody or from everywhere.',
  },
  {
    code: 'sql-run-program',
    pattern:
      /(?<![\w.])(?:xp_cmdshell(?![\w])|sp_oacreate(?![\w])|(?:to|from) program ?["'$]|sys_exec ?\(|sys_eval ?\(|load_extension ?\(|dbms_scheduler\.create_job)/u,
    literals: ['xp_cmdshell', 'sp_oacreate', ' program', 'sys_exec', 'sys_eval', 'load_extension', 'dbms_scheduler'],
    severity: 'critical',
    confidence: 0.75,
    message: SYSTEM,
    validate: ({ text, before }) => !/^(?:to|from)/.test(text) || /copy\s[^;]{0,90}$/.test(before),
  },
  {
    code: 'sql-server-files',
    pattern:
      /(?<![\w.])(?:into (?:outfile|dumpfile) ?["']|load_file ?\(|load data infile ?["']|pg_read_file ?\(|pg_ls_dir ?\(|lo_import ?\(|lo_export ?\(|utl_file\.fopen)/u,
    literals: [
      'outfile',
      'dumpfile',
      'load_file',
      'load data infile',
      'pg_read_file',
      'pg_ls_dir',
      'lo_import',
      'lo_export',
      'utl_file',
    ],
    severity: 'high',
    confidence: 0.65,
    message: SYSTEM,
  },
  {
    code: 'sql-read-credentials',
    pattern:
      /(?<![\w.])select [^;]{1,120}\sfrom\s{1,2}(?:mysql\.user|pg_shadow|pg_authid|sys\.user\$|dba_users|sys\.sql_logins|master\.\.syslogins|master\.sys\.sql_logins)(?![\w.])/u,
    literals: ['mysql.user', 'pg_shadow', 'pg_authid', 'sys.user$', 'dba_users', 'sql_logins', 'syslogins'],
    severity: 'high',
    confidence: 0.7,
    message: 'Reads the password table of the database.',
  },
]
