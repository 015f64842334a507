import type { ApiClient } from '../../testing/index.ts';
import type { Place } from './find-leaks.ts';

/** Keeps every answer that the client gets, headers and body apart, as places to search. */
export function recordAnswers(client: ApiClient, places: Place[]): ApiClient {
  return {
    get cookie() {
      return client.cookie;
    },
    async call(method, path, request) {
      const answer = await client.call(method, path, request);
      const name = `the answer to ${method} ${path.split('?')[0]?.slice(0, 60)} (${answer.status})`;
      const headers = [...answer.headers].map(([field, value]) => `${field}: ${value}`).join('\n');
      places.push(
        { name: `headers of ${name}`, bytes: Buffer.from(headers) },
        { name: `body of ${name}`, bytes: Buffer.from(answer.text) },
      );
      return answer;
    },
  };
}
