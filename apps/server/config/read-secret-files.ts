import { readFileSync } from 'node:fs';

/** Variables that may hold a secret; each can be given as `<NAME>_FILE` instead, which is the better way. */
const secretVariables = ['DATABASE_URL', 'OPENROUTER_API_KEY', 'BOOTSTRAP_ADMIN_PASSWORD', 'BOOTSTRAP_API_KEY'] as const;

/** `ENCRYPTION_KEYS` belongs to them too; its file is read by the vault, which may also make it. */
export const secretVariableNames: readonly string[] = [...secretVariables, 'ENCRYPTION_KEYS'];

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment with each `<NAME>_FILE` read into `<NAME>`, blanks left out, and what was wrong with the files. */
export function readSecretFiles(environment: Environment): { readonly values: Record<string, string>; readonly faults: readonly string[] } {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && value.trim() !== '') values[name] = value;
  for (const name of secretVariables) {
    const file = values[`${name}_FILE`];
    if (file === undefined) continue;
    if (values[name] !== undefined) {
      faults.push(`${name} and ${name}_FILE are both set: set one of them.`);
      continue;
    }
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      faults.push(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`);
    }
  }
  return { values, faults };
}
