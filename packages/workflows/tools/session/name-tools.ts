/** A tool of an endpoint, before it has a name for the model. */
export interface NamedTool {
  readonly endpointId: string;
  readonly endpointName: string;
  readonly name: string;
}

const maxLength = 64;

/**
 * The name by which a model calls each tool, in the same order: its own, in the characters that models take. Where several
 * tools would have the same, each of them gets its endpoint's name before it, and if that is not enough, a part of its ID.
 */
export function nameTools(tools: readonly NamedTool[]): readonly string[] {
  const attempts: readonly ((tool: NamedTool) => string)[] = [
    ({ name }) => plain(name),
    ({ endpointName, name }) => `${plain(endpointName).toLowerCase().slice(0, 24)}__${plain(name)}`,
    ({ endpointId, name }) => `${endpointId.replaceAll('-', '').slice(-8)}__${plain(name)}`,
    // Names of one endpoint that differ in other characters only, or behind the 64th.
    (tool) => `${tools.indexOf(tool)}__${plain(tool.name)}`,
  ];
  let names = tools.map(() => '');
  let open: readonly number[] = tools.map((_, index) => index);
  for (const attempt of attempts) {
    names = names.map((name, index) => (open.includes(index) ? attempt(tools[index] as NamedTool).slice(0, maxLength) : name));
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    open = names.flatMap((name, index) => ((counts.get(name) ?? 0) > 1 ? [index] : []));
    if (open.length === 0) break;
  }
  return names;
}

function plain(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '');
  return name === '' ? 'tool' : name;
}
