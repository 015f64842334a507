import { useQuery } from '@tanstack/react-query';
import { settingsQuery } from '../../settings-query.ts';
import { Alert } from '../../ui/alert.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { curlExample } from './curl-example.ts';

export interface NewKeyProps {
  readonly apiKey: string;
  /** A model that the key may call; null takes the organization's default. */
  readonly model: string | null;
}

/** The key, this once, and a call to try it with. */
export function NewKey({ apiKey, model }: NewKeyProps) {
  const settings = useQuery(settingsQuery);
  const slug = model ?? settings.data?.default_model ?? 'MODEL_SLUG';
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
        <CodeBlock code={curlExample(window.location.origin, apiKey, slug)} what="command" />
      </div>
    </div>
  );
}
