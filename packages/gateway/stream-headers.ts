/** Of a stream. Some proxies would collect an answer before they hand it on. */
export const streamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' } as const;
