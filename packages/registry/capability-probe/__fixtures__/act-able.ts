import type { ChatScript } from '@pipelines/providers/testing';
import { readDigits } from './read-digits.ts';

export interface Powers {
  readonly sees: boolean;
  readonly callsTools: boolean;
  readonly obeys: boolean;
}

/** What a model with these powers says to a request of the probe, whatever wire it came by. */
export function actAble({ sees, callsTools, obeys }: Powers): (body: unknown) => ChatScript {
  return (body) => {
    const { tools, ...rest } = body as { readonly tools?: unknown };
    const asked = JSON.stringify(rest);
    const offered = JSON.stringify(tools ?? []);
    const name = /"name":"(\w+)"/.exec(offered)?.[1];
    if (name !== undefined && callsTools) {
      const only = /"enum":\["(\w+)"/.exec(offered)?.[1];
      const codes = only === undefined ? [...asked.matchAll(/the code (\w+)/g)].map((match) => match[1]) : [only];
      return { toolCalls: codes.map((code) => ({ name, arguments: JSON.stringify({ code }) })) };
    }
    const image = /"data":"([A-Za-z0-9+/=]{80,})"/.exec(asked)?.[1];
    if (image !== undefined) return { text: sees ? readDigits(image) : 'I see digits: 12345' };
    const word = /with the word (\w+)/.exec(asked)?.[1];
    if (word !== undefined) return { text: obeys ? word : 'Paris.' };
    return name === undefined ? {} : { text: 'I call nothing.' };
  };
}
