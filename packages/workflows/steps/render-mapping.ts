import { maxRenderedLength, RenderedTooLong, renderValue, type StepOf, type TemplateScope } from '@pipelines/contracts';

/** An object of names and templates, with the values put in. @throws RenderedTooLong for all of them together */
export function renderMapping(mapping: StepOf<'transform'>['config']['mapping'], scope: TemplateScope): Record<string, unknown> {
  const rendered: Record<string, unknown> = {};
  let left = maxRenderedLength;
  for (const { name, value } of mapping) {
    rendered[name] = renderValue(value, scope);
    left -= lengthOf(rendered[name], left);
    if (left < 0) throw new RenderedTooLong();
  }
  return rendered;
}

const lengthOfOther = 8;

/** About how long a value is as JSON; counted no further than a little beyond `atMost`, since one value may stand in it very often. */
function lengthOf(value: unknown, atMost: number): number {
  const open = [value];
  let length = 0;
  while (open.length > 0 && length <= atMost) {
    const each = open.pop();
    if (typeof each === 'string') length += each.length;
    else length += lengthOfOther;
    if (typeof each !== 'object' || each === null) continue;
    for (const [key, inner] of Object.entries(each)) {
      length += Array.isArray(each) ? 0 : key.length;
      open.push(inner);
    }
  }
  return length;
}
