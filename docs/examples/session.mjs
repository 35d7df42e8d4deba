// A session with FilmService in JavaScript. Needs Node.js 18 or later. Usage: node session.mjs [address]

import crypto from 'node:crypto';

const address = process.argv[2] ?? 'http://127.0.0.1:5000';
const up = '/films/up';

/** Sends one request and throws unless the status is the expected one. */
async function call(method, path, expected, { json, headers } = {}) {
  const answer = await fetch(address + path, {
    method,
    headers: json ? { 'Content-Type': 'application/json', ...headers } : headers,
    body: json && JSON.stringify(json),
  });
  if (answer.status !== expected) {
    throw new Error(`${method} ${path}: ${answer.status} instead of ${expected}: ${await answer.text()}`);
  }
  return answer;
}

const show = (film) => `${film.Name} (${film.Month} ${film.Year})`;

const hello = await (await call('GET', '/', 200)).json();
console.log(`200 hello, ${hello.hello}`);

const films = await (await call('GET', '/films', 200)).json();
console.log(`200 ${Object.keys(films).length} films`);

const film = await (await call('GET', '/films/1', 200)).json();
console.log(`200 film 1 is ${show(film)}`);

// Create a film. The ETag in the response is its revision.
const created = await call('PUT', up, 201, { json: { name: 'Up', year: 2008, month: 'May' } });
const first = created.headers.get('ETag');
console.log(`201 created ${show(await created.json())}`);

// Replace it, but only if nobody has changed it since (optimistic concurrency).
const replaced = await call('PUT', up, 200, {
  json: { name: 'Up', year: 2009, month: 'May' },
  headers: { 'If-Match': first },
});
const second = replaced.headers.get('ETag');
console.log(`200 replaced with ${show(await replaced.json())}`);

// A second client still has the first revision: its write is rejected, and the response shows the current film.
const refused = await call('PUT', up, 412, {
  json: { name: 'Up', year: 2008, month: 'June' },
  headers: { 'If-Match': first },
});
console.log(`412 rejected, the film is now ${show((await refused.json()).current)}`);

// Revalidate a film that we already have.
await call('GET', up, 304, { headers: { 'If-None-Match': second } });
console.log('304 not modified');

// All errors are reported at once, by argument name.
const invalid = await call('PUT', up, 400, { json: { name: '', year: 1492, month: 'May' } });
const { errors } = await invalid.json();
for (const argument of Object.keys(errors).sort()) {
  for (const error of errors[argument]) {
    console.log(`400 ${argument}: ${error}`);
  }
}

// Add a film with a generated id. The idempotency key makes it safe to retry if the response was lost.
const down = { json: { name: 'Down', year: 2001, month: 'June' }, headers: { 'Idempotency-Key': crypto.randomUUID() } };
const added = await (await call('POST', '/films', 201, down)).json();
console.log(`201 added ${show(added)}`);
const again = await (await call('POST', '/films', 201, down)).json();
if (again.Id === added.Id) {
  console.log('201 retried, and it is the same film');
}

// Change part of it.
const patched = await (await call('PATCH', `/films/${added.Id}`, 200, { json: { year: 2002 } })).json();
console.log(`200 changed to ${show(patched)}`);

// What has changed since? The ETag of a film is its revision, and also its position in the change feed.
const changes = await (await call('GET', `/changes?since=${second.replaceAll('"', '')}`, 200)).json();
for (const change of changes.items) {
  console.log(`200 then: ${show(change)}`);
}
await call('DELETE', `/films/${added.Id}`, 204);

await call('DELETE', up, 204);
console.log('204 deleted');

const missing = await (await call('GET', up, 404)).json();
console.log(`404 ${missing.message}`);

const basic = `Basic ${Buffer.from('admin:atCh_5K}?g').toString('base64')}`;
const greeting = await (await call('GET', '/hello_world', 200, { headers: { Authorization: basic } })).json();
console.log(`200 logged in, Hello ${greeting.Hello}`);
