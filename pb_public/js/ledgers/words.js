/** words.js: what the groups of ledgers are called: by the capability that a collection belongs to. */
const GROUPS = {
    plan: "工作要点", documents: "文件", pledges: "责任书", meetings: "会议", study: "学习", ideology: "意识形态责任制", appraisals: "民主评议", dues: "党费",
    points: "积分", publicity: "公示公开", development: "发展党员", elections: "换届", declarations: "申报与请示报告", integrity: "正风肃纪", inspections: "巡察",
    outreach: "群众路线", activities: "活动评比", massorg: "工会共青团", burden: "减负", org: "组织", people: "人员", calendar: "日历", approvals: "审批",
    notify: "提醒", audit: "留痕", exchange: "导入导出", ledgers: "台账设置", federation: "上下级联动",
};

export const OWN = "本单位自建";

export const groupOf = ({ group }) => GROUPS[group] ?? OWN;

/** Tables that nobody has named are the program's own bookkeeping; what an administrator adds always counts. */
export const internal = (ledger) => ledger.title === ledger.collection && ledger.group in GROUPS;

export const REACH = { own: "只看自己的", reach: "本人和所管组织的", all: "全部" };
