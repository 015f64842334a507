import { expect, test } from 'vitest';
import { parseAllowList } from './parse-allow-list.ts';

function shown(text: string) {
  const { entries, problems } = parseAllowList(text);
  return {
    entries: entries.map((entry) =>
      entry.kind === 'name' ? `${entry.hostname} ${entry.port}` : `${entry.range[0].toString()}/${entry.range[1]} ${entry.port}`,
    ),
    problems,
  };
}

test('addresses, ranges, names and bracketed IPv6', () => {
  expect(
    shown('127.0.0.1:11434, 10.2.0.0/16:8000,VLLM.internal.:8000,[::1]:9000,[fd00:1::]/64:80,[fd00:2::/64]:81,[::ffff:10.0.0.0]/104:82,'),
  ).toEqual({
    entries: [
      '127.0.0.1/32 11434',
      '10.2.0.0/16 8000',
      'vllm.internal 8000',
      '::1/128 9000',
      'fd00:1::/64 80',
      'fd00:2::/64 81',
      '10.0.0.0/8 82',
    ],
    problems: [],
  });
  expect(shown('')).toEqual({ entries: [], problems: [] });
});

test.each([
  ['10.0.0.1', 'is not of the form'],
  ['10.0.0.1:0', 'has a port outside'],
  ['10.0.0.1:65536', 'has a port outside'],
  ['10.0.0.1:*', 'is not of the form'],
  ['http://10.0.0.1:80', 'without a scheme'],
  ['10.0.0.1:80/v1', 'is not of the form'],
  ['10.0.0.0/33:80', 'is not a valid IPv4'],
  ['127.1:80', 'is not a valid IPv4'],
  ['2130706433:80', 'is not a valid IPv4'],
  ['0x7f.0.0.1:80', 'is not a valid IPv4'],
  ['010.0.0.1:80', 'is not a valid IPv4'],
  ['256.0.0.1:80', 'is not a valid IPv4'],
  ['::1:9000', 'is not of the form'],
  ['[::1]', 'is not of the form'],
  ['[::g]:80', 'is not a valid IPv6'],
  ['[fe80::1%eth0]:80', 'is not a valid IPv6'],
  ['[10.0.0.1]:80', 'is not a valid IPv6'],
  ['user@host:80', 'neither a name nor an address'],
  ['*.internal:80', 'neither a name nor an address'],
  ['-x.internal:80', 'neither a name nor an address'],
  ['169.254.169.254:80', 'can never be allowed'],
  ['169.254.0.0/16:80', 'can never be allowed'],
  ['[fd00:ec2::254]:80', 'can never be allowed'],
  ['[::ffff:169.254.169.254]:80', 'can never be allowed'],
])('%s is told, and the good entries stay', (text, problem) => {
  const { entries, problems } = shown(`10.9.9.9:1,${text},good.internal:2`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
  expect(problems[0]).toContain(text);
  expect(entries).toEqual(['10.9.9.9/32 1', 'good.internal 2']);
});
