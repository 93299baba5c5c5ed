import { useState } from 'preact/hooks'
import { Icon, type IconName } from './icons.tsx'

type Theme = 'system' | 'light' | 'dark'

const STORAGE_KEY = 'sallyport-theme'

const CHOICES: readonly (readonly [Theme, string, IconName])[] = [
  ['system', 'System theme', 'screen'],
  ['light', 'Light theme', 'sun'],
  ['dark', 'Dark theme', 'moon'],
]

/** Puts the remembered theme on the page; called once before the first paint of the app. */
export function applyStoredTheme(): void {
  applyTheme(storedTheme())
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme)
  const choose = (chosen: Theme) => {
    setTheme(chosen)
    applyTheme(chosen)
    try {
      localStorage.setItem(STORAGE_KEY, chosen)
    } catch {
      // Storage may be off; the choice then lasts as long as the page.
    }
  }
  return (
    <fieldset class="theme-switch">
      <legend class="unseen">Theme</legend>
      {CHOICES.map(([value, label, icon]) => (
        <label key={value} title={label}>
          <input type="radio" name="theme" value={value} checked={theme === value} onChange={() => choose(value)} />
          <span class="unseen">{label}</span>
          <Icon name={icon} />
        </label>
      ))}
    </fieldset>
  )
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system'
  }
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
