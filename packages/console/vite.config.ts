import { defaultClientConditions, defineConfig } from 'vite'

// The gateway to talk to while developing: `npx vite packages/console`.
const gateway = process.env['SALLYPORT_URL'] ?? 'http://127.0.0.1:8711'

export default defineConfig({
  // The contract is read from source, so that this build does not wait for the gateway's.
  resolve: { conditions: ['sallyport-source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // The Content-Security-Policy allows nothing inline: no data: images, no injected polyfill.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/admin/api': gateway, '/v1': gateway } },
})
