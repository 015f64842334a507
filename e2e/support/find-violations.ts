import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Asked in the page. Colours are inherited level by level, each by a transition of its own, however short. */
const isPainted = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() =>
  resolve(document.getAnimations().every((animation) => !(animation instanceof CSSTransition))))))`;

/** What axe finds, in both themes: the page follows the system's at once. Without transitions, so that no colour is caught half-way. */
export async function findViolations(page: Page, name = page.url()): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(isPainted);
    // No page has frames, so that none has to be opened to gather what is in them.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // Only colours differ between the themes.
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
    const describe = (id: string, node: (typeof violations)[number]['nodes'][number]) =>
      `${name}, ${colorScheme}: ${id}: ${node.target.join(' ')}: ${node.failureSummary}`;
    found.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => describe(id, node))));
  }
  return found;
}
