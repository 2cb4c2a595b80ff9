/** panel.js: somebody of the roster beside it: particulars, posts, what may be done. */
import { html, useEffect, useState } from "../lib/lib.js";
import { liveOne, live } from "../lib/live.js";
import { where } from "../lib/api.js";
import { Badge } from "../ui/badge.js";
import { Panel } from "../ui/panel.js";
import { Posts, followPosts } from "../org/posts.js";
import { Deeds, Facts } from "./about.js";

/** Follows one person and their posts while the panel is open. */
function useFollowed(id) {
    const [followed, setFollowed] = useState(null), [wrong, setWrong] = useState("");
    useEffect(() => {
        const person = liveOne("people", id, { expand: "org" }), posts = followPosts(live, where("person = {:id}", { id }), (post) => post.person === id);
        let gone = false;
        Promise.all([person.ready, posts.ready]).then(() => { if (!gone) setFollowed({ person, posts }); }, ({ message }) => { if (!gone) setWrong(message); });
        return () => { gone = true; person.stop(); posts.stop(); };
    }, [id]);
    return { followed, wrong };
}

export function PersonPanel({ id, data, onClose, onChange }) {
    const { followed, wrong } = useFollowed(id), person = followed?.person.record.value;
    const keep = (saved) => {
        followed.person.record.value = saved;
        onChange?.();
    };
    return html`<${Panel} title=${person?.name ?? "正在打开……"} onClose=${onClose}>
        <p class="wrong" role="alert">${wrong}</p>
        ${person && html`<p class="deadline"><${Badge} kind="person" state=${person.state}/></p>
            <${Facts} person=${person}/>
            <${Deeds} person=${person} units=${data.units} onChange=${keep}><a class="btn" href=${"#/people/" + id}>打开</a><//>
            <${Posts} posts=${followed.posts.rows.value} person=${person} units=${data.units} roles=${data.roles} level="h3"/>`}
    <//>`;
}
