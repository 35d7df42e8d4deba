// The session of the generated TypeScript client. Usage: node session.js ADDRESS
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { paths } from './generated/films.js';

const address = process.argv[2]!;

const films = createClient<paths, 'application/json' | 'application/problem+json'>({ baseUrl: address });
const id = { id: '1' };
const { data: film, response } = await films.GET('/films/{id}', { params: { path: id } });
if (!film) throw new Error(response.statusText);
const revision = response.headers.get('ETag')!;
const { data: changed, error } = await films.PUT('/films/{id}', {
  params: { path: id, header: { 'If-Match': revision } },
  body: { name: film.Name, year: film.Year, month: 'April' },
});
console.log(changed ?? error.message);

assert.equal(changed?.Month, 'April');

const missing = await films.GET('/films/{id}', { params: { path: { id: 'none' } } });
assert.equal(missing.response.status, 404);
assert.equal(missing.error?.message, "Film none doesn't exist");

const stale = await films.PUT('/films/{id}', { params: { path: id, header: { 'If-Match': revision } }, body: { name: 'Up', year: 2009 } });
assert.equal(stale.response.status, 412);
assert.equal(stale.error?.current?.Month, 'April');

const invalid = await films.PUT('/films/{id}', { params: { path: id }, body: { name: '', year: 1066, id: null } });
assert.equal(invalid.response.status, 400);
assert.deepEqual(Object.keys(invalid.error?.errors ?? {}), ['name', 'year']);

const added = await films.POST('/films', { body: { name: 'Up', year: 2009, month: null, id: null } });
assert.equal(added.response.status, 201);
assert.equal(added.data?.Id, '3');

const all = await films.GET('/films');
assert.equal(all.data?.['1']?.Name, film.Name);

const names: (string | undefined)[] = [];
let cursor: string | null = null;
do {
  const page: Awaited<ReturnType<typeof readPage>> = await readPage(cursor);
  names.push(...(page.items ?? []).map(item => item.Name));
  cursor = page.next === undefined ? null : new URL(page.next, address).searchParams.get('cursor');
} while (cursor);
assert.deepEqual(names, ['Avengers: Infinity War', 'Ant Man and the Wasp', 'Up']);

async function readPage(after: string | null) {
  const { data } = await films.GET('/films', { params: { query: { shape: 'list', limit: 2, ...(after === null ? {} : { cursor: after }) } } });
  return data!;
}

const imported = await films.POST('/imports', {
  params: { query: { onConflict: 'replace' } },
  body: [{ id: '4', name: 'Coco', year: 2017 }, { id: '3', deleted: true }],
});
assert.equal(imported.data?.created, 1);
assert.equal(imported.data?.deleted, 1);

const changes: string[] = [];
for (let since = '0'; ;) {
  const page = await films.GET('/changes', { params: { query: { since, limit: 2 } } });
  if (!page.data?.items.length) break;
  changes.push(...page.data.items.map(change => `${change.Id} ${change.Deleted ? 'deleted' : change.Name}`));
  since = page.data.items.at(-1)!.Revision;
}
assert.deepEqual(changes.slice(-3), ['3 Up', '4 Coco', '3 deleted']);

const deleted = await films.DELETE('/films/{id}', { params: { path: { id: '4' } } });
assert.equal(deleted.response.status, 204);
console.log('typescript: all as the document says');
