/**
 * words.js: the words of imports and exports.
 *
 *   STATES[state]      [word, tone] for a Badge        ACTIONS[action] the same for a row
 *   COLLECTIONS        those whose lists offer a table: collection → power to import
 *   WORKING            states in which the server is at work
 *   undoable(record)   whether an import can still be taken back
 */
export const STATES = {
    uploaded: ["已上传", "wait"], previewing: ["核对中", "wait"], ready: ["等您确认", "warn"], applying: ["写入中", "wait"], done: ["已导入", "ok"],
    failed: ["没有成功", "due"], undone: ["已撤销", "off"], expired: ["已过期", "off"], running: ["生成中", "wait"],
};

export const EXPORT_STATES = { ...STATES, done: ["已生成", "ok"] };

export const ACTIONS = { new: ["新增", "ok"], changed: ["更改", "warn"], same: ["相同", "off"], error: ["有错", "due"] };

export const WORKING = ["uploaded", "previewing", "applying", "running"];

export const FORMATS = [["xlsx", "Excel 表格（.xlsx）"], ["csv", "文本（.csv，UTF-8）"], ["csv_gb", "文本（.csv，供旧软件用的 GB18030）"]];

/** The server clears the file when the day is over; its clock counts, not ours. */
export const undoable = ({ state, file }) => state === "done" && Boolean(file);

const parts = ({ added, changed, same, faulty }) => [[added, "新增"], [changed, "更改"], [same, "相同"], [faulty, "有错"]];

/** 新增 30 行，更改 2 行 */
export const summary = (record) => parts(record).filter(([n]) => n > 0).map(([n, word]) => `${word} ${n} 行`).join("，") || "没有内容";
