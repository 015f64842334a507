import { setFlagsFromString } from 'node:v8';

/**
 * V8 puts objects straight into old space where many of their kind have lived long. Here they live as long as a call, and in
 * old space they keep all that they lead to alive until the next full collection. To be called before anything else.
 */
export function keepNewObjectsYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
