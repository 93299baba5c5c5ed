import { assigned, type SecretRow, token, UUID } from '../secret-row.ts'

/** Identity providers, secret stores, package registries and clusters. */
export const IDENTITY_SECRETS: readonly SecretRow[] = [
  token(
    'onepassword-secret-key',
    '1Password secret key',
    ['a3-'],
    'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
    { minimumEntropy: 3.5 },
  ),
  token(
    'onepassword-service-token',
    '1Password service-account token',
    ['ops_eyj'],
    'ops_eyJ[A-Za-z0-9+/]{250,3000}={0,3}',
    { minimumEntropy: 4 },
  ),
  token('vault-token', 'HashiCorp Vault token', ['hvs.', 'hvb.', 'hvr.'], 'hv[sbr]\\.[A-Za-z0-9_-]{24,300}', {
    minimumEntropy: 3.5,
  }),
  token('vault-legacy-token', 'HashiCorp Vault token', ['s.'], 's\\.[A-Za-z0-9]{24}', {
    minimumEntropy: 3.8,
    decoded: false,
    // A member of a minified object has few digits, if any.
    validate: (value) => (/[A-Z]/.test(value) ? /\d/ : /\d\D*\d\D*\d/).test(value),
  }),
  token(
    'doppler-token',
    'Doppler token',
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
    { minimumEntropy: 3 },
  ),
  token(
    'infisical-token',
    'Infisical service token',
    ['st.'],
    'st\\.[0-9a-f]{24}\\.[0-9a-f]{32,64}\\.[0-9a-f]{32,64}|st\\.[0-9a-f-]{36}\\.[0-9a-f]{32,64}\\.[0-9a-f]{32,64}',
  ),
  token(
    'authress-key',
    'Authress service key',
    ['.acc_', '.acc-'],
    '(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\\.[A-Za-z0-9]{4,6}\\.acc[_-][A-Za-z0-9-]{10,32}\\.[A-Za-z0-9+/_=-]{30,120}',
    { minimumEntropy: 3 },
  ),
  assigned('okta-token', 'Okta token', ['okta'], '(?<![a-z])okta', '00[A-Za-z0-9_=-]{40}', { minimumEntropy: 3.5 }),
  {
    code: 'okta-ssws-token',
    name: 'Okta token',
    literals: ['ssws'],
    pattern: /(?<=SSWS\s{1,3})00[A-Za-z0-9_-]{40}(?![\w-])/i,
    minimumEntropy: 3.5,
    decoded: false,
  },
  assigned('auth0-secret', 'Auth0 client secret', ['auth0'], 'auth0[\\w .-]{0,20}secret', '[A-Za-z0-9_-]{64}', {
    minimumEntropy: 4,
  }),
  token('clerk-key', 'Clerk secret key', ['sk_live_', 'sk_test_'], 'sk_(?:live|test)_[A-Za-z0-9]{40,50}', {
    minimumEntropy: 3.5,
  }),
  token('workos-key', 'WorkOS key', ['sk_live_', 'sk_test_'], 'sk_(?:live|test)_a2V5X[A-Za-z0-9]{50,100}', {
    minimumEntropy: 3.5,
  }),
  token('npm-token', 'npm token', ['npm_'], 'npm_[A-Za-z0-9]{36}', { minimumEntropy: 3 }),
  {
    code: 'npmrc-auth',
    name: 'npm registry credential',
    literals: ['_authtoken', '_auth', '_password'],
    pattern: /(?<=\/:_(?:authToken|auth|password)\s{0,3}=\s{0,3}["']?)[^\s"'$<{]{10,400}/i,
    minimumEntropy: 2.5,
    placeholders: 'off',
    decoded: false,
    validate: (value) => !/^x+$/i.test(value),
  },
  token(
    'pypi-token',
    'PyPI token',
    ['pypi-age'],
    'pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[A-Za-z0-9_-]{50,1000}',
    { minimumEntropy: 3 },
  ),
  token('rubygems-key', 'RubyGems key', ['rubygems_'], 'rubygems_[0-9a-f]{48}'),
  token('crates-token', 'crates.io token', ['cio'], 'cio[A-Za-z0-9]{32}', { minimumEntropy: 3.8 }),
  token('nuget-key', 'NuGet key', ['oy2'], 'oy2[a-z0-9]{43}', { minimumEntropy: 3.5 }),
  {
    code: 'nuget-password',
    name: 'password in a NuGet configuration',
    literals: ['password'],
    pattern: /(?<=<add key="(?:ClearText)?Password"\s{1,4}value=")[^"\n]{8,200}(?=")/i,
    minimumEntropy: 2.5,
    decoded: false,
    severity: 'high',
    validate: (value) => !/^%\w{1,60}%$/.test(value),
  },
  token('clojars-token', 'Clojars token', ['clojars_'], 'CLOJARS_[0-9a-z]{60}', { minimumEntropy: 3 }),
  token('docker-token', 'Docker token', ['dckr_pat_', 'dckr_oat_'], 'dckr_(?:pat|oat)_[A-Za-z0-9_-]{24,40}', {
    minimumEntropy: 3,
    placeholders: 'off',
  }),
  {
    code: 'docker-auth',
    name: 'registry credential of a Docker configuration',
    literals: ['"auth"'],
    pattern: /(?<="auth"\s{0,4}:\s{0,4}")[A-Za-z0-9+/]{16,400}={0,2}(?=")/i,
    minimumEntropy: 3.2,
    decoded: false,
    severity: 'high',
    validate: (value) => isCredentialPair(value),
  },
  token('artifactory-token', 'Artifactory key', ['akcp', 'cmvmd'], 'AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59}', {
    minimumEntropy: 3.8,
  }),
  assigned(
    'jfrog-key',
    'JFrog key',
    ['jfrog', 'artifactory', 'bintray', 'xray'],
    'jfrog|artifactory|bintray|xray',
    '[a-z0-9]{73}|[a-z0-9]{64}',
    { minimumEntropy: 3 },
  ),
  token('openshift-token', 'OpenShift token', ['sha256~'], 'sha256~[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])', {
    minimumEntropy: 3.5,
  }),
  {
    code: 'kubernetes-secret',
    name: 'value in a Kubernetes Secret',
    literals: ['secret'],
    pattern:
      /(?<=\bkind:[ \t]{0,4}["']?Secret(?!\w)[\s\S]{0,300}\bdata:[\s\S]{0,150}\n[ \t]{1,8}[\w.-]{1,60}:[ \t]{0,4}(?:\|\s{1,8})?["']?)[A-Za-z0-9+/]{8,4000}={0,3}/i,
    minimumEntropy: 2.5,
    severity: 'high',
    confidence: 0.8,
    decoded: false,
    validate: (value) => isEncodedValue(value),
  },
  {
    code: 'kubernetes-secret-reversed',
    name: 'value in a Kubernetes Secret',
    literals: ['data:'],
    pattern:
      /(?<=\bdata:[^\n]{0,20}\n(?:[ \t]{1,8}#[^\n]{0,100}\n)?[ \t]{1,8}[\w.-]{1,60}:[ \t]{0,4}(?:\|\s{1,8})?["']?)[A-Za-z0-9+/]{8,2000}={0,3}(?=["']?\n[\s\S]{0,300}\bkind:[ \t]{0,4}["']?Secret\b)/i,
    minimumEntropy: 2.5,
    severity: 'high',
    confidence: 0.8,
    decoded: false,
    validate: (value) => isEncodedValue(value),
  },
  token('rancher-token', 'Rancher token', ['token-'], 'token-[a-z0-9]{5}:[a-z0-9]{54}', { minimumEntropy: 3.5 }),
  token('ory-key', 'Ory key', ['ory_'], 'ory_(?:pat|st|at|rt|ac)_[A-Za-z0-9_-]{32,100}', { minimumEntropy: 3.5 }),
  assigned(
    'ldap-keycloak-secret',
    'Keycloak client secret',
    ['keycloak'],
    'keycloak[\\w .-]{0,20}secret',
    `[A-Za-z0-9]{32}|${UUID}`,
    { minimumEntropy: 3 },
  ),
]

/** Base64 as Kubernetes writes it, not a word or a path that happens to use its alphabet. */
function isEncodedValue(value: string): boolean {
  return value.length % 4 === 0 && /[A-Z0-9]/.test(value) && !/^[a-z]+(?:\/[a-z]+)*$/i.test(value)
}

/** `auth` of a Docker configuration is the base64 of `user:password`. */
function isCredentialPair(value: string): boolean {
  try {
    return /^[\x21-\x7e]{1,100}:[\x20-\x7e]{3,300}$/.test(atob(value))
  } catch {
    return false
  }
}
