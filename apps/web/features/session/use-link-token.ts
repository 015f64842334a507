import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** The token of a one-time link, `#token=…` (never sent to a server) or `?token=…`; null without one. */
export function readLinkToken(location: { readonly hash: string; readonly search: string }): string | null {
  return new URLSearchParams(location.hash.replace(/^#/, '')).get('token') ?? new URLSearchParams(location.search).get('token');
}

/** Takes the token out of the address at once, so that it stays in neither the history nor a screenshot. */
export function useLinkToken(): string | null {
  const [token] = useState(() => readLinkToken(window.location));
  const navigate = useNavigate();
  useEffect(() => {
    if (readLinkToken(window.location)) void navigate({ to: '.', hash: '', search: {}, replace: true });
  }, [navigate]);
  return token;
}
