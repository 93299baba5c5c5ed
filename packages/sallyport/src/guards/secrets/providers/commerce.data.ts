import { assigned, type SecretRow, token, UUID } from '../secret-row.ts'

/** Payment, banking, trading, shops and logistics. */
export const COMMERCE_SECRETS: readonly SecretRow[] = [
  token(
    'stripe-key',
    'Stripe secret or restricted key',
    ['sk_live_', 'sk_test_', 'sk_prod_', 'rk_live_', 'rk_test_', 'rk_prod_'],
    '[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,247}',
    { minimumEntropy: 0 },
  ),
  token('stripe-webhook-secret', 'Stripe webhook secret', ['whsec_'], 'whsec_[A-Za-z0-9+/]{32,64}={0,2}', {
    minimumEntropy: 3.5,
  }),
  token(
    'square-token',
    'Square access token',
    ['eaaa', 'sq0'],
    'EAAA[A-Za-z0-9_-]{22,60}|sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,60}',
    { minimumEntropy: 3 },
  ),
  token(
    'paypal-braintree-token',
    'Braintree access token',
    ['access_token$production$', 'access_token$sandbox$'],
    'access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}',
  ),
  assigned('paypal-secret', 'PayPal client secret', ['paypal'], 'paypal[\\w .-]{0,20}secret', 'E[A-Za-z0-9_-]{60,90}', {
    minimumEntropy: 4,
  }),
  token('razorpay-key', 'Razorpay key', ['rzp_live_', 'rzp_test_'], 'rzp_(?:live|test)_[A-Za-z0-9]{14}', {
    minimumEntropy: 3,
    severity: 'high',
  }),
  token(
    'flutterwave-key',
    'Flutterwave key',
    ['flwseck', 'flwpubk'],
    'FLW(?:SECK|PUBK)(?:_TEST)?-(?:[0-9a-hA-H]{32}-X|[0-9a-hA-H]{12})',
    { minimumEntropy: 2 },
  ),
  token('paystack-key', 'Paystack key', ['sk_live_', 'sk_test_'], 'sk_(?:live|test)_[0-9a-f]{40}'),
  token('gocardless-token', 'GoCardless token', ['live_', 'sandbox_'], '(?:live|sandbox)_[A-Za-z0-9_=-]{40}', {
    minimumEntropy: 3.8,
    confidence: 0.8,
  }),
  token(
    'adyen-key',
    'Adyen API key',
    ['aqe'],
    'AQE[A-Za-z0-9]{10,200}-[A-Za-z0-9+/]{20,60}={0,2}-[A-Za-z0-9^+/<>(){}*%$#@!~.,:;?&=|[\\]_]{8,30}',
    { minimumEntropy: 4 },
  ),
  assigned(
    'plaid-secret',
    'Plaid id, secret or token',
    ['plaid'],
    'plaid',
    `access-(?:sandbox|development|production)-${UUID}|[a-z0-9]{30}|[a-z0-9]{24}`,
    { minimumEntropy: 3 },
  ),
  token(
    'plaid-access-token',
    'Plaid access token',
    ['access-sandbox-', 'access-development-', 'access-production-'],
    `access-(?:sandbox|development|production)-${UUID}`,
  ),
  assigned('finicity-secret', 'Finicity secret or token', ['finicity'], 'finicity', '[a-f0-9]{32}|[a-z0-9]{20}', {
    minimumEntropy: 3,
  }),
  assigned('finnhub-token', 'Finnhub token', ['finnhub'], 'finnhub', '[a-z0-9]{20}', { minimumEntropy: 3 }),
  assigned('coinbase-token', 'Coinbase token', ['coinbase'], 'coinbase', '[a-z0-9_-]{64}', { minimumEntropy: 3 }),
  assigned('kraken-token', 'Kraken token', ['kraken'], 'kraken', '[a-z0-9/=_+-]{80,90}', { minimumEntropy: 3.5 }),
  assigned('kucoin-secret', 'KuCoin key or secret', ['kucoin'], 'kucoin', `[a-f0-9]{24}|${UUID}`, {
    minimumEntropy: 3,
  }),
  assigned('bittrex-key', 'Bittrex key', ['bittrex'], 'bittrex', '[a-z0-9]{32}', { minimumEntropy: 3 }),
  assigned('binance-key', 'Binance key', ['binance'], 'binance', '[A-Za-z0-9]{64}', { minimumEntropy: 3.8 }),
  token(
    'shopify-token',
    'Shopify token or secret',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_'],
    'shp(?:at|ca|pa|ss|tka)_[0-9a-fA-F]{32}',
  ),
  token('shippo-token', 'Shippo token', ['shippo_'], 'shippo_(?:live|test)_[0-9a-fA-F]{40}'),
  token('easypost-key', 'EasyPost key', ['ezak', 'eztk'], 'EZ[AT]K[A-Za-z0-9]{54}', { minimumEntropy: 3 }),
  assigned('lob-key', 'Lob key', ['lob'], '(?<![a-z])lob', '(?:live|test)_(?:pub_)?[a-f0-9]{31,35}', {
    minimumEntropy: 3,
  }),
  token('duffel-token', 'Duffel token', ['duffel_'], 'duffel_(?:test|live)_[A-Za-z0-9_=-]{43}', { minimumEntropy: 3 }),
  assigned('etsy-token', 'Etsy token', ['etsy'], '(?<![a-z])etsy', '[a-z0-9]{24}', { minimumEntropy: 3 }),
  assigned('squarespace-token', 'Squarespace token', ['squarespace'], 'squarespace', UUID, { minimumEntropy: 3 }),
  assigned('freshbooks-token', 'FreshBooks token', ['freshbooks'], 'freshbooks', '[a-z0-9]{64}', { minimumEntropy: 3 }),
  token('settlemint-token', 'SettleMint token', ['sm_aat_', 'sm_pat_', 'sm_sat_'], 'sm_[aps]at_[A-Za-z0-9]{16}', {
    minimumEntropy: 3,
  }),
  {
    code: 'freemius-secret-key',
    name: 'Freemius secret key',
    literals: ['secret_key'],
    pattern: /(?<=["']secret_key["']\s{0,4}=>\s{0,4}["'])sk_[^\s"']{29}(?=["'])/i,
    minimumEntropy: 3.5,
    decoded: false,
  },
  {
    code: 'sidekiq-url',
    name: 'Sidekiq licence in a URL',
    literals: ['contribsys.com'],
    pattern: /(?<=https?:\/\/)[a-f0-9]{8}:[a-f0-9]{8}(?=@(?:gems|enterprise)\.contribsys\.com)/i,
    minimumEntropy: 0,
    decoded: false,
  },
  assigned(
    'sidekiq-secret',
    'Sidekiq licence',
    ['contribsys__com'],
    'BUNDLE_(?:ENTERPRISE|GEMS)__CONTRIBSYS__COM',
    '[a-f0-9]{8}:[a-f0-9]{8}',
    { minimumEntropy: 2 },
  ),
  assigned('rapidapi-key', 'RapidAPI key', ['rapidapi'], 'rapidapi', '[a-z0-9_-]{50}', { minimumEntropy: 3 }),
  token('checkout-secret-key', 'Checkout.com secret key', ['sk_'], `sk_(?:sbox_|test_)?${UUID}`, { minimumEntropy: 3 }),
]
