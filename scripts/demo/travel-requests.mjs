/** @typedef {readonly [city: string, flightHours: number, transferHours: number]} Request */

/** Two days of the travel desk. The tiny model knows ten cities and sums of two digits. */
export const DAYS = {
  Monday: rows([
    ['Paris', 2, 1],
    ['Rome', 3, 1],
    ['Tokyo', 9, 4],
    ['Oslo', 2, 2],
    ['London', 1, 2],
    ['Berlin', 1, 1],
    ['Lima', 7, 5],
    ['Madrid', 3, 2],
    ['Paris', 2, 3],
    ['Rome', 3, 2],
  ]),
  Tuesday: rows([
    ['London', 1, 1],
    ['Delhi', 8, 3],
    ['Madrid', 3, 1],
    ['Cairo', 5, 2],
    ['Oslo', 2, 1],
    ['Berlin', 1, 2],
    ['Tokyo', 9, 5],
    ['Paris', 2, 2],
  ]),
};

/** @param {readonly Request[]} requests */
function rows(requests) {
  return requests.map(([city, flight_hours, transfer_hours]) => ({ input: { city, flight_hours, transfer_hours } }));
}
