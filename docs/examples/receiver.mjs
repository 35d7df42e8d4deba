// Receives the deliveries of a FilmService webhook. usage: WEBHOOK_SECRET=whsec_... node receiver.mjs [port]
// Needs nothing but Node.js 18. It keeps the ids in memory; a real receiver keeps them in its database, in the transaction
// that applies the changes.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");
const tolerance = 5 * 60; // seconds
const maxBody = 1_000_000;
const seen = new Set();

const isEqual = (one, other) => one.length === other.length && timingSafeEqual(one, other);

// True if one of the signatures is right, and the delivery was sent just now (replay protection).
function isValid(fields, body) {
  const sentAt = fields["webhook-timestamp"] ?? "";
  if (!/^\d+$/.test(sentAt) || Math.abs(Date.now() / 1000 - Number(sentAt)) > tolerance) return false;
  const right = createHmac("sha256", key).update(`${fields["webhook-id"]}.${sentAt}.`).update(body).digest("base64");
  return (fields["webhook-signature"] ?? "").split(" ").some((one) => isEqual(Buffer.from(one), Buffer.from(`v1,${right}`)));
}

function apply(delivery) {
  if (delivery.reset) console.log("reset", delivery.reset.reason); // read the whole catalogue again
  for (const change of delivery.items ?? []) console.log(change.Revision, change.Id, change.Name ?? "deleted");
}

const server = createServer(async (request, response) => {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > maxBody) return request.destroy();
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  if (!isValid(request.headers, body)) return response.writeHead(400).end();
  const id = request.headers["webhook-id"];
  if (!seen.has(id)) { // otherwise it is a repetition, whose answer was lost
    apply(JSON.parse(body));
    seen.add(id);
  }
  response.writeHead(204).end();
});
server.listen(Number(process.argv[2] ?? 8000), "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
