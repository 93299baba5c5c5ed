import { randomBytes } from 'node:crypto'
import type { Role } from '../contract.ts'

const KEY = /^sp-(admin|operator|client)-[A-Za-z0-9_-]{32,128}$/

/** A new key: 256 random bits behind a prefix that secret scanners and people recognise. */
export function newKey(role: Role): string {
  return `sp-${role}-${randomBytes(32).toString('base64url')}`
}

/** The role a key claims by its form, or undefined when it is no key of ours. Says nothing about whether it is known. */
export function roleOfKey(key: string): Role | undefined {
  return KEY.exec(key)?.[1] as Role | undefined
}

export function isKey(key: string, role: Role): boolean {
  return roleOfKey(key) === role
}

/** Enough of a key to tell it from others and too little to help a guesser: 18 of its 256 bits. */
export function keyHint(key: string): string {
  const prefix = /^sp-(?:admin|operator|client)-/.exec(key)?.[0] ?? ''
  return `${prefix}${key.slice(prefix.length, prefix.length + 3)}…`
}
