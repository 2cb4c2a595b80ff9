/**
 * words.js: the words of approvals, and the kinds of requests.
 *
 *   STATUS[status] → [word, tone]   VERDICTS[verdict] → word
 *   await kinds()                   every kind: [{ key, name, own, private }], read once
 *   await readPage(id)              a request with its steps, its history and what the reader may do
 *   send(id, what, form)            decide, submit or withdraw
 */
import { call } from "../lib/api.js";

export const STATUS = {
    draft: ["草稿", "warn"], pending: ["审批中", "wait"], approved: ["已同意", "ok"],
    rejected: ["不同意", "due"], withdrawn: ["已撤回", "off"], expired: ["已失效", "off"],
};

export const VERDICTS = {
    submit: "提交", approve: "同意", return: "退回", reject: "不同意", withdraw: "撤回", expire: "逾期失效",
};

let known = null;

export function kinds() {
    known ??= call("GET", "/api/approvals/kinds").catch((failure) => { known = null; throw failure; });
    return known;
}

export const readPage = (id) => call("GET", `/api/approvals/requests/${id}`);
export const send = (id, what, form = {}) => call("POST", `/api/approvals/requests/${id}/${what}`, form);
