/**
 * words.js: the words of the domain, and what an answer of the server means.
 *
 *   STATES[kind][state]   [word, tone]; kinds: duty, document, import, person, plan
 *                         tones: due (red, late only), warn, plain, ok, wait, off
 *   KINDS, UNIT_KINDS, POWERS, ACTIONS, TASK_KINDS, ASSIGN, SHIFT   code → word
 *   explain(status, body) → { message, fields }   used by api.js
 */

export const STATES = {
    duty: {
        upcoming: ["未开始", "off"], open: ["待办", "plain"], submitted: ["待验收", "wait"],
        returned: ["被退回", "warn"], done: ["已完成", "ok"], overdue: ["已逾期", "due"],
        exempted: ["已免", "off"], made_up: ["已补做", "ok"],
    },
    document: {
        planned: ["待起草", "off"], drafting: ["起草中", "warn"], reviewing: ["审核中", "wait"],
        issued: ["已印发", "ok"], void: ["不再需要", "off"],
    },
    import: {
        draft: ["草稿", "warn"], submitted: ["待确认", "wait"], confirmed: ["已确认", "ok"], discarded: ["已弃用", "off"],
    },
    person: {
        active: ["正常", "ok"], suspended: ["停用", "warn"], left: ["已转出", "off"], deceased: ["已故", "off"],
        removed: ["已出党", "off"],
    },
    plan: { active: ["执行中", "ok"], closed: ["已归档", "off"] },
    task: { active: ["执行中", "ok"], stopped: ["已停止", "off"] },
};

export const KINDS = {
    member: "正式党员", probationary: "预备党员", activist: "入党积极分子", applicant: "申请入党人", staff: "干部职工",
    service: "程序账号",
};

export const UNIT_KINDS = {
    superior: "上级", committee: "党工委", branch: "社区党支部", retired: "离退休党支部", group: "党小组",
    office: "科室", union: "工会", league: "共青团",
};

export const POWERS = {
    plan: "查看工作要点", "plan.edit": "导入和分派工作要点", "plan.confirm": "确认工作要点",
    "plan.accept": "验收、退回和免做任务", "plan.submit": "代表本组织提交", people: "查看人员", "people.edit": "登记人员",
    "people.sensitive": "查看身份证号", org: "管理组织和任职", audit: "查看留痕", approvals: "查看审批",
    documents: "查看文件台账", "documents.edit": "登记文件", "calendar.edit": "维护工作日历",
    dues: "查看党费", "dues.assess": "核定党费", "dues.record": "登记党费收缴", "dues.check": "核对党费", "dues.account": "管党费账",
    "dues.cash": "管党费款", "dues.rates": "维护党费标准",
    points: "查看积分", "points.review": "审核积分", "points.edit": "维护积分规则",
    meetings: "查看会议", "meetings.edit": "登记会议", study: "查看学习", "study.edit": "安排学习",
    ideology: "查看意识形态工作", "ideology.edit": "登记意识形态工作", pledges: "查看责任书", "pledges.edit": "管理责任书",
    appraisals: "查看民主评议", "appraisals.edit": "组织民主评议", publicity: "查看公示公开", "publicity.edit": "发布公示公开",
    development: "查看发展党员", "development.edit": "办理发展党员", elections: "查看换届", "elections.edit": "办理换届",
    declarations: "查看申报和请示报告", "declarations.edit": "办理申报和请示报告", "declarations.private": "查看个人重大事项", integrity: "查看正风肃纪", "integrity.edit": "登记正风肃纪",
    inspections: "查看巡察", "inspections.edit": "办理巡察", outreach: "查看群众工作", "outreach.edit": "登记群众工作",
    activities: "查看活动评比", "activities.edit": "组织活动评比", massorg: "查看工会和共青团工作", "massorg.edit": "登记工会和共青团工作",
};

export const ACTIONS = { draft: "制定", revise: "修订", sign: "签订" };

export const TASK_KINDS = {
    document: "制度文件", study: "学习", meeting: "会议", report: "报告", activity: "活动", inspection: "检查",
    training: "培训", sign: "签订", visit: "走访", publish: "公开", other: "其他",
};

export const ASSIGN = {
    org: "指定组织", person: "指定人员", holder: "担任某职务的人", each_unit: "每个下级组织",
    each_holder: "每位担任某职务的人", each_member: "每名党员",
};

export const SHIFT = { before: "提前到工作日", after: "顺延到工作日", none: "不变" };

/** For answers that are not ours: none at all, or a proxy's. The server itself speaks Chinese. */
const STATUSES = {
    0: "网络不通，请检查网络后再试一次。",
    400: "没有存上，请核对填写的内容后再试一次。",
    401: "登录已经过期，请重新登录。您填写的内容还在。",
    403: "您没有办理这件事的权限。",
    404: "没有找到这条记录，它可能已经变动，或者您无权查看。",
    413: "文件太大了，请减少文件或者压缩以后再传。",
    429: "操作太快了，请等一分钟再试。",
};

const BROKEN = "服务器出了问题，请过一会儿再试；如果一直不行，请告诉管理员。";

const chinese = (text) => typeof text === "string" && /[\u4e00-\u9fff]/.test(text);

/**
 * What the server's answer means, in words.
 * @param {number} status 0 = no answer at all
 * @param {{message?: string, data?: Record<string, {code?: string, message?: string}>}} body
 * @returns {{message: string, fields: Record<string, string>}}
 */
export function explain(status, body) {
    const fields = {};
    for (const [name, error] of Object.entries(body.data ?? {})) {
        if (!error?.code && !error?.message) continue;
        fields[name] = chinese(error.message) ? error.message : "这一项没有通过检查，请核对。";
    }
    const operation = fields.operation;
    delete fields.operation;
    const spoken = chinese(body.message) ? body.message : "";
    const only = Object.values(fields);
    const message = operation || spoken || (only.length === 1 ? only[0] : "") || STATUSES[status] || BROKEN;
    return { message, fields };
}
