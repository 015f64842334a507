import { z } from 'zod';

export const signInSearchSchema = z.object({
  /** Where to go after signing in. */
  next: z.string().max(2_000).optional().catch(undefined),
});

/** An address of this page's own origin, or nothing: a sign-in must not lead to another site. */
export function localAddress(address: string | undefined): string | undefined {
  if (!address?.startsWith('/') || /^\/[/\\]/.test(address) || address === '/') return undefined;
  // Control characters would be dropped by the browser, and could uncover a second slash.
  return [...address].every((character) => character > '\u001f') ? address : undefined;
}
