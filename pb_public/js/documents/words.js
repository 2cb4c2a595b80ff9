/**
 * words.js: how a document goes from a promise to a number, and whether it is late.
 *
 *   STEPS             the way of every document, in order
 *   MOVES[state]      where it may go from there, as the server lets it: [[state, word]]
 *   late(document)    its day has passed and it isn't out
 */
import { today } from "../lib/session.js";

export const STEPS = ["planned", "drafting", "reviewing", "issued"];

export const MOVES = {
    planned: [["drafting", "开始起草"]],
    drafting: [["reviewing", "送审"], ["planned", "退回待起草"]],
    reviewing: [["drafting", "退回修改"]],
    issued: [],
    void: [["planned", "恢复"]],
};

export const open = ({ state }) => !["issued", "void"].includes(state);
export const late = (document) => open(document) && Boolean(document.due) && document.due < today();
