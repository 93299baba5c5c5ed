import type { EntityRule } from '../entity-rule.ts'
import { creditCardRules } from './credit-card.ts'
import { cryptoRules } from './crypto.ts'
import { emailAddressRules } from './email-address.ts'
import { ibanRules } from './iban.ts'
import { ipAddressRules } from './ip-address.ts'
import { macAddressRules } from './mac-address.ts'
import { phoneNumberRules } from './phone-number.ts'

/** What people have everywhere: cards, accounts, addresses of the network, telephones. */
export const genericRules: readonly EntityRule[] = [
  ...creditCardRules,
  ...ibanRules,
  ...emailAddressRules,
  ...phoneNumberRules,
  ...ipAddressRules,
  ...macAddressRules,
  ...cryptoRules,
]
