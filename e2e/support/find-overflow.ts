import type { Page } from '@playwright/test';

const phone = { width: 390, height: 844 };

/** What is wider than a phone's screen, the page or a table in it, each in words. The window is left as it was. */
export async function findOverflow(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(phone);
  const wide = await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const frames = [...document.querySelectorAll('section:has(> table)')].map((frame) => [frame.getAttribute('aria-label'), frame]);
    resolve([['the page', document.documentElement], ...frames]
      .filter(([, element]) => element.scrollWidth > element.clientWidth)
      .map(([label, element]) => label + ' is ' + element.scrollWidth + ' px wide in ' + element.clientWidth));
  })))`);
  if (before !== null) await page.setViewportSize(before);
  return (wide as string[]).map((words) => `${name}: ${words}`);
}
