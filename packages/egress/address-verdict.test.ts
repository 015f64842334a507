import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AddressRules, judgeAddress } from './address-verdict.ts';
import { createOwnAddresses } from './own-addresses.ts';
import { parseAllowList } from './parse-allow-list.ts';

function rules(allow = '', allowLoopback = false, own: { host: string; port: number }[] = []): AddressRules {
  const { entries, problems } = parseAllowList(allow);
  expect(problems).toEqual([]);
  return { ranges: entries.flatMap((entry) => (entry.kind === 'range' ? [entry] : [])), allowLoopback, own: createOwnAddresses(own) };
}

const everything = '0.0.0.0/0:80,[::]/0:80';

describe('what nothing can open', () => {
  test.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fe80::1',
    'febf::1',
    'fe80::1%eth0',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::a9fe:a9fe',
    '::ffff:0:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b:1:a9fe:a9:fe00::',
    '2002:a9fe:a9fe::1',
    '2001:0:a9fe:a9fe::1',
    '2001:0:5db8:d822::5601:5601',
    'not an address',
    '',
  ])('%s', (address) => {
    expect(judgeAddress(address, 80, rules(everything, true))).toBe('hard-denied');
  });
});

describe('what only an allow entry opens', () => {
  test.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '172.16.0.1',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::5db8:d822',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:0:5db8:d822',
    '64:ff9b::7f00:1',
    '64:ff9b::5db8:d822',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2002:5db8:d822::1',
    '2001:0:5db8:d822::1',
    '2001:db8::1',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
    'ff02::1',
    '100::1',
    '5f00::1',
    '4000::1',
  ])('%s', (address) => {
    expect(judgeAddress(address, 80, rules())).toBe('denied');
    expect(judgeAddress(address, 80, rules(everything))).toBe('allowed');
    expect(judgeAddress(address, 81, rules(everything))).toBe('denied');
  });
});

test.each(['93.184.216.34', '8.8.8.8', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:93.184.216.34'])('%s is public', (address) => {
  expect(judgeAddress(address, 443, rules())).toBe('public');
});

test('local mode opens loopback and nothing else', () => {
  const local = rules('', true);
  expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map((address) => judgeAddress(address, 11434, local))).toEqual(
    Array(4).fill('allowed'),
  );
  expect(['0.0.0.0', '::', '10.0.0.1', '::7f00:1', '64:ff9b::7f00:1'].map((address) => judgeAddress(address, 11434, local))).toEqual(
    Array(5).fill('denied'),
  );
});

describe('our own doors', () => {
  const broad = '0.0.0.0/0:5432,[::]/0:5432,0.0.0.0/0:5433,[::]/0:5433';
  const spellings = ['127.0.0.1', '127.0.0.2', '::1', '0.0.0.0', '::', '::ffff:127.0.0.1', '::7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::'];

  test.each(['127.0.0.1', 'localhost', '::1', '[::1]', '0.0.0.0', '::', ''])('a listener on "%s" is closed in every spelling', (host) => {
    for (const address of spellings) {
      expect([address, judgeAddress(address, 5432, rules(broad, true, [{ host, port: 5432 }]))]).toEqual([address, 'hard-denied']);
      expect([address, judgeAddress(address, 5433, rules(broad, true, [{ host, port: 5432 }]))]).toEqual([address, 'allowed']);
    }
  });

  test('a listener on one address closes that one only', () => {
    const own = rules(broad, false, [{ host: '10.0.0.5', port: 5432 }]);
    expect(judgeAddress('10.0.0.5', 5432, own)).toBe('hard-denied');
    expect(judgeAddress('10.0.0.6', 5432, own)).toBe('allowed');
  });
});

test('property: a mapped address has the verdict of the address it maps', () => {
  const somewhere = fc.oneof(
    fc.ipV4(),
    fc
      .constantFrom('169.254.', '10.2.', '127.0.', '192.168.')
      .chain((prefix) => fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `${prefix}${a}.${b}`)),
  );
  const policy = rules('10.2.0.0/16:80,127.0.0.1:80', false, [{ host: '127.0.0.1', port: 5432 }]);
  fc.assert(
    fc.property(somewhere, fc.constantFrom(80, 443, 5432), fc.boolean(), (v4, port, hex) => {
      const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
      const mapped = hex ? `::ffff:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : `::ffff:${v4}`;
      expect(judgeAddress(mapped, port, policy)).toBe(judgeAddress(v4, port, policy));
    }),
    { numRuns: 1000 },
  );
});

test('property: no translation of an address is more open than the address itself', () => {
  fc.assert(
    fc.property(fc.ipV4(), (v4) => {
      const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
      const [high, low] = [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
      for (const translated of [`::${high}:${low}`, `64:ff9b::${high}:${low}`, `2002:${high}:${low}::1`, `::ffff:0:${high}:${low}`]) {
        expect(['denied', 'hard-denied']).toContain(judgeAddress(translated, 443, rules()));
      }
    }),
  );
});
