import type { Workflow } from '@pipelines/contracts';
import type { Browser, Page } from '@playwright/test';
import { findOverflow } from './support/find-overflow.ts';
import { expect, test } from './support/journey.ts';
import { llmPipeline } from './support/llm-pipeline.ts';

const password = 'a long enough password';
const pagesOfBuilder = ['Models', 'Pipelines', 'Evaluations', 'Tools', 'Playground', 'Log', 'Usage', 'API keys', 'People', 'Settings'];

test('people are invited by a link that works once; each sees and may do what the role allows', async ({ page, browser, product, api }) => {
  await page.goto('/people');
  const builderLink = await invite(page, 'bea@acme.example', 'Builder');
  const viewerLink = await invite(page, 'vic@acme.example', 'Viewer');

  const builder = await join(browser, builderLink, 'Bea Builder');
  await test.step('a builder calls models and makes keys, and changes neither models nor people', async () => {
    await expect(builder.getByRole('navigation', { name: 'Pages' }).getByRole('link')).toHaveText(pagesOfBuilder);
    await expect(builder.getByRole('button', { name: 'Add custom model' })).toHaveAccessibleDescription(
      'Only admins of your organization add models.',
    );
    const statuses = await callAs(builder, [
      ['POST', '/api/connection-tests'],
      ['PATCH', '/api/settings'],
      ['POST', '/api/invitations'],
      ['GET', '/api/credentials'],
      ['GET', '/api/audit-log'],
      ['GET', '/api/api-keys'],
      ['GET', '/api/members'],
    ]);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 200, 200]);
  });

  const viewer = await join(browser, viewerLink, 'Vic Viewer');
  await test.step('a viewer only looks', async () => {
    await expect(viewer.getByRole('navigation', { name: 'Pages' }).getByRole('link')).toHaveText([
      'Models',
      'Pipelines',
      'Evaluations',
      'Tools',
      'Log',
      'Usage',
      'Settings',
    ]);
    const statuses = await callAs(viewer, [
      ['GET', '/api/models'],
      ['GET', '/api/attempts'],
      ['POST', '/api/api-keys'],
      ['POST', '/api/playground/chat/completions'],
      ['GET', '/api/members'],
    ]);
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
    const pipeline = await api<Workflow>('POST', '/api/workflows', { name: 'Seen only', graph: llmPipeline({}) });
    await viewer.goto(`${product.url}/workflows/${pipeline.id}`);
    await viewer.locator('[data-step=llm]').click();
    const prompt = viewer.getByRole('textbox', { name: 'Prompt', exact: true });
    await expect(prompt).toHaveText('{{input.text}}');
    await expect(prompt).toHaveAttribute('aria-disabled', 'true');
    await expect(prompt).toHaveAccessibleDescription(/Your role does not edit pipelines\./);
    await prompt.press('x');
    await expect(prompt).toHaveText('{{input.text}}');
    await viewer.goto(`${product.url}/settings`);
    const saveOf = (card: string) => viewer.getByRole('region', { name: card, exact: true }).getByRole('button', { name: 'Save' });
    await expect(saveOf('Name')).toHaveAccessibleDescription('Only admins change the organization.');
    await expect(saveOf('Concurrency limit')).toHaveAccessibleDescription('Only admins limit the organization.');
  });

  await test.step('an invitation is used up, a bent one is refused', async () => {
    for (const link of [builderLink, `${builderLink}x`]) {
      const stranger = await openInvitation(browser, link, 'Mallory');
      await expect(stranger.getByRole('alert')).toContainText('The invitation is not valid any more.');
      await stranger.context().close();
    }
  });

  await test.step('the organization keeps an admin', async () => {
    const me = await api<{ data: { id: string; email: string }[] }>('GET', '/api/members');
    const dana = me.data.find((member) => member.email === product.admin.email);
    await expect(api('PATCH', `/api/members/${dana?.id}`, { role: 'viewer' })).rejects.toThrow(/409.*last_admin/);
    await expect(api('DELETE', `/api/members/${dana?.id}`)).rejects.toThrow(/409.*last_admin/);
  });

  await test.step('whoever is deactivated is out at once', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Deactivate Bea Builder' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click();
    await expect(page.getByRole('row', { name: /Bea Builder/ })).toContainText('Deactivated');
    expect(await findOverflow(page, 'people')).toEqual([]);
    // In the page that is open too, and from there back to where they were.
    await builder.getByRole('link', { name: 'Log', exact: true }).click();
    await expect(builder).toHaveURL(/\/sign-in\?next=%2Flog$/);
    await expect(builder.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await builder.goto(`${product.url}/log`);
    await expect(builder.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });
  await Promise.all([builder, viewer].map((member) => member.context().close()));
});

async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Email/).fill(email);
  await dialog.getByRole('radio', { name: role }).click();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('table', { name: 'Open invitations' })).toContainText(email);
  return link;
}

async function openInvitation(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel(/^Your name/).fill(name);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Join' }).click();
  return page;
}

async function join(browser: Browser, link: string, name: string): Promise<Page> {
  const page = await openInvitation(browser, link, name);
  await expect(page.getByRole('heading', { name: 'Models', exact: true })).toBeVisible();
  return page;
}

/** The statuses that the API answers to the person whose page it is. */
async function callAs(page: Page, calls: readonly (readonly [method: string, path: string])[]): Promise<number[]> {
  const origin = new URL(page.url()).origin;
  const answers = calls.map(async ([method, path]) => {
    const body = method === 'GET' ? {} : { data: {} };
    return (await page.request.fetch(origin + path, { method, headers: { origin }, ...body })).status();
  });
  return Promise.all(answers);
}
