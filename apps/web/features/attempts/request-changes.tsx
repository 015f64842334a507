import type { Attempt } from '@pipelines/contracts';

/** What the gateway changed between the caller and the provider: names and reasons, which are kept of every call. */
export function RequestChanges({ attempt }: { readonly attempt: Attempt }) {
  const changes = [
    ...(attempt.slug !== null && attempt.slug !== attempt.provider_model_id ? [`model: sent as ${attempt.provider_model_id}`] : []),
    ...attempt.changes,
  ];
  if (changes.length === 0) return <p className="text-[13px] text-muted">Nothing: it was sent as it came.</p>;
  return (
    <ul className="divide-y divide-line text-[13px]">
      {changes.map((change) => {
        const [field, ...reason] = change.split(': ');
        return (
          <li key={change} className="grid grid-cols-[9rem_minmax(0,1fr)] gap-3 py-2">
            <code className="break-all font-mono text-xs">{field}</code>
            <span className="min-w-0 break-words">{reason.join(': ')}</span>
          </li>
        );
      })}
    </ul>
  );
}
