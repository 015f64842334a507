import type { Page } from '@playwright/test';

/** What a browser complains of, gathered while a journey goes on. */
export interface PageWatch {
  /** Errors in the console, exceptions of scripts, violations of the content security policy. */
  readonly complaints: readonly string[];
}

/** An answer of 4xx is a part of many journeys; Chromium reports each as a console error of its own. */
const refusedRequest = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Listens from the first document on: whatever the browser complains of is a fault of the page. */
export async function watchPage(page: Page): Promise<PageWatch> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !refusedRequest.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  await page.exposeFunction('reportPolicyViolation', (violation: string) => void complaints.push(`policy: ${violation}`));
  await page.addInitScript({ content: reportPolicyViolations });
  return { complaints };
}

const reportPolicyViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  window.reportPolicyViolation(event.violatedDirective + ' ' + event.blockedURI));`;
