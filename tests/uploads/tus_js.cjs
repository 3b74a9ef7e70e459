// Sends a file with the official JavaScript client: stops half-way, then a second client goes on at the same address.
const fs = require("node:fs");
const [, , folder, endpoint, path, name, headers] = process.argv;
const tus = require(`${folder}/node_modules/tus-js-client`);
const file = fs.readFileSync(path);
const asked = { endpoint, headers: JSON.parse(headers), chunkSize: 4096, metadata: { filename: name }, retryDelays: null };
const fail = (error) => { console.error(String(error)); process.exit(1); };

const first = new tus.Upload(file, {
  ...asked,
  onError: fail,
  onChunkComplete: (_size, accepted) => {
    if (accepted < 8192) return;
    first.abort().then(() => {
      const second = new tus.Upload(file, {
        ...asked,
        uploadUrl: first.url,
        onError: fail,
        onSuccess: () => console.log(JSON.stringify({ stoppedAt: accepted, url: second.url })),
      });
      second.start();
    });
  },
});
first.start();
