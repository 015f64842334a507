import { EgressError } from '../egress-error.ts';
import type { GuardedConnectorOptions } from '../guarded-connector.ts';
import type { Transport } from '../transport.ts';
import { ConnectionPool } from './connection-pool.ts';
import { WireCall } from './wire-call.ts';

/** Our own transport: HTTP/1.1 straight on sockets, one pool an origin for as long as it has connections. */
export function createWireTransport(options: GuardedConnectorOptions): Transport {
  const pools = new Map<string, ConnectionPool>();
  let isClosed = false;

  function openPool(origin: string): ConnectionPool {
    const pool = new ConnectionPool(origin, options, () => pools.delete(origin));
    pools.set(origin, pool);
    return pool;
  }

  return {
    dispatch(request, receiver) {
      if (isClosed) throw new EgressError('canceled', 'before_send', 'shutting_down');
      const call = new WireCall(request, receiver);
      (pools.get(request.origin) ?? openPool(request.origin)).add(call);
    },
    async close() {
      isClosed = true;
      for (const pool of [...pools.values()]) pool.close();
    },
  };
}
