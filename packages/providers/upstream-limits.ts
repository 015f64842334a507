/** The longest event of a stream that is taken, in bytes. */
export const MAX_EVENT_BYTES = 1024 * 1024;
