import { type ApiClient, createApiClient } from '../../testing/index.ts';
import { type Canary, makeSecret, watch } from './canaries.ts';
import type { Exception, Place } from './find-leaks.ts';
import { recordAnswers } from './record-answers.ts';

export interface Joined {
  /** The first admin, signed in. */
  readonly person: ApiClient;
  readonly canaries: readonly Canary[];
  readonly exceptions: readonly Exception[];
}

/** Setup by link, sign-ins right and wrong, another password, an invitation taken up: every secret of people. */
export async function joinMembers(url: string, setupToken: string, answers: Place[]): Promise<Joined> {
  const canaries: Canary[] = [watch('setup token', setupToken)];
  const exceptions: Exception[] = [{ canary: 'setup token', place: /^output of the first start$/, times: 1 }];
  const secret = (name: string): string => {
    const text = makeSecret(name.slice(0, 2));
    canaries.push(watch(name, text));
    return text;
  };
  const browser = () => recordAnswers(createApiClient(url), answers);
  const noteSession = (name: string, { cookie }: ApiClient) => {
    canaries.push(watch(name, cookie.slice(cookie.indexOf('=') + 1)));
    exceptions.push({
      canary: name,
      place: /^headers of the answer to POST \/api\/(?:setup|session|invitations\/accept) \(201\)/,
      times: 1,
    });
  };

  const person = browser();
  const email = 'ada@example.com';
  const founding = { organization_name: 'Acme', name: 'Ada', email, password: secret('admin password') };
  await person.call('POST', '/api/setup', {
    body: { ...founding, token: secret('wrong setup token'), password: secret('password of no setup') },
  });
  expectStatus(await person.call('POST', '/api/setup', { body: { ...founding, token: setupToken } }), 201);
  noteSession('session of the setup', person);
  await browser().call('POST', '/api/setup', { body: { ...founding, token: setupToken } });

  await browser().call('POST', '/api/session', { body: { email, password: secret('wrong password') } });
  await browser().call('POST', '/api/session', { body: { email: 'nobody@example.com', password: secret('password of nobody') } });
  const changed = secret('changed password');
  expectStatus(
    await person.call('POST', '/api/session/password', { body: { current_password: founding.password, new_password: changed } }),
    204,
  );
  await person.call('POST', '/api/session/password', {
    body: { current_password: secret('mistaken password'), new_password: secret('unused password') },
  });
  const again = browser();
  expectStatus(await again.call('POST', '/api/session', { body: { email, password: changed } }), 201);
  noteSession('session of a sign-in', again);
  for (const path of ['/api/session', '/api/sessions']) await again.call('GET', path);
  expectStatus(await again.call('DELETE', '/api/session'), 204);

  const invited = await person.call('POST', '/api/invitations', { body: { email: 'bob@example.com', role: 'builder' } });
  const token = invited.json<{ link: string }>().link.split('token=')[1] ?? '';
  canaries.push(watch('invitation token', token));
  exceptions.push({ canary: 'invitation token', place: /^body of the answer to POST \/api\/invitations \(201\)/, times: 1 });
  const bob = browser();
  await bob.call('POST', '/api/invitations/accept', {
    body: { token: secret('no invitation'), name: 'Bob', password: secret('password of a stranger') },
  });
  expectStatus(
    await bob.call('POST', '/api/invitations/accept', { body: { token, name: 'Bob', password: secret('member password') } }),
    201,
  );
  noteSession('session of a member', bob);
  for (const path of ['/api/members', '/api/invitations', '/api/audit-log']) await person.call('GET', path);
  return { person, canaries, exceptions };
}

function expectStatus({ status, text }: { readonly status: number; readonly text: string }, wanted: number): void {
  if (status !== wanted) throw new Error(`Answered ${status} instead of ${wanted}: ${text}`);
}
