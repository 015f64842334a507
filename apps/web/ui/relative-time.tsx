import { useEffect, useState } from 'react';
import { describeAge } from './describe-age.ts';

const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** "3 min ago", kept true, with the exact local time on hover. `at` is RFC 3339. */
export function RelativeTime({ at }: { readonly at: string }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={absolute.format(new Date(at))} className="whitespace-nowrap">
      {describeAge(at, nowMs)}
    </time>
  );
}
