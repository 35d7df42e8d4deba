// Verifies deliveries with the npm packages standardwebhooks and svix. Each line of standard input is a delivery:
// {"secret": "whsec_...", "body": "...", "headers": {"webhook-id": "...", ...}}. Prints one line for each: what both packages say.
import { createInterface } from "node:readline";
import { Webhook as Standard } from "standardwebhooks";
import { Webhook as Svix } from "svix";

const say = (Kind, { secret, body, headers }) => {
  try {
    new Kind(secret).verify(body, headers);
    return "valid";
  } catch (error) {
    return error.message;
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const delivery = JSON.parse(line);
  console.log(`standardwebhooks: ${say(Standard, delivery)}; svix: ${say(Svix, delivery)}`);
}
