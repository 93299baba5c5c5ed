/**
 * What each event is called elsewhere: the word of the OWASP Logging Vocabulary, the class and activity of OCSF 1.6 and
 * the threats it is evidence of (OWASP LLM Top 10 2026, OWASP Agentic 2026, MITRE ATLAS). `failure` rows hold when the
 * outcome is `failure`, `review` or `block`, `activities` rows when the event names what was done. `owasp` is null where
 * the vocabulary has no word for it.
 */
export const EVENT_CATALOGUE = {
  auth_attempt: {
    summary: 'Somebody showed a key or signed in.',
    owasp: 'authn_login_success',
    ocsf: { classUid: 3002, activityId: 1 },
    severity: 'info',
    threats: [],
    failure: { owasp: 'authn_login_fail', severity: 'medium', threats: ['ASI03'] },
  },
  authz: {
    summary: 'Somebody known asked for what they may not do, or an administrator did what they may.',
    owasp: 'authz_admin',
    ocsf: { classUid: 6003, activityId: 99 },
    severity: 'info',
    threats: [],
    failure: { owasp: 'authz_fail', severity: 'medium', threats: ['ASI03'] },
  },
  rate_limit: {
    summary: 'A limit was reached.',
    owasp: 'excess_rate_limit_exceeded',
    ocsf: { classUid: 6003, activityId: 99 },
    severity: 'low',
    threats: ['LLM06:2026', 'AML.T0029', 'AML.T0034'],
  },
  injection_attempt: {
    summary: 'Text that tries to give the model orders.',
    owasp: 'mcp_prompt_injection',
    ocsf: { classUid: 2004, activityId: 1 },
    severity: 'medium',
    threats: ['LLM01:2026', 'ASI01', 'AML.T0051'],
  },
  policy_violation: {
    summary: 'Text or a request that the policy edits or refuses.',
    owasp: 'input_validation_fail',
    ocsf: { classUid: 2004, activityId: 1 },
    severity: 'medium',
    threats: ['LLM02:2026'],
  },
  'tool-call': {
    summary: 'The model called a tool.',
    owasp: null,
    ocsf: { classUid: 6003, activityId: 99 },
    severity: 'info',
    threats: ['AML.T0053'],
    failure: { owasp: 'authz_fail', severity: 'medium', threats: ['LLM03:2026', 'ASI02', 'AML.T0053'] },
  },
  'config-change': {
    summary: 'The running configuration or policy changed.',
    owasp: 'sensitive_update',
    ocsf: { classUid: 3004, activityId: 3 },
    severity: 'medium',
    threats: [],
  },
  'key-lifecycle': {
    summary: 'A key was made, rotated or revoked.',
    owasp: 'authn_token_created',
    ocsf: { classUid: 3004, activityId: 1 },
    severity: 'low',
    threats: [],
    activities: {
      update: { owasp: 'authn_token_created', activityId: 3 },
      delete: { owasp: 'authn_token_revoked', activityId: 4 },
    },
    // A revoked key was given again.
    failure: { owasp: 'authn_token_reuse', severity: 'medium', threats: ['ASI03'] },
  },
  'secret-access': {
    summary: 'A secret was read.',
    owasp: 'sensitive_read',
    ocsf: { classUid: 3004, activityId: 2 },
    severity: 'low',
    threats: ['AML.T0055'],
  },
  alert: {
    summary: 'A threshold or a baseline was passed, or is so no more.',
    owasp: null,
    ocsf: { classUid: 2004, activityId: 1 },
    severity: 'high',
    threats: [],
    activities: { update: { owasp: null, activityId: 2 }, close: { owasp: null, activityId: 3 } },
  },
  'failed-open': {
    summary: 'A guard failed and the policy let text pass.',
    owasp: 'sys_monitor_disabled',
    ocsf: { classUid: 6008, activityId: 1 },
    severity: 'high',
    threats: [],
  },
  degraded: {
    summary: 'A part of the installation or an upstream does not work as it should.',
    owasp: 'sys_monitor_disabled',
    ocsf: { classUid: 6008, activityId: 1 },
    severity: 'high',
    threats: ['ASI08'],
  },
  request: {
    summary: 'A request that had other events is over: what came of it and how long each step took.',
    owasp: null,
    ocsf: { classUid: 6003, activityId: 99 },
    severity: 'info',
    threats: [],
  },
  start: {
    summary: 'The program started.',
    owasp: 'sys_startup',
    ocsf: { classUid: 6002, activityId: 3 },
    severity: 'info',
    threats: [],
  },
  stop: {
    summary: 'The program stopped.',
    owasp: 'sys_shutdown',
    ocsf: { classUid: 6002, activityId: 4 },
    severity: 'info',
    threats: [],
  },
} as const
