/**
 * The peer of `deltascope lint FILE`: what a small script does that reads a stream from disk, with
 * eventsource-parser, and parses the data of each event.
 */
import { createReadStream } from 'node:fs';
import { createParser } from 'eventsource-parser';

let events = 0;
const parser = createParser({
  onEvent({ data }) {
    if (JSON.parse(data) !== null) events++;
  },
});
const stream = createReadStream(process.argv[2] ?? '', {
  encoding: 'utf8',
  highWaterMark: 256 * 1024,
});
for await (const text of stream) parser.feed(text);
console.log(events);
