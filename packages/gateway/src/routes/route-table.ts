import { runChecklist, showChecklist } from './admin-audit.ts'
import { listAlerts, testAlerts } from './admin-alerts.ts'
import { adminCheck } from './admin-check.ts'
import { configSummary } from './admin-config.ts'
import { configHistory, configVersion } from './admin-history.ts'
import { eventFeed, listEvents } from './admin-events.ts'
import { createKey, listKeys, revokeKey, rotateKey } from './admin-keys.ts'
import { anchorLog, searchLog } from './admin-log.ts'
import { exportLog } from './admin-log-export.ts'
import { tailLog } from './admin-log-tail.ts'
import { verifyLog } from './admin-log-verify.ts'
import { endSession, showSession, signIn } from './admin-session.ts'
import { listGuards, summary } from './admin-summary.ts'
import { usageReport } from './admin-usage.ts'
import { deleteFromVault, showVault } from './admin-vault.ts'
import { decideApproval, listApprovals, redeemApproval } from './approvals.ts'
import { chatCompletions } from './chat-completions.ts'
import { guard } from './guard.ts'
import { live, ready } from './health.ts'
import { listModels, showModel } from './models.ts'
import { securityTxt } from './security-txt.ts'
import type { Route } from './route.ts'

/** Every route there is, with who may use it. What is not here is a 404. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/livez', permission: 'public', handle: live },
  { method: 'GET', path: '/healthz', permission: 'public', handle: live },
  { method: 'GET', path: '/readyz', permission: 'public', handle: ready },
  { method: 'GET', path: '/.well-known/security.txt', permission: 'public', handle: securityTxt },

  { method: 'POST', path: '/v1/chat/completions', permission: 'caller', crossOrigin: true, handle: chatCompletions },
  { method: 'GET', path: '/v1/models', permission: 'caller', crossOrigin: true, isLimited: true, handle: listModels },
  {
    method: 'GET',
    path: '/v1/models/:model{.+}',
    permission: 'caller',
    crossOrigin: true,
    isLimited: true,
    handle: showModel,
  },
  { method: 'POST', path: '/v1/guard', permission: 'caller', crossOrigin: true, isLimited: true, handle: guard },

  {
    method: 'POST',
    path: '/v1/approvals/redeem',
    permission: 'caller',
    crossOrigin: true,
    isLimited: true,
    handle: redeemApproval,
  },

  { method: 'POST', path: '/admin/api/session', permission: 'public', handle: signIn },
  { method: 'GET', path: '/admin/api/session', permission: 'operator', handle: showSession },
  { method: 'DELETE', path: '/admin/api/session', permission: 'operator', handle: endSession },
  { method: 'GET', path: '/admin/api/summary', permission: 'operator', handle: summary },
  { method: 'GET', path: '/admin/api/config', permission: 'operator', handle: configSummary },
  { method: 'GET', path: '/admin/api/config/history', permission: 'operator', handle: configHistory },
  { method: 'GET', path: '/admin/api/usage', permission: 'operator', handle: usageReport },
  { method: 'GET', path: '/admin/api/guards', permission: 'operator', handle: listGuards },
  { method: 'POST', path: '/admin/api/check', permission: 'operator', handle: adminCheck },
  { method: 'GET', path: '/admin/api/events', permission: 'operator', handle: listEvents },
  { method: 'GET', path: '/admin/api/log/search', permission: 'operator', handle: searchLog },
  { method: 'GET', path: '/admin/api/log/tail', permission: 'operator', handle: tailLog },
  { method: 'GET', path: '/admin/api/log/verify', permission: 'operator', handle: verifyLog },
  { method: 'GET', path: '/admin/api/log/anchor', permission: 'operator', handle: anchorLog },
  // Everything at once leaves the house: not for those who only keep watch.
  { method: 'GET', path: '/admin/api/log/export', permission: 'admin', handle: exportLog },
  { method: 'GET', path: '/admin/api/events/stream', permission: 'operator', handle: eventFeed },
  { method: 'GET', path: '/admin/api/config/history/:digest', permission: 'admin', handle: configVersion },
  { method: 'GET', path: '/admin/api/vault', permission: 'operator', handle: showVault },
  { method: 'DELETE', path: '/admin/api/vault', permission: 'admin', handle: deleteFromVault },
  { method: 'GET', path: '/admin/api/approvals', permission: 'operator', handle: listApprovals },
  { method: 'POST', path: '/admin/api/approvals/:id', permission: 'operator', handle: decideApproval },
  { method: 'GET', path: '/admin/api/audit', permission: 'operator', handle: showChecklist },
  { method: 'POST', path: '/admin/api/audit', permission: 'admin', handle: runChecklist },
  { method: 'GET', path: '/admin/api/alerts', permission: 'operator', handle: listAlerts },
  { method: 'POST', path: '/admin/api/alerts/test', permission: 'admin', handle: testAlerts },
  { method: 'GET', path: '/admin/api/keys', permission: 'admin', handle: listKeys },
  { method: 'POST', path: '/admin/api/keys', permission: 'admin', handle: createKey },
  { method: 'POST', path: '/admin/api/keys/:id/rotate', permission: 'admin', handle: rotateKey },
  { method: 'DELETE', path: '/admin/api/keys/:id', permission: 'admin', handle: revokeKey },
]
