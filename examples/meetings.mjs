// Books a meeting the way a calendar program would: signs in with a service
// token, lists, follows live, creates, and shows what a refusal says.
//
//   node --experimental-eventsource examples/meetings.mjs http://127.0.0.1:8090 yd_… 2026-12-01
//
// Node 20.18 or later; in a browser, or with the npm package "eventsource", the flag isn't needed.
import PocketBase from "../pb_public/vendor/pocketbase.mjs"; // or the npm package "pocketbase"

const [, , url, token, day] = process.argv;
const pb = new PocketBase(url);
pb.authStore.save(token, null); // a service token is sent as it is; it is no JWT

const { person } = await pb.send("/api/me", {});
console.log(`${person.name} 已登录`);

const meetings = pb.collection("meetings");
const coming = await meetings.getList(1, 30, {
    filter: pb.filter("state = 'planned' && held_on >= {:day}", { day }), sort: "held_on", fields: "id,title,held_on", skipTotal: true,
});
for (const m of coming.items) console.log(`已安排 ${m.held_on} ${m.title}`);

// What another person or program changes arrives without asking again; the
// rules of the collection decide what is sent to whom.
let tell;
const heard = new Promise((resolve) => (tell = resolve));
await meetings.subscribe("*", tell);

const made = await meetings.create({ title: "主题党日", kind: "theme_day", held_on: day, org: person.org.id, host: person.id });
const event = await heard;
console.log(`实时 ${event.action} ${event.record.title} ${event.record.held_on}`);

// A refusal names the field and has a code to compare and a sentence to show.
try {
    await meetings.update(made.id, { held_on: "2026-02-30" });
} catch (err) {
    const { code, message } = err.response.data.held_on;
    console.log(`拒绝 ${err.status} ${code} ${message}`);
}

await meetings.delete(made.id);
await pb.realtime.unsubscribe();
