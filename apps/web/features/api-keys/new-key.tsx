import { routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { callExamples } from '../../call-examples.ts';
import { settingsQuery } from '../../settings-query.ts';
import { Alert } from '../../ui/alert.tsx';
import { CodeTabs } from '../../ui/code-tabs.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';

export interface NewKeyProps {
  readonly apiKey: string;
  /** A model that the key may call; null takes the organization's default. */
  readonly model: string | null;
}

/** The key, this once, and a call to try it with. */
export function NewKey({ apiKey, model }: NewKeyProps) {
  const settings = useQuery(settingsQuery);
  const slug = model ?? settings.data?.default_model ?? 'MODEL_SLUG';
  const known = useQuery({
    queryKey: ['models', 'one', slug],
    queryFn: ({ signal }) => callApi(routes.getModel, { params: { slug }, signal }),
    enabled: model !== null,
  });
  const task = known.data?.task ?? 'chat';
  return (
    <div className="space-y-4">
      <Alert tone="warn" title="Copy it now: it is not shown again.">
        Only its last four characters are kept to recognise it by.
      </Alert>
      <div className="flex items-end gap-2">
        <Field label="API key" className="min-w-0 flex-1">
          <Input mono readOnly value={apiKey} onFocus={(event) => event.target.select()} />
        </Field>
        <CopyButton text={apiKey} what="API key" />
      </div>
      <div>
        <h3 className="mb-1.5 font-medium text-[13px]">Try it</h3>
        <CodeTabs label="Clients" examples={callExamples({ origin: window.location.origin, slug, task, apiKey })} />
      </div>
    </div>
  );
}
