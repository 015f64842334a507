import type { IncomingMessage } from 'node:http';

export interface SessionCookie {
  /** The token of the request's cookie; two different ones are none. */
  read(request: IncomingMessage): string | null;
  /** The value of `Set-Cookie`. */
  issue(token: string, expiresAt: Date): string;
  clear(): string;
}

/**
 * The cookie of a session. Over https it is bound to this very host (`__Host-`) and never sent in the
 * clear; scripts cannot read it, and other sites cannot send it with a POST.
 */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? '__Host-pipelines_session' : 'pipelines_session';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    read(request) {
      const values = new Set<string>();
      for (const pair of (request.headers.cookie ?? '').split(';')) {
        const [key, value] = splitOnce(pair.trim());
        if (key === name) values.add(value);
      }
      const [token] = values;
      return values.size === 1 && token ? token : null;
    },
    issue: (token, expiresAt) => `${name}=${token}; ${attributes}; Expires=${expiresAt.toUTCString()}`,
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
  };
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
