// A Bluesky network on loopback: a personal data server, and an app view that indexes it.
// Reads commands as lines of JSON, and answers each with a line.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(`${process.argv[2]}/`)
const { TestNetwork } = require('@atproto/dev-env')
const network = await TestNetwork.create({ dbPostgresSchema: process.argv[3] })
const seed = network.getSeedClient()
const say = (value) => process.stdout.write(`KIRARA ${JSON.stringify(value)}\n`)

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function post(name, count) {
  const uris = []
  const { did } = seed.accounts[name] ? { did: name } : { did: seed.dids[name] }
  const headers = seed.getHeaders(did)
  for (let number = 0; number < count; number += 1) {
    const uploaded = await seed.agent.com.atproto.repo.uploadBlob(PICTURE, {
      headers, encoding: 'image/png',
    })
    const image = { image: uploaded.data.blob, alt: 'a flower' }
    const record = {
      text: 'A flower #sunflower', createdAt: new Date().toISOString(),
      embed: { $type: 'app.bsky.embed.images', images: [image] }, tags: ['sunflower'],
    }
    const made = await seed.agent.app.bsky.feed.post.create({ repo: did }, record, headers)
    uris.push(made.uri)
    await new Promise((resolve) => setTimeout(resolve, 5)) // the feed is sorted by milliseconds
  }
  await network.processAll()
  return uris
}

async function begin() {
  for (const name of ['yuno', 'miyako']) {
    const email = `${name}@example.org`
    await seed.createAccount(name, { handle: `${name}.test`, email, password: 'hidamari' })
  }
  const [me, yuno] = [seed.dids.miyako, seed.dids.yuno]
  const list = await seed.createList(me, 'Painters', 'curate')
  await seed.addToList(me, yuno, list)
  const app = await seed.agent.com.atproto.server.createAppPassword(
    { name: 'studio' }, { headers: seed.getHeaders(me), encoding: 'application/json' },
  )
  await network.processAll()
  return {
    pds: network.pds.url, view: network.bsky.url, list: list.uriStr, password: app.data.password,
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...given] = JSON.parse(line)
  say(await { begin, post }[command](...given))
}
process.exit(0)
