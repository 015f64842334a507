import { inflateSync } from 'node:zlib';
import { digitDots, dotPixels, marginDots } from '../draw-digits.ts';

/** Reads the digits out of a PNG of one bit a pixel, as somebody who sees would. */
export function readDigits(dataUri: string): string {
  const png = Buffer.from(dataUri.replace(/^data:image\/png;base64,/, ''), 'base64');
  const chunks = listChunks(png);
  const width = chunks.find(({ type }) => type === 'IHDR')?.data.readUInt32BE(0) ?? 0;
  const rows = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const rowBytes = 1 + Math.ceil(width / 8);
  const isInk = (column: number, row: number): boolean => {
    const [x, y] = [(column + 0.5) * dotPixels, Math.floor((row + 0.5) * dotPixels)];
    return ((rows[y * rowBytes + 1 + (Math.floor(x) >> 3)] ?? 0) & (0x80 >> (Math.floor(x) & 7))) === 0;
  };
  const count = Math.round((width / dotPixels - marginDots * 2 + 1) / 6);
  return Array.from({ length: count }, (_, index) => {
    const seen = Array.from({ length: 7 }, (_row, row) =>
      Array.from({ length: 5 }, (_column, column) => (isInk(marginDots + index * 6 + column, marginDots + row) ? '#' : '.')).join(''),
    );
    return String(digitDots.findIndex((dots) => dots.join() === seen.join()));
  }).join('');
}

function listChunks(png: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}
