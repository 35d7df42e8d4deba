// Keeps the reads of a collection that openapi-to-postmanv2 made, with the check that each answers 200. What no new catalogue
// has is created first. Usage: node reads.mjs COLLECTION RESULT ADDRESS
import { readFile, writeFile } from 'node:fs/promises';

const [from, to, address] = process.argv.slice(2);
const [user, password] = ['admin', 'atCh_5K}?g'];

async function create(method, path, body) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Basic ${btoa(`${user}:${password}`)}` };
  const answer = await fetch(address + path, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
const key = await create('POST', '/api-keys', { name: 'reads', scopes: ['films:read'] });
const client = await create('POST', '/oauth/clients', { name: 'reads', scopes: ['films:read'] });
// Nobody listens there, and nothing is sent: no film changes.
const webhook = await create('POST', '/webhooks', { url: 'http://127.0.0.1:9/hook' });
const backup = await create('POST', '/backups');
const ids = { 'api-keys': key.id, clients: client.clientId, webhooks: webhook.id, backups: backup.name };

let count = 0;
async function reads(item) {
  if (item.item) {
    const items = (await Promise.all(item.item.map(reads))).filter(Boolean);
    return items.length ? { ...item, item: items } : null;
  }
  if (item.request.method !== 'GET') return null;
  count++;
  for (const variable of item.request.url.variable ?? []) {
    const resource = item.request.url.path[item.request.url.path.indexOf(`:${variable.key}`) - 1];
    variable.value = ids[resource] ?? variable.value;
    if (resource === 'users') await create('PUT', `/users/${variable.value}`, { password: 'a long password', scopes: ['films:read'] });
  }
  delete item.request.auth;
  const script = ["pm.test('answers 200', () => pm.response.to.have.status(200));"];
  return { ...item, event: [{ listen: 'test', script: { type: 'text/javascript', exec: script } }] };
}

const collection = await reads(JSON.parse(await readFile(from, 'utf8')));
collection.auth = { type: 'basic', basic: [{ key: 'username', value: user }, { key: 'password', value: password }] };
if (count < 19) throw new Error(`Only ${count} reads.`);
await writeFile(to, JSON.stringify(collection));
