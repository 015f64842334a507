import { expect, it } from 'vitest';
import { nameTools } from './name-tools.ts';

const weather = { endpointId: '0191b0f0-0000-7000-8000-0000aaaaaaaa', endpointName: 'Weather API' };
const crm = { endpointId: '0191b0f0-0000-7000-8000-0000bbbbbbbb', endpointName: 'CRM' };
const twin = { endpointId: '0191b0f0-0000-7000-8000-0000cccccccc', endpointName: 'weather api' };

it('keeps a name that is alone, in characters that models take', () => {
  expect(
    nameTools([
      { ...weather, name: 'get_weather' },
      { ...crm, name: 'contacts/find one' },
    ]),
  ).toEqual(['get_weather', 'contacts_find_one']);
});

it('puts the endpoint before a name that two have, and leaves the others', () => {
  const names = nameTools([
    { ...weather, name: 'search' },
    { ...crm, name: 'search' },
    { ...crm, name: 'find' },
  ]);
  expect(names).toEqual(['weather_api__search', 'crm__search', 'find']);
});

it('tells endpoints of one name apart, and tools of one endpoint', () => {
  expect(
    nameTools([
      { ...weather, name: 'search' },
      { ...twin, name: 'search' },
    ]),
  ).toEqual(['aaaaaaaa__search', 'cccccccc__search']);
  const same = nameTools([
    { ...crm, name: 'a b' },
    { ...crm, name: 'a/b' },
    { ...crm, name: 'é' },
  ]);
  expect(new Set(same).size).toBe(3);
});

it('is never longer than models take', () => {
  const long = 'x'.repeat(128);
  const names = nameTools([
    { ...weather, name: long },
    { ...crm, name: long },
    { ...crm, name: `${long}y` },
  ]);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
});
