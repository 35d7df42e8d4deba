// Gets tokens for the client `id` with both certified clients, from the issuer of the first argument.
// usage: node client.mjs <issuer> <id> <secret> <scope> [resource]
// prints {"oauth4webapi": token, "openid-client": token}
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';

const [issuerText, id, secret, scope, resource] = process.argv.slice(2);
const issuer = new URL(issuerText);
const parameters = resource ? { scope, resource } : { scope };
const insecure = { [oauth.allowInsecureRequests]: true };
const algorithm = resource ? 'oidc' : 'oauth2';

const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...insecure, algorithm }));
const client = { client_id: id };
const answer = await oauth.clientCredentialsGrantRequest(server, client, oauth.ClientSecretBasic(secret), new URLSearchParams(parameters), insecure);
const first = await oauth.processClientCredentialsResponse(server, client, answer);

const configuration = await openid.discovery(issuer, id, secret, resource ? openid.ClientSecretBasic(secret) : openid.ClientSecretPost(secret), {
  algorithm,
  execute: [openid.allowInsecureRequests],
});
const second = await openid.clientCredentialsGrant(configuration, parameters);

let refused = null;
try {
  await openid.clientCredentialsGrant(configuration, { ...parameters, scope: 'admin' });
} catch (error) {
  refused = error.error;
}

console.log(JSON.stringify({ oauth4webapi: first.access_token, openid: second.access_token, refused }));
