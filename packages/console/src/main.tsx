import './api/no-eval.ts'
import { render } from 'preact'
import { App } from './app.tsx'
import { applyStoredTheme } from './ui/theme-switch.tsx'

applyStoredTheme()
const root = document.querySelector('#app')
if (root) render(<App />, root)
