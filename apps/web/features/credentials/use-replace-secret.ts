import { type Credential, type CredentialTest, routes } from '@pipelines/contracts';
import { useState } from 'react';
import { callApi } from '../../api-client.ts';
import { showToast } from '../../ui/toast.ts';
import { useWhileShown } from '../../use-while-shown.ts';
import { useRefreshCredentials } from './use-credentials.ts';

/** The secret fields as typed. They live in this component only: no cache, no storage, no address. */
export type TypedSecret = Readonly<Record<string, string>>;

/** Type the new secret, see what every model says to it, and decide. Nothing is changed before. */
export function useReplaceSecret({ id }: Credential, onReplaced: () => void) {
  const [secret, setSecret] = useState<TypedSecret>({});
  const [verdicts, setVerdicts] = useState<{ readonly of: string; readonly test: CredentialTest } | null>(null);
  const [running, setRunning] = useState<'test' | 'replace' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const refresh = useRefreshCredentials();
  const whileShown = useWhileShown();
  const credential = Object.fromEntries(Object.entries(secret).filter(([, value]) => value.trim() !== ''));
  const typed = JSON.stringify(credential);

  async function run(what: 'test' | 'replace', work: () => Promise<void>): Promise<void> {
    if (running !== null) return;
    setRunning(what);
    setError(null);
    try {
      await work();
    } catch (problem) {
      setError(problem);
    } finally {
      setRunning(null);
    }
  }

  return {
    secret,
    type: (name: string, value: string) => setSecret((before) => ({ ...before, [name]: value })),
    /** What the models say to exactly what is typed now. */
    verdicts: verdicts?.of === typed ? verdicts.test : null,
    isBlank: Object.keys(credential).length === 0,
    running,
    error,
    test: () =>
      run('test', async () => {
        const test = await callApi(routes.testCredential, { params: { id }, body: { credential } });
        setVerdicts({ of: typed, test });
      }),
    replace: () =>
      run('replace', async () => {
        const { trial } = await callApi(routes.updateCredential, { params: { id }, body: { credential } });
        await refresh();
        showToast({
          title: trial ? 'Calls use the new secret. The old one is kept until one has worked.' : 'The secret has been replaced.',
        });
        whileShown(onReplaced);
      }),
  };
}
