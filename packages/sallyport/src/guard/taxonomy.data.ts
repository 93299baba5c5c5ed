/**
 * The ids that guards may name as threats. OWASP Top 10 for LLM Applications 2026 (published 2026-08-04; the 2025 edition
 * numbers them differently, see `alias`), OWASP Agentic Top 10 2026, MITRE ATLAS 5.6.0.
 */
export const TAXONOMY: Readonly<Record<string, { readonly title: string; readonly alias?: string }>> = {
  'LLM01:2026': { title: 'Prompt Injection', alias: 'LLM01:2025' },
  'LLM02:2026': { title: 'Sensitive Information Disclosure', alias: 'LLM02:2025' },
  'LLM03:2026': { title: 'Excessive Agency', alias: 'LLM06:2025' },
  'LLM04:2026': { title: 'Supply Chain', alias: 'LLM03:2025' },
  'LLM05:2026': { title: 'Data and Model Poisoning', alias: 'LLM04:2025' },
  'LLM06:2026': { title: 'Unbounded Consumption', alias: 'LLM10:2025' },
  'LLM07:2026': { title: 'Misinformation', alias: 'LLM09:2025' },
  'LLM08:2026': { title: 'Hidden Context Exposure', alias: 'LLM07:2025' },
  'LLM09:2026': { title: 'Vector and Embedding Weaknesses', alias: 'LLM08:2025' },
  'LLM10:2026': { title: 'Improper Output Handling', alias: 'LLM05:2025' },
  ASI01: { title: 'Agent Goal Hijack' },
  ASI02: { title: 'Tool Misuse and Exploitation' },
  ASI03: { title: 'Identity and Privilege Abuse' },
  ASI05: { title: 'Unexpected Code Execution' },
  ASI06: { title: 'Memory and Context Poisoning' },
  'AML.T0024': { title: 'Exfiltration via Inference API' },
  'AML.T0029': { title: 'Denial of AI Service' },
  'AML.T0034': { title: 'Cost Harvesting' },
  'AML.T0051': { title: 'Prompt Injection' },
  'AML.T0051.000': { title: 'Prompt Injection: Direct' },
  'AML.T0051.001': { title: 'Prompt Injection: Indirect' },
  'AML.T0053': { title: 'Agent Tool Invocation' },
  'AML.T0054': { title: 'Jailbreak' },
  'AML.T0055': { title: 'Unsecured Credentials' },
  'AML.T0056': { title: 'Extract System Prompt' },
  'AML.T0057': { title: 'Data Leakage' },
  'AML.T0068': { title: 'Prompt Obfuscation' },
  'AML.T0077': { title: 'Response Rendering' },
}
