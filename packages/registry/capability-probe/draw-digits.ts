import { crc32, deflateSync } from 'node:zlib';

/** Each digit on five by seven dots. */
export const digitDots: readonly (readonly string[])[] = [
  ['.###.', '#...#', '#..##', '#.#.#', '##..#', '#...#', '.###.'],
  ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  ['.###.', '#...#', '....#', '...#.', '..#..', '.#...', '#####'],
  ['#####', '...#.', '..#..', '...#.', '....#', '#...#', '.###.'],
  ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  ['#####', '....#', '...#.', '..#..', '.#...', '.#...', '.#...'],
  ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
];

/** Pixels a dot, and dots around the digits: large enough for models that shrink what they see. */
export const dotPixels = 16;
export const marginDots = 2;

/** Black digits on white, as the data URI of a PNG of one bit a pixel. */
export function drawDigits(digits: string): string {
  const widthDots = marginDots * 2 + digits.length * 6 - 1;
  const heightDots = marginDots * 2 + 7;
  const isInk = (x: number, y: number): boolean => {
    const [column, row] = [x - marginDots, y - marginDots];
    const digit = digits[Math.floor(column / 6)];
    return row >= 0 && column >= 0 && digit !== undefined && digitDots[Number(digit)]?.[row]?.[column % 6] === '#';
  };
  const rowBytes = Math.ceil((widthDots * dotPixels) / 8);
  const rows = Array.from({ length: heightDots * dotPixels }, (_, y) => {
    const row = Buffer.alloc(1 + rowBytes);
    for (let x = 0; x < widthDots * dotPixels; x += 1) {
      const white = !isInk(Math.floor(x / dotPixels), Math.floor(y / dotPixels));
      if (white) row[1 + (x >> 3)] = (row[1 + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
    return row;
  });
  return `data:image/png;base64,${encodePng(widthDots * dotPixels, heightDots * dotPixels, Buffer.concat(rows)).toString('base64')}`;
}

function encodePng(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
