/**
 * words.js: the words of transfers.
 *
 *   STATES[state] → [word, tone]    REASONS, DIRECTIONS, KINDS: code → word
 *   under(transfer)                 still under way
 *   overdue(transfer)               a letter that nobody has taken in, and its time is over
 *   soon(transfer)                  one whose time is nearly over
 *   fullDay("2026-06-10")           2026年6月10日      month("2026-06")  2026年6月
 */
import { today } from "../lib/session.js";
import { addDays } from "../lib/format.js";

export const STATES = {
    applied: ["已申请", "wait"], agreed: ["支部已同意", "wait"], approved: ["待开介绍信", "warn"], issued: ["在途", "plain"],
    received: ["支部已接收", "wait"], receipted: ["已回执", "ok"], archived: ["已归档", "off"], returned: ["被退回", "warn"],
    expired: ["介绍信过期", "due"], rejected: ["未批准", "off"], withdrawn: ["已撤回", "off"],
};

export const REASONS = {
    work: "工作单位变动", residence: "经常居住地变动", study: "外出学习工作六个月以上", retire: "离退休", org: "组织设置调整", other: "其他",
};

export const DIRECTIONS = { inner: "本党工委内", across: "系统内其他党工委", out: "转往系统外", in: "从系统外转入" };

export const KINDS = { member: "正式党员", probationary: "预备党员", activist: "入党积极分子" };

const WAY = ["applied", "agreed", "approved", "issued", "received"];
const NOTICE = 7;

export const under = ({ state }) => WAY.includes(state);
export const overdue = ({ state, valid_until: until }) => state === "expired" || (state === "issued" && until < today());
export const soon = ({ state, valid_until: until }) => state === "issued" && until >= today() && until <= addDays(today(), NOTICE);

export const fullDay = (date) => (date ? `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日` : "");
export const month = (code) => (code ? `${Number(code.slice(0, 4))}年${Number(code.slice(5))}月` : "");
