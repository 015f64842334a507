import type { Page } from '@playwright/test';

/** A phone, and a window that takes half of a wide screen, or all of a small one. */
const windows = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
];

/** What is wider than a narrow window, the page or a table in it, each in words. The window is left as it was. */
export async function findOverflow(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const size of windows) {
    await page.setViewportSize(size);
    found.push(...(await findWide(page)).map((words) => `${name}: ${words}`));
  }
  if (before !== null) await page.setViewportSize(before);
  return found;
}

async function findWide(page: Page): Promise<string[]> {
  return page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const frames = [...document.querySelectorAll('section:has(> table)')].map((frame) => [frame.getAttribute('aria-label'), frame]);
    resolve([['the page', document.documentElement], ...frames]
      .filter(([, element]) => element.scrollWidth > element.clientWidth)
      .map(([label, element]) => label + ' is ' + element.scrollWidth + ' px wide in ' + element.clientWidth));
  })))`);
}
