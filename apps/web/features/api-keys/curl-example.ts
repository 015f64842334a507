/** A command for a POSIX shell that calls a model with the key. */
export function curlExample(origin: string, apiKey: string, slug: string): string {
  const body = JSON.stringify({ model: slug, messages: [{ role: 'user', content: 'Say hello.' }] });
  return [
    `curl ${origin}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer ${apiKey}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${body.replaceAll("'", "'\\''")}'`,
  ].join('\n');
}
